"""What lies outside the shop's records: time, chance, mail, money, limits."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Protocol
from uuid import UUID

from watchstore.domain.identifiers import (
    Email,
    OrderNumber,
    SessionId,
)
from watchstore.domain.money import Money
from watchstore.domain.papers import Paper
from watchstore.domain.user import User


class GatewayUnavailable(Exception):
    """No answer: what happened there is unknown. Repeat the call with the same key."""


class Clock(Protocol):
    def now(self) -> datetime:
        """The time in UTC, with its zone."""

    def sleep(self, seconds: float) -> None: ...


class Entropy(Protocol):
    """Identity and secrets."""

    def new_id(self) -> UUID: ...

    def new_secret(self) -> str:
        """At least 256 random bits, safe in an address."""

    def new_order_number(self) -> OrderNumber: ...


class PasswordHasher(Protocol):
    def hash(self, password: str) -> str: ...

    def verify(self, password: str, password_hash: str | None) -> bool:
        """Costs the same for no hash at all, so that time does not tell who has an account."""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `count` in any `seconds` for one subject."""

    name: str
    count: int
    seconds: int


class RateLimiter(Protocol):
    def hit(self, limit: Limit, subject: str) -> None:
        """Count one try; raises TooManyAttempts beyond the limit."""


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """`html` says the same as `text`; without it the mail is plain."""

    to: Email
    subject: str
    text: str
    html: str = ""
    attachments: tuple[Attachment, ...] = ()


class Printer(Protocol):
    """Prints papers; the same one is always the same bytes."""

    @property
    def media_type(self) -> str: ...

    @property
    def extension(self) -> str: ...

    def print(self, paper: Paper) -> bytes: ...


class Mailer(Protocol):
    def send(self, mail: Mail) -> None: ...


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who a session belongs to, as far as every request needs to know."""

    session_id: SessionId
    user: User
    expires_at: datetime


class SessionLookup(Protocol):
    def find(self, secret_hash: str, *, fresh: bool = False) -> SignedIn | None:
        """The live session with that secret; `fresh` asks the database, whatever is cached."""

    def forget(self, secret_hashes: Collection[str]) -> None:
        """These sessions have ended: no cache may revive them."""


@dataclass(frozen=True, slots=True)
class GatewayAnswer:
    """`reference` is the gateway's own name for the payment; `reason` says why it was refused."""

    approved: bool
    reference: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class GatewayPending:
    """Not decided yet: the same call with the same key tells how it stands.

    With a `client_secret` the gateway waits for the buyer, whose browser shows it to the bank.
    """

    reference: str
    client_secret: str | None = field(default=None, repr=False)


GatewayOutcome = GatewayAnswer | GatewayPending

# Why a void is refused that came too late to be needed: nothing is set aside any more.
ALREADY_VOIDED: Final = "already_voided"


@dataclass(frozen=True, slots=True)
class GatewayPayment:
    """What the gateway's ledger says of one payment."""

    reference: str
    order_number: str
    authorised: Money
    captured: Money
    refunded: Money
    voided: bool


class PaymentGateway(Protocol):
    """Each call is idempotent by `key`; raises GatewayUnavailable when no answer came."""

    def authorise(
        self, *, key: str, amount: Money, card: str, order_number: str
    ) -> GatewayOutcome: ...

    def capture(self, *, key: str, reference: str, amount: Money) -> GatewayOutcome: ...

    def void(self, *, key: str, reference: str) -> GatewayAnswer:
        """Lets go of an authorisation, or of waiting for the buyer."""

    def refund(self, *, key: str, reference: str, amount: Money) -> GatewayOutcome: ...

    def find(self, *, order_number: str) -> tuple[GatewayPayment, ...]: ...

    def payments(self) -> Iterable[GatewayPayment]:
        """Everything in the gateway's ledger, whoever asked for it."""

    def close(self) -> None:
        """Let go of idle connections; a later call makes new ones."""


class StandInBank(Protocol):
    """Where cards are pretended, so is the bank that asks the buyer about a payment."""

    def confirm(self, client_secret: str, *, approved: bool = True) -> None:
        """The buyer answers, once. KeyError: nobody waits; raises GatewayUnavailable."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What a gateway says by itself: how the call with our `key` ended. `id` is the gateway's.

    Without an answer it only says that something changed: ask.
    """

    id: str
    key: str
    answer: GatewayAnswer | None = None


class NoticeReader(Protocol):
    def read(self, headers: Mapping[str, str], body: bytes, *, now: datetime) -> Notice | None:
        """None for a notice about something else; raises InvalidSignature."""
