"""Repository of what is written down for good: invoices and credit notes."""

from collections.abc import Callable
from typing import Protocol

from watchstore.domain.identifiers import OrderId, RefundId
from watchstore.domain.papers import Paper, PaperKind, PaperNumber


class Papers(Protocol):
    """Nothing is ever changed or removed. Reading takes no lock, for the same reason."""

    def issue(self, kind: PaperKind, year: int, write: Callable[[PaperNumber], Paper]) -> Paper:
        """Keep what `write` makes of the next number of that kind and year.

        The number is locked until the transaction ends, and nobody's when that is lost. An
        order has one invoice, a refund one credit note, and neither before its money moved.
        """

    def get(self, number: PaperNumber) -> Paper: ...

    def invoice_of(self, order_id: OrderId) -> Paper | None: ...

    def credit_note_of(self, refund_id: RefundId) -> Paper | None: ...
