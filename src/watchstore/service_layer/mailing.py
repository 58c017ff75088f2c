"""What the shop writes to people, one function per event that is worth a mail."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Final, cast
from uuid import UUID

from watchstore.domain import events
from watchstore.domain.events import Event
from watchstore.domain.identifiers import Email, OrderId, PieceId, RefundId, ReturnId, UserId
from watchstore.domain.order import Order
from watchstore.domain.returning import WINDOW, ReturnState
from watchstore.domain.session import Purpose
from watchstore.domain.user import User
from watchstore.service_layer.accounts import issue_token
from watchstore.service_layer.ports import Begin, Clock, Entropy, Mail, Mailer, UnitOfWork


@dataclass(frozen=True, slots=True)
class Desk:
    """What writing a mail needs: a transaction to read in, and the shop's public address."""

    uow: UnitOfWork
    clock: Clock
    entropy: Entropy
    public_url: str


def send_mail(
    event: Event,
    *,
    begin: Begin,
    clock: Clock,
    entropy: Entropy,
    mailer: Mailer,
    public_url: str,
) -> None:
    """Write and send the mail for an event, if there is one to send (at least once)."""
    write = _LETTERS[type(event)]
    with begin() as uow:
        mail = write(event, Desk(uow, clock, entropy, public_url))
        uow.commit()
    if mail is not None:
        mailer.send(mail)


def _welcome(event: Event, desk: Desk) -> Mail | None:
    return _confirm(
        desk.uow.users.get(UserId(UUID(cast(events.AccountRegistered, event).user_id))), desk
    )


def _once_more(event: Event, desk: Desk) -> Mail | None:
    email = Email.parse(cast(events.VerificationRequested, event).email)
    user = desk.uow.users.find(email)
    return _confirm(user, desk) if user and user.verified_at is None else None


def _erased(event: Event, _desk: Desk) -> Mail | None:
    return Mail(
        Email.parse(cast(events.AccountErased, event).email),
        "Your account was deleted",
        "Hello,\n\nyour account was deleted with all that we kept for you. Of your orders we keep"
        " what the law wants kept; they can still be followed by number and e-mail address.\n",
    )


def _confirm(user: User, desk: Desk) -> Mail | None:
    if user.disabled_at is not None:
        return None
    secret = issue_token(
        user, Purpose.VERIFY_EMAIL, uow=desk.uow, clock=desk.clock, entropy=desk.entropy
    )
    return Mail(
        user.email,
        "Confirm your e-mail address",
        f"Hello {user.name},\n\nplease confirm your address within 48 hours:\n"
        f"{desk.public_url}/verify#{secret}\n\nIf you did not register, ignore this mail.\n",
    )


def _registered_before(event: Event, desk: Desk) -> Mail | None:
    user = desk.uow.users.get(UserId(UUID(cast(events.RegistrationRepeated, event).user_id)))
    if user.disabled_at is not None:
        return None
    return Mail(
        user.email,
        "You have an account already",
        f"Hello {user.name},\n\nsomebody, perhaps you, tried to register with this address."
        f" You have an account: sign in, or set a new password:\n{desk.public_url}/reset\n",
    )


def _reset(event: Event, desk: Desk) -> Mail | None:
    email = Email.parse(cast(events.PasswordResetRequested, event).email)
    user = desk.uow.users.find(email)
    if user is None or user.disabled_at is not None:
        return None
    secret = issue_token(
        user, Purpose.RESET_PASSWORD, uow=desk.uow, clock=desk.clock, entropy=desk.entropy
    )
    return Mail(
        user.email,
        "Set a new password",
        f"Hello {user.name},\n\nset a new password within one hour:\n"
        f"{desk.public_url}/reset#{secret}\n\nIf you did not ask for this, ignore this mail.\n",
    )


def _password_changed(event: Event, desk: Desk) -> Mail | None:
    user = desk.uow.users.get(UserId(UUID(cast(events.PasswordChanged, event).user_id)))
    if user.disabled_at is not None:
        return None
    return Mail(
        user.email,
        "Your password was changed",
        f"Hello {user.name},\n\nyour password was changed and your other devices were signed"
        f" out. If that was not you, set a new one now:\n{desk.public_url}/reset\n",
    )


def _order_paid(event: Event, desk: Desk) -> Mail | None:
    order = _order(cast(events.OrderPaid, event).order_id, desk)
    return _about(
        order,
        f"Your order {order.number}",
        f"thank you for your order.\n\n{_lines(order)}\n\nTotal: {order.prices.total}\n"
        "Your card is charged when the watch leaves our watchmaker's bench.",
    )


def _order_shipped(event: Event, desk: Desk) -> Mail | None:
    shipped = cast(events.OrderShipped, event)
    order = _order(shipped.order_id, desk)
    parcel = order.parcels[shipped.parcel - 1]
    rest = len(order.pieces) - sum(len(one.pieces) for one in order.parcels[: shipped.parcel])
    more = "\n\nThe rest follows in another parcel." if rest else ""
    return _about(
        order,
        f"Order {order.number} is on its way",
        f"it has left us:\n\n{_lines(order, parcel.pieces)}\n\n"
        f"{parcel.carrier}, tracking number {parcel.tracking}{more}",
    )


def _order_delivered(event: Event, desk: Desk) -> Mail | None:
    order = _order(cast(events.OrderDelivered, event).order_id, desk)
    return _about(
        order,
        f"Order {order.number} was delivered",
        f"your order was delivered. You may return it within {WINDOW.days} days.",
    )


def _return_changed(event: Event, desk: Desk) -> Mail | None:
    changed = cast(events.ReturnChanged, event)
    text = _RETURNS.get(changed.state)
    if text is None:
        return None
    order = _order(changed.order_id, desk)
    note = desk.uow.returns.get(ReturnId(UUID(changed.return_id))).note
    told = f"{text}\n\n{note}" if note else text
    return _about(order, f"Your return of order {order.number}", told)


def _order_cancelled(event: Event, desk: Desk) -> Mail | None:
    cancelled = cast(events.OrderCancelled, event)
    order = _order(cancelled.order_id, desk)
    return _about(
        order,
        f"Order {order.number} was cancelled",
        f"your order was cancelled ({cancelled.reason}). Nothing will be charged.",
    )


def _order_refunded(event: Event, desk: Desk) -> Mail | None:
    refunded = cast(events.OrderRefunded, event)
    order = _order(refunded.order_id, desk)
    refund = desk.uow.refunds.get(RefundId(UUID(refunded.refund_id)))
    why = f" ({refund.reason})" if refund.reason else ""
    return _about(
        order,
        f"A refund for order {order.number}",
        f"we have sent {refund.amount} back to your card{why}."
        " Your bank shows it within a few days.",
    )


def _order(order_id: str, desk: Desk) -> Order:
    return desk.uow.orders.get(OrderId(UUID(order_id)))


def _about(order: Order, subject: str, text: str) -> Mail:
    return Mail(order.contact.email, subject, f"Hello {order.contact.name},\n\n{text}\n")


def _lines(order: Order, pieces: Collection[PieceId] | None = None) -> str:
    """All lines, or what is in one parcel."""
    sent = set(order.pieces if pieces is None else pieces)
    counted = [(line, len(sent.intersection(line.pieces))) for line in order.lines]
    return "\n".join(
        f"{count} x {line.brand} {line.name} ({line.reference}): {line.unit_price}"
        for line, count in counted
        if count
    )


_RETURNS: Final = {
    ReturnState.REQUESTED.value: "we have your request and answer it soon.",
    ReturnState.APPROVED.value: "please send it back to us, insured, with everything it came with.",
    ReturnState.DECLINED.value: "we cannot take it back.",
    ReturnState.RECEIVED.value: "it has arrived; our watchmaker looks at it now.",
    ReturnState.REJECTED.value: "our watchmaker could not accept it; it is on its way back to you.",
}


_LETTERS: Final[Mapping[type[Event], Callable[[Event, Desk], Mail | None]]] = {
    events.AccountRegistered: _welcome,
    events.RegistrationRepeated: _registered_before,
    events.PasswordResetRequested: _reset,
    events.VerificationRequested: _once_more,
    events.AccountErased: _erased,
    events.PasswordChanged: _password_changed,
    events.OrderPaid: _order_paid,
    events.OrderShipped: _order_shipped,
    events.OrderCancelled: _order_cancelled,
    events.OrderRefunded: _order_refunded,
    events.OrderDelivered: _order_delivered,
    events.ReturnChanged: _return_changed,
}
