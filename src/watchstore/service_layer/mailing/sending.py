"""Event -> letter -> mail."""

from collections.abc import Callable, Mapping
from typing import Final

from watchstore.domain import events
from watchstore.domain.events import Event
from watchstore.service_layer.mailing import accounts, orders
from watchstore.service_layer.mailing.desk import Desk
from watchstore.service_layer.mailing.letter import Letter
from watchstore.service_layer.mailing.markup import as_html
from watchstore.service_layer.mailing.plain import as_text
from watchstore.service_layer.ports import (
    Attachment,
    Begin,
    Clock,
    Entropy,
    Mail,
    Mailer,
    Printer,
)
from watchstore.service_layer.printing import printed

LETTERS: Final[Mapping[type[Event], Callable[[Event, Desk], Letter | None]]] = {
    events.AccountRegistered: accounts.welcome,
    events.RegistrationRepeated: accounts.registered_before,
    events.PasswordResetRequested: accounts.reset,
    events.VerificationRequested: accounts.once_more,
    events.AccountErased: accounts.erased,
    events.PasswordChanged: accounts.password_changed,
    events.OrderPaid: orders.paid,
    events.OrderShipped: orders.shipped,
    events.RestLeftOut: orders.left_out,
    events.OrderCancelled: orders.cancelled,
    events.OrderRefunded: orders.refunded,
    events.OrderDelivered: orders.delivered,
    events.ReturnChanged: orders.return_changed,
}


def send_mail(
    event: Event,
    *,
    begin: Begin,
    clock: Clock,
    entropy: Entropy,
    mailer: Mailer,
    printer: Printer,
    public_url: str,
    shop_name: str,
) -> None:
    """Write and send the mail for an event, if there is one to send (at least once)."""
    with begin() as uow:
        letter = LETTERS[type(event)](event, Desk(uow, clock, entropy, public_url))
        uow.commit()
    if letter is not None:
        mailer.send(compose(letter, shop_name, printer))


def compose(letter: Letter, shop_name: str, printer: Printer) -> Mail:
    files = [printed(letter.paper, printer)] if letter.paper else []
    return Mail(
        letter.to,
        letter.subject,
        as_text(letter, shop_name),
        as_html(letter, shop_name),
        tuple(Attachment(file.name, file.media_type, file.content) for file in files),
    )
