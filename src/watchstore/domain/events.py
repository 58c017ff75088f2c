"""Everything that can have happened, past tense. Fields are plain JSON values, so that an
event can be stored for years: a change of shape is a new `version`, never an edit."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Event:
    name: ClassVar[str]
    version: ClassVar[int] = 1


@dataclass(frozen=True, slots=True)
class AccountRegistered(Event):
    name = "account.registered"
    user_id: str


@dataclass(frozen=True, slots=True)
class RegistrationRepeated(Event):
    """Somebody registered with an address that has an account: its owner is told by mail."""

    name = "account.registration_repeated"
    user_id: str


@dataclass(frozen=True, slots=True)
class PasswordResetRequested(Event):
    """Carries the address as typed: whether it has an account is looked up by the mailer."""

    name = "account.password_reset_requested"
    email: str


@dataclass(frozen=True, slots=True)
class PasswordChanged(Event):
    name = "account.password_changed"
    user_id: str


@dataclass(frozen=True, slots=True)
class SessionsEnded(Event):
    name = "account.sessions_ended"
    user_id: str
    secret_hashes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VerificationRequested(Event):
    """Carries the address as typed: whether it waits for one is looked up by the mailer."""

    name = "account.verification_requested"
    email: str


@dataclass(frozen=True, slots=True)
class AccountErased(Event):
    """Carries the address, which is nowhere else any more, for one last mail."""

    name = "account.erased"
    email: str
    language: str = "en"


@dataclass(frozen=True, slots=True)
class WatchCreated(Event):
    name = "watch.created"
    watch_id: str


@dataclass(frozen=True, slots=True)
class WatchRevised(Event):
    name = "watch.revised"
    watch_id: str


@dataclass(frozen=True, slots=True)
class WatchPublished(Event):
    name = "watch.published"
    watch_id: str


@dataclass(frozen=True, slots=True)
class WatchWithdrawn(Event):
    name = "watch.withdrawn"
    watch_id: str


@dataclass(frozen=True, slots=True)
class OfferOpened(Event):
    name = "offer.opened"
    offer_id: str
    amount: int
    currency: str


@dataclass(frozen=True, slots=True)
class OfferRepriced(Event):
    name = "offer.repriced"
    offer_id: str
    amount: int
    currency: str


@dataclass(frozen=True, slots=True)
class OfferClosed(Event):
    name = "offer.closed"
    offer_id: str


@dataclass(frozen=True, slots=True)
class PiecesReceived(Event):
    name = "pieces.received"
    offer_id: str
    piece_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OrderPlaced(Event):
    name = "order.placed"
    order_id: str
    payment_id: str


@dataclass(frozen=True, slots=True)
class OrderPaid(Event):
    name = "order.paid"
    order_id: str


@dataclass(frozen=True, slots=True)
class OrderDispatched(Event):
    name = "order.dispatched"
    order_id: str
    payment_id: str


@dataclass(frozen=True, slots=True)
class OrderShipped(Event):
    """One of its parcels, counted from 1, left the house."""

    name = "order.shipped"
    version = 2
    order_id: str
    parcel: int


@dataclass(frozen=True, slots=True)
class RestLeftOut(Event):
    """What was not sent never will be; `refund_id` pays for it, if it was not paid back before."""

    name = "order.rest_left_out"
    order_id: str
    reason: str
    refund_id: str | None


@dataclass(frozen=True, slots=True)
class OrderCancelled(Event):
    name = "order.cancelled"
    order_id: str
    payment_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class RefundAsked(Event):
    name = "refund.asked"
    order_id: str
    refund_id: str


@dataclass(frozen=True, slots=True)
class OrderRefunded(Event):
    name = "order.refunded"
    order_id: str
    refund_id: str


@dataclass(frozen=True, slots=True)
class OrderDelivered(Event):
    name = "order.delivered"
    order_id: str


@dataclass(frozen=True, slots=True)
class ReturnChanged(Event):
    """A return was requested, or reached another state."""

    name = "return.changed"
    order_id: str
    return_id: str
    state: str


EVENTS: dict[str, type[Event]] = {
    event.name: event
    for event in (
        AccountRegistered,
        RegistrationRepeated,
        PasswordResetRequested,
        VerificationRequested,
        AccountErased,
        PasswordChanged,
        SessionsEnded,
        WatchCreated,
        WatchRevised,
        WatchPublished,
        WatchWithdrawn,
        OfferOpened,
        OfferRepriced,
        OfferClosed,
        PiecesReceived,
        OrderPlaced,
        OrderPaid,
        OrderDispatched,
        OrderShipped,
        RestLeftOut,
        OrderCancelled,
        OrderDelivered,
        ReturnChanged,
        RefundAsked,
        OrderRefunded,
    )
}
