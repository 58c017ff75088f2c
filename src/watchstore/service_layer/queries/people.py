"""What an account holder asks about the account."""

from dataclasses import dataclass
from typing import Protocol

from watchstore.domain.identifiers import UserId


@dataclass(frozen=True, slots=True)
class SessionRow:
    id: str
    device: str
    started_at: str
    expires_at: str


@dataclass(frozen=True, slots=True)
class AccountView:
    id: str
    email: str
    name: str
    role: str
    verified: bool
    registered_at: str
    language: str


@dataclass(frozen=True, slots=True)
class AddressRow:
    """`default` is the one that is offered first."""

    id: str
    name: str
    street: str
    extra: str
    postcode: str
    city: str
    region: str
    country: str
    default: bool


@dataclass(frozen=True, slots=True)
class WishRow:
    slug: str
    brand: str
    reference: str
    name: str


@dataclass(frozen=True, slots=True)
class AccountReturnRow:
    """A return with the number of its order."""

    id: str
    number: str
    state: str
    requested_at: str
    pieces: int
    reason: str
    note: str


class AccountQueries(Protocol):
    def account(self, user_id: UserId) -> AccountView | None: ...

    def sessions(self, user_id: UserId) -> tuple[SessionRow, ...]:
        """Live ones, newest first."""

    def addresses(self, user_id: UserId) -> tuple[AddressRow, ...]:
        """The default first."""

    def wishes(self, user_id: UserId) -> tuple[WishRow, ...]:
        """Newest first; those that are published."""

    def returns(self, user_id: UserId) -> tuple[AccountReturnRow, ...]:
        """Of all orders of the account, newest first."""
