"""Event -> what happens next: the one table. The outbox makes a delivery for each reaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from watchstore.domain import events
from watchstore.domain.events import Event


@dataclass(frozen=True, slots=True)
class Reaction:
    """`consumer` gets the event, once it is `after` old."""

    consumer: str
    after: timedelta = timedelta(0)


MAIL: Final = Reaction("mail")
SESSIONS: Final = Reaction("sessions")
# Whoever changed the payment settles it at once; this is for when that process died.
SETTLE: Final = Reaction("payments", after=timedelta(seconds=6))

# What is seen on the published pages has changed.
PAGES: Final = Reaction("pages")

# The same for whoever asked for a refund.
REFUND: Final = Reaction("refunds", after=SETTLE.after)

REACTIONS: Final[Mapping[type[Event], tuple[Reaction, ...]]] = {
    events.AccountRegistered: (MAIL,),
    events.RegistrationRepeated: (MAIL,),
    events.PasswordResetRequested: (MAIL,),
    events.VerificationRequested: (MAIL,),
    events.AccountErased: (MAIL,),
    events.PasswordChanged: (MAIL,),
    events.SessionsEnded: (SESSIONS,),
    events.WatchRevised: (PAGES,),
    events.WatchPublished: (PAGES,),
    events.WatchWithdrawn: (PAGES,),
    events.OfferOpened: (PAGES,),
    events.OfferRepriced: (PAGES,),
    events.OfferClosed: (PAGES,),
    events.PiecesReceived: (PAGES,),
    events.OrderPlaced: (SETTLE,),
    events.OrderPaid: (MAIL,),
    events.OrderDispatched: (SETTLE,),
    events.OrderShipped: (MAIL,),
    events.RestLeftOut: (MAIL,),
    events.OrderCancelled: (MAIL, SETTLE),
    events.OrderDelivered: (MAIL,),
    events.ReturnChanged: (MAIL,),
    events.RefundAsked: (REFUND,),
    events.OrderRefunded: (MAIL,),
}


def reactions_to(event: Event) -> tuple[Reaction, ...]:
    return REACTIONS.get(type(event), ())
