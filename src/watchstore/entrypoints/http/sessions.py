"""Who is calling: Flask-Login on top of the shop's own sessions, and the two cookies.

The session cookie holds an opaque secret, the cart cookie a guest's; both are looked up by hash.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from flask import Flask, Request, Response, request
from flask.sessions import SessionInterface, SessionMixin
from flask_login import LoginManager, current_user

from watchstore.domain.errors import NotSignedIn
from watchstore.entrypoints.http.permissions import Access
from watchstore.entrypoints.http.security import SAFE
from watchstore.service_layer.commands import Shopper
from watchstore.service_layer.ports import SessionLookup, SignedIn
from watchstore.service_layer.secrets import secret_hash

_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{20,128}")
_CART_LIFE: Final = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Cookies:
    """`__Host-` binds a cookie to this host and to TLS; plain HTTP cannot carry the prefix."""

    secure: bool

    @property
    def session(self) -> str:
        return "__Host-session" if self.secure else "session"

    @property
    def cart(self) -> str:
        return "__Host-cart" if self.secure else "cart"

    def session_hash(self, request: Request) -> str | None:
        return _hash(request.cookies.get(self.session))

    def guest_hash(self, request: Request) -> str | None:
        return _hash(request.cookies.get(self.cart))

    def keep_session(self, answer: Response, secret: str, until: datetime) -> Response:
        return self._keep(answer, self.session, secret, expires=until)

    def keep_cart(self, answer: Response, secret: str) -> Response:
        return self._keep(answer, self.cart, secret, max_age=_CART_LIFE)

    def drop_session(self, answer: Response) -> Response:
        return self._keep(answer, self.session, "", max_age=timedelta(0))

    def _keep(
        self,
        answer: Response,
        name: str,
        value: str,
        *,
        max_age: timedelta | None = None,
        expires: datetime | None = None,
    ) -> Response:
        answer.set_cookie(
            name,
            value,
            max_age=max_age,
            expires=expires,
            path="/",
            secure=self.secure,
            httponly=True,
            samesite="Lax",
        )
        return answer


def _hash(secret: str | None) -> str | None:
    return secret_hash(secret) if secret and _SECRET.fullmatch(secret) else None


@dataclass(frozen=True, slots=True)
class Caller:
    """What Flask-Login carries around."""

    signed_in: SignedIn
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        return str(self.signed_in.user.id)


class _NoSession(dict[str, object], SessionMixin):
    """Always empty, never stored: nothing is kept in Flask's own client-side session."""


class NoSessions(SessionInterface):
    def open_session(self, app: Flask, request: Request) -> SessionMixin:
        del app, request
        return _NoSession()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Nothing to keep."""


def install(
    app: Flask, lookup: SessionLookup, cookies: Cookies, declared: dict[str, Access]
) -> None:
    """Teach Flask-Login to find the caller by the session cookie, when somebody asks."""
    manager = LoginManager()
    manager.session_protection = None  # it guards Flask's own session, which we have not

    @manager.request_loader  # type: ignore[untyped-decorator]
    def find(request: Request) -> Caller | None:
        hashed = cookies.session_hash(request)
        if hashed is None:
            return None
        access = declared.get(request.endpoint or "")
        fresh = request.method not in SAFE or (access is not None and access.for_staff)
        found = lookup.find(hashed, fresh=fresh)
        return Caller(found) if found else None

    # Not `init_app`: its after-request hook is for a remember-me cookie, which we have not.
    app.login_manager = manager  # type: ignore[attr-defined]
    # A name that no cookie can have, so that nobody sends one.
    app.config["REMEMBER_COOKIE_NAME"] = ";"
    app.session_interface = NoSessions()


def caller() -> SignedIn | None:
    """The signed-in caller, looked up once per request."""
    return current_user.signed_in if current_user.is_authenticated else None


def signed_in() -> SignedIn:
    """The caller of a route that is not public."""
    found = caller()
    if found is None:
        raise NotSignedIn("Sign in first.")
    return found


def shopper(cookies: Cookies) -> Shopper:
    """Whose cart: the account's, else the guest's by cookie."""
    found = caller()
    if found is not None:
        return Shopper(user_id=found.user.id)
    return Shopper(guest_hash=cookies.guest_hash(request))


def viewer(cookies: Cookies) -> Shopper:
    """Whose orders: the account's, and those placed as a guest with the same cookie."""
    found = caller()
    user_id = found.user.id if found else None
    return Shopper(user_id=user_id, guest_hash=cookies.guest_hash(request))
