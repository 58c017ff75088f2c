"""An order: lines as sold, a state machine, and the timeline of what happened to it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from watchstore.domain.address import Address, Contact
from watchstore.domain.delivery import Delivery
from watchstore.domain.errors import IllegalTransition, InvalidValue, NotInOrder
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
from watchstore.domain.pricing import PriceSheet


class OrderState(StrEnum):
    AWAITING_PAYMENT = "awaiting_payment"
    PAID = "paid"
    DISPATCHING = "dispatching"  # inspected and packed; the money is being captured
    PARTLY_SHIPPED = "partly_shipped"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


NEXT: Final = {
    OrderState.AWAITING_PAYMENT: frozenset({OrderState.PAID, OrderState.CANCELLED}),
    OrderState.PAID: frozenset({OrderState.DISPATCHING, OrderState.CANCELLED}),
    OrderState.DISPATCHING: frozenset(
        {OrderState.PARTLY_SHIPPED, OrderState.SHIPPED, OrderState.PAID}
    ),
    OrderState.PARTLY_SHIPPED: frozenset({OrderState.SHIPPED}),
    OrderState.SHIPPED: frozenset({OrderState.DELIVERED}),
    OrderState.DELIVERED: frozenset[OrderState](),
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
    """`pieces` are what is in it; a parcel that names none takes all that was not sent yet."""

    carrier: str
    tracking: str
    pieces: tuple[PieceId, ...] = ()

    @classmethod
    def parse(cls, *, carrier: str, tracking: str) -> "Parcel":
        return cls(
            plain_text(carrier, "carrier", longest=60),
            plain_text(tracking, "tracking", longest=80),
        )


@dataclass(frozen=True, slots=True)
class Order:
    """`buyer` is an account; a guest's order is found by `guest_hash`, the cart cookie's hash.

    `left_out` are the pieces that were given up after the first parcel: they are never sent.
    """

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
    parcels: tuple[Parcel, ...] = ()
    timeline: tuple[Entry, ...] = ()
    left_out: tuple[PieceId, ...] = ()

    def __post_init__(self) -> None:
        if not self.lines:
            raise InvalidValue("lines", "must not be empty")
        if self.address is None and self.delivery is not Delivery.PICK_UP:
            raise InvalidValue("address", "is needed unless the order is picked up")

    @property
    def pieces(self) -> tuple[PieceId, ...]:
        return tuple(piece for line in self.lines for piece in line.pieces)

    @property
    def sent(self) -> frozenset[PieceId]:
        return frozenset(piece for parcel in self.parcels for piece in parcel.pieces)

    @property
    def unsent(self) -> tuple[PieceId, ...]:
        """What is still to be sent."""
        gone = self.sent.union(self.left_out)
        return tuple(piece for piece in self.pieces if piece not in gone)

    @property
    def delivered_at(self) -> datetime | None:
        return next((e.at for e in self.timeline if e.state is OrderState.DELIVERED), None)

    @property
    def may_come_back(self) -> bool:
        """Whether nothing more is sent; until when it may be returned is for `returning` to say."""
        return self.state in (OrderState.SHIPPED, OrderState.DELIVERED)

    def pick(self, wanted: Mapping[OfferId, int], among: Sequence[PieceId]) -> tuple[PieceId, ...]:
        """As many pieces of each offer as are wanted, the first of those; raises NotInOrder for
        too few."""
        chosen: list[PieceId] = []
        for offer_id, quantity in wanted.items():
            own = {
                piece for line in self.lines if line.offer_id == offer_id for piece in line.pieces
            }
            left = [piece for piece in among if piece in own]
            if len(left) < quantity:
                raise NotInOrder(
                    "The order has fewer such pieces left.", offer_id=str(offer_id), left=len(left)
                )
            chosen += left[:quantity]
        return tuple(chosen)

    def placed(self) -> "Order":
        """The order with its first timeline entry."""
        return replace(self, timeline=(Entry(self.placed_at, self.state, "buyer"),))

    def price_of(self, pieces: Collection[PieceId]) -> Money:
        """What was paid for these pieces: their shares of everything but the delivery."""
        parts = self.prices.over([line.unit_price * line.quantity for line in self.lines])
        shares = [
            share
            for line, part in zip(self.lines, parts, strict=True)
            for share in part.total.allocate([1] * line.quantity)
        ]
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
        """The first parcel is packed, and the whole payment is taken."""
        return replace(
            self._to(OrderState.DISPATCHING, at, by=by), parcels=(_packed(parcel, self.pieces),)
        )

    def ship(self, at: datetime) -> "Order":
        reached = OrderState.PARTLY_SHIPPED if self.unsent else OrderState.SHIPPED
        return self._to(reached, at, by="shop")

    def send(self, parcel: Parcel, at: datetime, *, by: str) -> "Order":
        """One more parcel of an order that was sent in part."""
        if self.state is not OrderState.PARTLY_SHIPPED:
            raise self._illegal(OrderState.SHIPPED)
        packed = _packed(parcel, self.unsent)
        rest = set(self.unsent) - set(packed.pieces)
        state = OrderState.PARTLY_SHIPPED if rest else OrderState.SHIPPED
        timeline = (*self.timeline, Entry(at, state, by))
        return replace(self, state=state, parcels=(*self.parcels, packed), timeline=timeline)

    def leave_out(self, at: datetime, *, by: str, reason: str = "") -> "Order":
        """What was not sent yet never will be: what is on its way is all of it."""
        if self.state is not OrderState.PARTLY_SHIPPED:
            raise IllegalTransition(
                "Only of an order that was sent in part can the rest be left out.",
                state=self.state,
            )
        why = plain_text(reason, "reason", longest=200, empty=True)
        note = "rest left out" + (f": {why}" if why else "")
        return replace(self._to(OrderState.SHIPPED, at, by=by, note=note), left_out=self.unsent)

    def deliver(self, at: datetime, *, by: str) -> "Order":
        return self._to(OrderState.DELIVERED, at, by=by)

    def recall(self, at: datetime, *, reason: str) -> "Order":
        """The capture failed: nothing leaves the house."""
        return replace(self._to(OrderState.PAID, at, by="gateway", note=reason), parcels=())

    def _to(self, state: OrderState, at: datetime, *, by: str, note: str = "") -> "Order":
        if state not in NEXT[self.state]:
            raise self._illegal(state)
        return replace(self, state=state, timeline=(*self.timeline, Entry(at, state, by, note)))

    def _illegal(self, state: OrderState) -> IllegalTransition:
        return IllegalTransition(
            f"An order that is {self.state} cannot become {state}.", state=self.state
        )


def _packed(parcel: Parcel, left: tuple[PieceId, ...]) -> Parcel:
    pieces = parcel.pieces or left
    if not set(pieces) <= set(left):
        raise NotInOrder("These pieces are not in the order, or were sent already.")
    return replace(parcel, pieces=pieces)
