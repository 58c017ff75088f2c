"""What may follow an order, and the work behind the counter."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from watchstore.domain.identifiers import (
    Email,
    OrderNumber,
    ReturnId,
)
from watchstore.domain.money import Money
from watchstore.domain.order import Parcel
from watchstore.domain.returning import ReturnState
from watchstore.service_layer.commands.buying import Shopper, Wanted
from watchstore.service_layer.ports import RequestKey


@dataclass(frozen=True, slots=True)
class CancelOrder:
    """By its buyer, or by staff (`by` names them) for anybody.

    Without `restock` the pieces are withdrawn from sale: an inspection found a fault.
    """

    number: OrderNumber
    reason: str = ""
    shopper: Shopper | None = None
    by: str = "buyer"
    restock: bool = True


@dataclass(frozen=True, slots=True)
class PrintPaper:
    """The invoice of an order, or one of its credit notes; no shopper stands for staff."""

    order: OrderNumber
    shopper: Shopper | None = None
    credit_note: str | None = None


@dataclass(frozen=True, slots=True)
class ConfirmPayment:
    """The buyer has answered the bank: ask the gateway how the payment stands.

    `origin` is the caller's network address.
    """

    number: OrderNumber
    shopper: Shopper
    origin: str = "local"


@dataclass(frozen=True, slots=True)
class AnswerBank:
    """The buyer's answer to the bank of the test gateway; `origin` is their network address."""

    client_secret: str = field(repr=False)
    approved: bool
    origin: str = "local"


@dataclass(frozen=True, slots=True)
class ShipOrder:
    """One parcel: pieces of some lines, or with none named all that was not sent yet."""

    number: OrderNumber
    parcel: Parcel
    by: str
    lines: tuple[Wanted, ...] = ()


@dataclass(frozen=True, slots=True)
class LeaveOutRest:
    """What was not sent never will be: for sale again if `restock`, else withdrawn from sale."""

    number: OrderNumber
    by: str
    reason: str = ""
    restock: bool = False
    key: RequestKey | None = None


@dataclass(frozen=True, slots=True)
class DeliverOrder:
    number: OrderNumber
    by: str


@dataclass(frozen=True, slots=True)
class TrackOrder:
    """Somebody without an account asks, with the address that the order was placed with."""

    number: OrderNumber
    email: Email
    origin: str = "local"


@dataclass(frozen=True, slots=True)
class RequestReturn:
    number: OrderNumber
    lines: tuple[Wanted, ...]
    shopper: Shopper
    reason: str = ""
    key: RequestKey | None = None


@dataclass(frozen=True, slots=True)
class DecideReturn:
    """Staff approve, decline or receive what was requested."""

    number: OrderNumber
    return_id: ReturnId
    state: ReturnState
    by: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class InspectReturn:
    """Accepted: paid back, and for sale again if `restock`. Else it goes back to the buyer."""

    number: OrderNumber
    return_id: ReturnId
    by: str
    accepted: bool
    restock: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class RepayReturn:
    """Staff ask again for the money of a return, whose refund was refused."""

    number: OrderNumber
    return_id: ReturnId
    by: str


@dataclass(frozen=True, slots=True)
class RefundOrder:
    """An amount, or what was paid for pieces of some lines; with neither, all that is left."""

    number: OrderNumber
    by: str
    reason: str = ""
    amount: Money | None = None
    lines: tuple[Wanted, ...] = ()
    key: RequestKey | None = None


@dataclass(frozen=True, slots=True)
class TakeNotice:
    """A webhook as it came: who is said to have sent it, its headers and its raw body."""

    gateway: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReplayDelivery:
    """Deliver an event again that was given up; to one consumer, or to all who gave it up."""

    event_id: UUID
    consumer: str | None = None
