"""Deny by default: every route says who may call it, or the application does not start."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask import Flask

from watchstore.domain.errors import NotPermitted, NotSignedIn
from watchstore.domain.user import Permission
from watchstore.entrypoints.http.security import Upload
from watchstore.service_layer.ports import SignedIn


@dataclass(frozen=True, slots=True)
class Access:
    """Who may call a route; of `any_of`, one permission is enough. `upload` is what it takes.

    What is `signed` comes from a server, not from a browser: it has no Origin.
    """

    name: str
    any_of: tuple[Permission, ...] = ()
    upload: Upload | None = None
    signed: bool = False

    @property
    def is_public(self) -> bool:
        return self.name == PUBLIC.name

    @property
    def for_staff(self) -> bool:
        return bool(self.any_of)

    def check(self, caller: SignedIn | None) -> None:
        """Raises NotSignedIn or NotPermitted."""
        if self.is_public:
            return
        if caller is None:
            raise NotSignedIn("Sign in first.")
        if self.any_of and not any(caller.user.may(one) for one in self.any_of):
            raise NotPermitted(f"This needs the permission {' or '.join(self.any_of)}.")


PUBLIC: Final = Access("public")
SIGNED: Final = Access("public", signed=True)
SIGNED_IN: Final = Access("signed_in")


def staff(*any_of: Permission, upload: Upload | None = None) -> Access:
    return Access("staff", any_of, upload)


class UndeclaredRoute(Exception):
    """A route that does not say who may call it."""


def require_declared(app: Flask, declared: Mapping[str, Access]) -> None:
    missing = [rule.rule for rule in app.url_map.iter_rules() if rule.endpoint not in declared]
    if missing:
        raise UndeclaredRoute(f"These routes declare no access: {', '.join(sorted(missing))}")
