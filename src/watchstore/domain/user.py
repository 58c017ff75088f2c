"""Who buys or works here: state of the account, role and what the role permits."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from watchstore.domain.errors import IllegalTransition, InvalidValue, NotPermitted
from watchstore.domain.identifiers import Email, UserId
from watchstore.domain.language import Language

SHORTEST_PASSWORD: Final = 8
LONGEST_PASSWORD: Final = 256
ERASED: Final = "erased.invalid"  # RFC 2606: no mail can go there


class Role(StrEnum):
    CUSTOMER = "customer"
    CLERK = "clerk"
    MANAGER = "manager"


class Permission(StrEnum):
    EDIT_CATALOGUE = "edit_catalogue"
    EDIT_STOCK = "edit_stock"
    FULFIL_ORDERS = "fulfil_orders"
    REFUND_ORDERS = "refund_orders"
    SEE_ORDERS = "see_orders"
    EDIT_VOUCHERS = "edit_vouchers"
    EDIT_STAFF = "edit_staff"
    OPERATE = "operate"  # look after what runs behind the shop


_CLERK = frozenset({Permission.EDIT_STOCK, Permission.FULFIL_ORDERS, Permission.SEE_ORDERS})
PERMISSIONS: Final = {
    Role.CUSTOMER: frozenset[Permission](),
    Role.CLERK: _CLERK,
    Role.MANAGER: frozenset(Permission),
}


@dataclass(frozen=True, slots=True)
class User:
    """An account; `password_hash` is opaque to the domain."""

    id: UserId
    email: Email
    name: str
    password_hash: str
    registered_at: datetime
    role: Role = Role.CUSTOMER
    verified_at: datetime | None = None
    disabled_at: datetime | None = None
    language: Language = Language.EN

    @property
    def may_sign_in(self) -> bool:
        return self.verified_at is not None and self.disabled_at is None

    def may(self, permission: Permission) -> bool:
        return self.disabled_at is None and permission in PERMISSIONS[self.role]

    def require(self, permission: Permission) -> None:
        if not self.may(permission):
            raise NotPermitted(f"This needs the permission {permission}.")

    def verify(self, at: datetime) -> "User":
        if self.disabled_at is not None:
            raise IllegalTransition("A disabled account cannot be verified.")
        return self if self.verified_at else replace(self, verified_at=at)

    def with_password(self, password_hash: str) -> "User":
        return replace(self, password_hash=password_hash)

    def rename(self, name: str) -> "User":
        return replace(self, name=name)

    def speaking(self, language: Language) -> "User":
        return replace(self, language=language)

    def with_role(self, role: Role) -> "User":
        return replace(self, role=role)

    def disable(self, at: datetime) -> "User":
        return self if self.disabled_at else replace(self, disabled_at=at)

    def erase(self, at: datetime) -> "User":
        """Nothing of the person is left; the account stays, as orders refer to it."""
        if self.role is not Role.CUSTOMER:
            raise NotPermitted("Who works here cannot erase the account; the operator can.")
        nobody = Email(f"{self.id}@{ERASED}")
        return replace(self, email=nobody, name="", password_hash="", disabled_at=at)


def acceptable_password(password: str, *, email: Email, common: frozenset[str]) -> str:
    """The password, if it is fit to guard an account (ASVS 5.0, 6.2): length, not a common one."""
    if len(password) < SHORTEST_PASSWORD:
        raise InvalidValue("password", f"must have at least {SHORTEST_PASSWORD} characters")
    if len(password) > LONGEST_PASSWORD:
        raise InvalidValue("password", f"must have at most {LONGEST_PASSWORD} characters")
    if password.casefold() in common or password.casefold() in email.address:
        raise InvalidValue("password", "is one that attackers try first; choose another")
    return password
