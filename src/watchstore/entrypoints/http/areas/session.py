"""Sign in, sign out, and the devices on which an account is signed in."""

from typing import Any
from uuid import UUID

from flask import Request, after_this_request, request

from watchstore.domain.errors import NotFound
from watchstore.domain.identifiers import Email, SessionId
from watchstore.entrypoints.http.addresses import origin_of
from watchstore.entrypoints.http.area import Area
from watchstore.entrypoints.http.observing import note
from watchstore.entrypoints.http.permissions import PUBLIC, SIGNED_IN
from watchstore.entrypoints.http.schemas import people
from watchstore.entrypoints.http.schemas.rows import one_page
from watchstore.entrypoints.http.sessions import Cookies, caller, signed_in
from watchstore.service_layer.commands import EndSessions, SignIn
from watchstore.service_layer.ports import SignedIn
from watchstore.service_layer.shop import Shop


def session_area(shop: Shop, cookies: Cookies) -> Area:
    area = Area("session", "Sign in and out, here and on other devices.")
    _here(area, shop, cookies)
    _elsewhere(area, shop)
    return area


def _here(area: Area, shop: Shop, cookies: Cookies) -> None:
    @area.on(
        "POST",
        "/session",
        access=PUBLIC,
        body=people.SignInBody,
        answer=people.SignedInAnswer,
        status=201,
        refuses=(401,),
    )
    def sign_in(body: dict[str, Any]) -> dict[str, Any]:
        """Sign in.

        The session gets a new secret each time; a guest's cart is taken over.
        """
        before = caller()
        new = shop.sign_in(_command(body, request, cookies, before))
        if before is not None and before.user.id != new.user.id:
            shop.end_sessions(EndSessions(before.user.id, session_id=before.session_id))
        note(request.environ, user=str(new.user.id), act="signed_in")
        after_this_request(
            lambda answer: cookies.keep_session(answer, new.secret, new.session.expires_at)
        )
        return people.signed_in_answer(new)

    @area.on("GET", "/session", access=PUBLIC, answer=people.WhoAnswer)
    def who_am_i() -> dict[str, Any]:
        """Who is signed in here."""
        found = caller()
        return {"user": people.user_answer(found.user) if found else None}

    @area.on("DELETE", "/session", access=PUBLIC, status=204)
    def sign_out() -> None:
        """Sign out; without a session there is nothing to do."""
        found = caller()
        if found is not None:
            shop.end_sessions(EndSessions(found.user.id, session_id=found.session_id))
            note(request.environ, user=str(found.user.id), act="signed_out")
        after_this_request(cookies.drop_session)


def _elsewhere(area: Area, shop: Shop) -> None:
    @area.on("GET", "/sessions", access=SIGNED_IN, answer=people.DevicesAnswer)
    def devices() -> dict[str, Any]:
        """The devices on which the account is signed in."""
        here = signed_in()
        rows = shop.accounts.sessions(here.user.id)
        return one_page([_device(row, here) for row in rows])

    @area.on("DELETE", "/sessions", access=SIGNED_IN, answer=people.EndedAnswer)
    def end_others() -> dict[str, int]:
        """Sign out everywhere but here."""
        here = signed_in()
        return {"ended": shop.end_sessions(EndSessions(here.user.id, keep=here.session_id))}

    @area.on("DELETE", "/sessions/<uuid:session_id>", access=SIGNED_IN, status=204, refuses=(404,))
    def end_one(session_id: UUID) -> None:
        """Sign out one device."""
        user_id = signed_in().user.id
        if not shop.end_sessions(EndSessions(user_id, session_id=SessionId(session_id))):
            raise NotFound("There is no such session.")


def _command(
    body: dict[str, Any], request: Request, cookies: Cookies, before: SignedIn | None
) -> SignIn:
    return SignIn(
        email=Email.parse(body["email"]),
        password=body["password"],
        device=_printable(request.headers.get("User-Agent", "")),
        origin=origin_of(request),
        guest_hash=cookies.guest_hash(request),
        ending=before.session_id if before else None,
    )


def _printable(text: str) -> str:
    return "".join(char for char in text if char.isprintable())[:200]


def _device(row: Any, here: SignedIn) -> dict[str, Any]:
    return {
        "id": row.id,
        "device": row.device,
        "started_at": row.started_at,
        "expires_at": row.expires_at,
        "current": row.id == str(here.session_id),
    }
