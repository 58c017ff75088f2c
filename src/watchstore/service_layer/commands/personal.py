"""What an account holder asks for: addresses, wishes, and to be forgotten."""

from dataclasses import dataclass, field

from watchstore.domain.address import Address
from watchstore.domain.identifiers import AddressId, Email, UserId
from watchstore.service_layer.ports import RequestKey


@dataclass(frozen=True, slots=True)
class KeepAddress:
    """A new address; with `first` it is the one that is offered first from now on."""

    user_id: UserId
    address: Address
    first: bool = False
    key: RequestKey | None = None


@dataclass(frozen=True, slots=True)
class ChangeAddress:
    user_id: UserId
    address_id: AddressId
    address: Address
    first: bool = False


@dataclass(frozen=True, slots=True)
class RemoveAddress:
    user_id: UserId
    address_id: AddressId


@dataclass(frozen=True, slots=True)
class AddWishes:
    """Watches by their address in the catalogue; those that there are not are passed over."""

    user_id: UserId
    slugs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RemoveWish:
    user_id: UserId
    slug: str


@dataclass(frozen=True, slots=True)
class RequestVerification:
    """Send the mail that confirms an address once more."""

    email: Email
    origin: str = "local"


@dataclass(frozen=True, slots=True)
class EraseAccount:
    user_id: UserId
    password: str = field(repr=False)
