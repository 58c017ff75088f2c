"""An order: lines as sold, a state machine, and the timeline of what happened to it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from watchstore.domain.address import Address, Contact
from watchstore.domain.errors import IllegalTransition, InvalidValue
from watchstore.domain.identifiers import (
    HoldId,
    OfferId,
    OrderId,
    OrderNumber,
    PieceId,
    UserId,
    WatchId,
    plain_text,
)
from watchstore.domain.money import Money, total
from watchstore.domain.offer import Condition
from watchstore.domain.pricing import Delivery, PriceSheet


class OrderState(StrEnum):
    AWAITING_PAYMENT = "awaiting_payment"
    PAID = "paid"
    DISPATCHING = "dispatching"  # inspected and packed; the money is being captured
    SHIPPED = "shipped"
    CANCELLED = "cancelled"


NEXT: Final = {
    OrderState.AWAITING_PAYMENT: frozenset({OrderState.PAID, OrderState.CANCELLED}),
    OrderState.PAID: frozenset({OrderState.DISPATCHING, OrderState.CANCELLED}),
    OrderState.DISPATCHING: frozenset({OrderState.SHIPPED, OrderState.PAID}),
    OrderState.SHIPPED: frozenset[OrderState](),
    OrderState.CANCELLED: frozenset[OrderState](),
}


@dataclass(frozen=True, slots=True)
class OrderLine:
    """What was sold, as it was sold: later edits of the watch or its price change nothing."""

    offer_id: OfferId
    watch_id: WatchId
    brand: str
    reference: str
    name: str
    condition: Condition
    unit_price: Money
    pieces: tuple[PieceId, ...]

    @property
    def quantity(self) -> int:
        return len(self.pieces)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timeline, readable by the buyer; `by` names who did it."""

    at: datetime
    state: OrderState
    by: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Parcel:
    carrier: str
    tracking: str

    @classmethod
    def parse(cls, *, carrier: str, tracking: str) -> "Parcel":
        return cls(
            plain_text(carrier, "carrier", longest=60),
            plain_text(tracking, "tracking", longest=80),
        )


@dataclass(frozen=True, slots=True)
class Order:
    """`buyer` is an account; a guest's order is found by `guest_hash`, the cart cookie's hash."""

    id: OrderId
    number: OrderNumber
    contact: Contact
    address: Address | None
    delivery: Delivery
    lines: tuple[OrderLine, ...]
    prices: PriceSheet
    placed_at: datetime
    buyer: UserId | None = None
    guest_hash: str | None = None
    hold_id: HoldId | None = None
    state: OrderState = OrderState.AWAITING_PAYMENT
    parcel: Parcel | None = None
    timeline: tuple[Entry, ...] = ()

    def __post_init__(self) -> None:
        if not self.lines:
            raise InvalidValue("lines", "must not be empty")
        if self.address is None and self.delivery is not Delivery.PICK_UP:
            raise InvalidValue("address", "is needed unless the order is picked up")

    @property
    def pieces(self) -> tuple[PieceId, ...]:
        return tuple(piece for line in self.lines for piece in line.pieces)

    def placed(self) -> "Order":
        """The order with its first timeline entry."""
        return replace(self, timeline=(Entry(self.placed_at, self.state, "buyer"),))

    def price_of(self, pieces: Collection[PieceId]) -> Money:
        """What was paid for these pieces: their shares of everything but the delivery."""
        prices = [line.unit_price.amount for line in self.lines for _ in line.pieces]
        shares = (self.prices.total - self.prices.delivery).allocate(prices)
        paid = zip(self.pieces, shares, strict=True)
        return total([share for piece, share in paid if piece in pieces], shares[0].currency)

    def noted(self, note: str, at: datetime, *, by: str) -> "Order":
        """Something happened that does not change the state."""
        return replace(self, timeline=(*self.timeline, Entry(at, self.state, by, note)))

    def pay(self, at: datetime) -> "Order":
        return self._to(OrderState.PAID, at, by="gateway")

    def cancel(self, at: datetime, *, by: str, reason: str = "") -> "Order":
        note = plain_text(reason, "reason", longest=200, empty=True)
        return self._to(OrderState.CANCELLED, at, by=by, note=note)

    def dispatch(self, parcel: Parcel, at: datetime, *, by: str) -> "Order":
        return replace(self._to(OrderState.DISPATCHING, at, by=by), parcel=parcel)

    def ship(self, at: datetime) -> "Order":
        return self._to(OrderState.SHIPPED, at, by="shop")

    def recall(self, at: datetime, *, reason: str) -> "Order":
        """The capture failed: nothing leaves the house."""
        return replace(self._to(OrderState.PAID, at, by="gateway", note=reason), parcel=None)

    def _to(self, state: OrderState, at: datetime, *, by: str, note: str = "") -> "Order":
        if state not in NEXT[self.state]:
            raise IllegalTransition(
                f"An order that is {self.state} cannot become {state}.", state=self.state
            )
        return replace(self, state=state, timeline=(*self.timeline, Entry(at, state, by, note)))
