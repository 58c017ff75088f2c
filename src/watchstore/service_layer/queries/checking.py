"""What the shop's own records say, for whoever proves that they agree."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from watchstore.domain.identifiers import OrderId, PaymentId, RefundId


@dataclass(frozen=True, slots=True)
class Difference:
    """Two records that disagree: which rule they break, the id to look for, and how."""

    rule: str
    id: str
    detail: str


@dataclass(frozen=True, slots=True)
class BookedPayment:
    """A payment as the shop has it, to be compared with the gateway's ledger.

    `refunded` is what went back for sure; `refunding` may have, for its answer is unknown.
    """

    id: str
    order_number: str
    state: str
    reference: str | None
    amount: int
    currency: str
    refunded: int = 0
    refunding: int = 0


class CheckQueries(Protocol):
    """Cross-checks over everything that is kept; what is under way for less than `grace` is no
    difference, and of events only what is younger than `kept` must be complete. A payment may
    wait for its buyer for `challenge` before that."""

    def differences(
        self, *, grace: timedelta, kept: timedelta, challenge: timedelta
    ) -> tuple[Difference, ...]: ...

    def payments(self, *, after: str = "", limit: int = 1000) -> tuple[BookedPayment, ...]:
        """Every payment, by order number, from after that one on."""

    def payment(self, order_number: str) -> BookedPayment | None: ...

    def pending(self, *, older_than: timedelta, limit: int = 100) -> tuple[PaymentId, ...]:
        """Payments whose answer is unknown for that long, the oldest first."""

    def unwritten(self, *, limit: int = 100) -> tuple[OrderId, ...]:
        """Orders whose money moved without the paper that says so."""

    def pending_refunds(
        self, *, older_than: timedelta, limit: int = 100
    ) -> tuple[RefundId, ...]: ...
