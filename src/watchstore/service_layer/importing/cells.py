"""One row on its way to a value: each cell is parsed, and every fault of the row is kept."""

from collections.abc import Callable
from typing import TypeVar

from watchstore.domain.errors import InvalidValue
from watchstore.domain.identifiers import Reference
from watchstore.domain.money import Money
from watchstore.domain.watch import Brand
from watchstore.service_layer.importing import prices
from watchstore.service_layer.importing.columns import ALIASES
from watchstore.service_layer.importing.escaping import unescaped
from watchstore.service_layer.importing.reading import Row
from watchstore.service_layer.importing.report import Fault
from watchstore.service_layer.importing.texts import UNDERSTOOD, stated

T = TypeVar("T")


class Cells:
    def __init__(self, row: Row) -> None:
        self.row = row
        self.faults: list[Fault] = []

    def text(self, field: str) -> str:
        return unescaped(self.row.cell(field), UNDERSTOOD[field])

    def brand(self) -> Brand | None:
        return self.parsed("brand", lambda: Brand.named(self.text("brand")))

    def reference(self) -> Reference | None:
        return self.parsed("reference", lambda: Reference.parse(self.text("reference")))

    def price(self, default: str | None) -> Money | None:
        amount, currency = self.row.cell("price_amount"), self.row.cell("price_currency")
        return self.parsed("price_amount", lambda: prices.price(amount, currency, default))

    def stated(self, field: str, parse: Callable[[str], T]) -> T | None:
        """None for a cell that is blank or says that nothing is known."""
        cell = stated(self.row.cell(field))
        return self.parsed(field, lambda: parse(cell)) if cell else None

    def parsed(self, field: str, parse: Callable[[], T]) -> T | None:
        """None, and a fault more, when the cell is refused."""
        try:
            return parse()
        except InvalidValue as wrong:
            blamed = wrong.field if wrong.field in ALIASES else field
            self.faults.append(self.row.fault(blamed, wrong.reason))
            return None
