"""The menu: every request as a frozen dataclass, already parsed into the domain's own values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from watchstore.domain.address import Address, Contact
from watchstore.domain.identifiers import (
    CheckoutId,
    Email,
    HoldId,
    OfferId,
    OrderNumber,
    Reference,
    ReturnId,
    SerialNumber,
    SessionId,
    UserId,
    VoucherCode,
    WatchId,
)
from watchstore.domain.money import Money
from watchstore.domain.offer import Condition
from watchstore.domain.order import Parcel
from watchstore.domain.pricing import Delivery
from watchstore.domain.returning import ReturnState
from watchstore.domain.user import Role
from watchstore.domain.watch import Brand, Specification
from watchstore.service_layer.ports import RequestKey


@dataclass(frozen=True, slots=True)
class RegisterAccount:
    """`origin` is the caller's network address, which limits are counted by."""

    email: Email
    name: str
    password: str = field(repr=False)
    origin: str = "local"


@dataclass(frozen=True, slots=True)
class CreateStaff:
    """An account made by the operator: verified from the start."""

    email: Email
    name: str
    role: Role
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class VerifyEmail:
    token: str = field(repr=False)
    origin: str = "local"


@dataclass(frozen=True, slots=True)
class SignIn:
    """`guest_hash` names the guest cart to take over; `ending` the session to replace."""

    email: Email
    password: str = field(repr=False)
    device: str = ""
    origin: str = "local"
    guest_hash: str | None = None
    ending: SessionId | None = None


@dataclass(frozen=True, slots=True)
class EndSessions:
    """Sign out: one session, or with none named all of them; `keep` is spared."""

    user_id: UserId
    session_id: SessionId | None = None
    keep: SessionId | None = None


@dataclass(frozen=True, slots=True)
class ChangePassword:
    user_id: UserId
    current: str = field(repr=False)
    new: str = field(repr=False)
    keep: SessionId | None = None


@dataclass(frozen=True, slots=True)
class RequestPasswordReset:
    email: Email
    origin: str = "local"


@dataclass(frozen=True, slots=True)
class ResetPassword:
    token: str = field(repr=False)
    password: str = field(repr=False)
    origin: str = "local"


@dataclass(frozen=True, slots=True)
class Rename:
    user_id: UserId
    name: str


@dataclass(frozen=True, slots=True)
class CreateWatch:
    brand: Brand
    collection: str
    reference: Reference
    name: str
    specification: Specification = field(default_factory=Specification)
    publish: bool = False
    key: RequestKey | None = None


@dataclass(frozen=True, slots=True)
class ReviseWatch:
    """`version` is the one the editor saw: another one now is refused."""

    watch_id: WatchId
    collection: str
    name: str
    specification: Specification
    version: int | None = None


@dataclass(frozen=True, slots=True)
class OpenOffer:
    watch_id: WatchId
    condition: Condition
    price: Money
    note: str = ""
    key: RequestKey | None = None


@dataclass(frozen=True, slots=True)
class RepriceOffer:
    offer_id: OfferId
    price: Money
    version: int | None = None


@dataclass(frozen=True, slots=True)
class NewPiece:
    serial: SerialNumber | None = None
    box: bool = False
    papers: bool = False


@dataclass(frozen=True, slots=True)
class ReceivePieces:
    offer_id: OfferId
    pieces: tuple[NewPiece, ...]
    key: RequestKey | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    offer_id: OfferId
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class HoldPieces:
    """Keep pieces for one buyer for a while; an order made with `hold_id` takes them."""

    hold_id: HoldId
    wanted: tuple[Wanted, ...]
    lasting: timedelta


@dataclass(frozen=True, slots=True)
class Shopper:
    """Whose cart: an account's, or a guest's by the hash of the cart cookie's secret."""

    user_id: UserId | None = None
    guest_hash: str | None = None


@dataclass(frozen=True, slots=True)
class PutCartLine:
    shopper: Shopper
    offer_id: OfferId
    quantity: int
    version: int | None = None


@dataclass(frozen=True, slots=True)
class RemoveCartLine:
    shopper: Shopper
    offer_id: OfferId
    version: int | None = None


@dataclass(frozen=True, slots=True)
class PlaceOrder:
    """`card` is a gateway's token; `expected_total` is what the buyer was shown.

    One-shot at today's prices, or of a checkout at the `prices` that it holds.
    """

    wanted: tuple[Wanted, ...]
    contact: Contact
    address: Address | None
    card: str
    delivery: Delivery = Delivery.STANDARD
    shopper: Shopper = field(default_factory=Shopper)
    voucher: VoucherCode | None = None
    checkout_id: CheckoutId | None = None
    prices: Mapping[OfferId, Money] = field(default_factory=dict)
    expected_total: Money | None = None
    key: RequestKey | None = None
    hold_id: HoldId | None = None


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
class ShipOrder:
    """One parcel: pieces of some lines, or with none named all that was not sent yet."""

    number: OrderNumber
    parcel: Parcel
    by: str
    lines: tuple[Wanted, ...] = ()


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
class ImportCatalogue:
    """A CSV file of references. New ones are drafts unless they are to be published.

    `default_currency` is for prices that name none; without it they are refused. `brands` are
    what is known of brands beside the file; `prices=False` takes the facts and no prices.
    """

    data: bytes = field(repr=False)
    dry_run: bool = False
    default_currency: str | None = None
    publish: bool = False
    prices: bool = True
    brands: tuple[Brand, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportOffers:
    """A CSV file in which each row is one piece for sale."""

    data: bytes = field(repr=False)
    dry_run: bool = False
    default_currency: str | None = None


@dataclass(frozen=True, slots=True)
class ReplayDelivery:
    """Deliver an event again that was given up; to one consumer, or to all who gave it up."""

    event_id: UUID
    consumer: str | None = None
