"""A row of an offers file -> one piece and what is asked for it, or what is wrong with it."""

from dataclasses import dataclass

from watchstore.domain.errors import InvalidValue
from watchstore.domain.identifiers import Reference
from watchstore.domain.money import Money
from watchstore.domain.offer import Condition
from watchstore.domain.watch import Brand
from watchstore.service_layer.importing import measures, words
from watchstore.service_layer.importing.cells import Cells
from watchstore.service_layer.importing.reading import Row
from watchstore.service_layer.importing.report import Fault


@dataclass(frozen=True, slots=True)
class OfferRow:
    row: Row
    brand: Brand
    reference: Reference
    condition: Condition
    price: Money
    year: int | None
    box: bool
    papers: bool
    source: str

    def fault(self, field: str, reason: str) -> Fault:
        return self.row.fault(field, reason)


def parsed(row: Row, default_currency: str | None) -> OfferRow | tuple[Fault, ...]:
    cells = Cells(row)
    brand, reference = cells.brand(), cells.reference()
    condition = cells.parsed("condition", lambda: words.condition(row.cell("condition")))
    price = cells.parsed("price_amount", lambda: _asked(cells, default_currency))
    year = cells.stated("year", measures.first_year)
    box = bool(cells.stated("box", words.yes))
    papers = bool(cells.stated("papers", words.yes))
    if cells.faults or brand is None or reference is None or condition is None or price is None:
        return tuple(cells.faults)
    source = row.cell("source")
    return OfferRow(row, brand, reference, condition, price, year, box, papers, source)


def _asked(cells: Cells, default_currency: str | None) -> Money | None:
    before = len(cells.faults)
    price = cells.price(default_currency)
    if price is None and len(cells.faults) == before:
        raise InvalidValue("price_amount", "a piece for sale needs a price")
    return price
