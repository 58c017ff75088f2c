"""Register, confirm the e-mail, read and revise the account, change or reset the password."""

from typing import Any, Final

from flask import request

from watchstore.domain.errors import NotFound
from watchstore.domain.identifiers import Email
from watchstore.domain.language import Language
from watchstore.entrypoints.http.addresses import origin_of
from watchstore.entrypoints.http.area import Area
from watchstore.entrypoints.http.permissions import PUBLIC, SIGNED_IN
from watchstore.entrypoints.http.schemas import people
from watchstore.entrypoints.http.sessions import signed_in
from watchstore.service_layer.commands import (
    ChangePassword,
    RegisterAccount,
    RequestPasswordReset,
    RequestVerification,
    ResetPassword,
    ReviseAccount,
    VerifyEmail,
)
from watchstore.service_layer.queries import AccountView
from watchstore.service_layer.shop import Shop

# Word for word the same for an address that has an account and for one that has not.
_MAILED: Final = {"message": "We have sent a mail to this address with what to do next."}


def account_area(shop: Shop) -> Area:
    area = Area("account", "An account, its e-mail address and its password.")
    _registration(area, shop)
    _profile(area, shop)
    _verification(area, shop)
    _password(area, shop)
    _reset(area, shop)
    return area


def _registration(area: Area, shop: Shop) -> None:
    @area.on(
        "POST",
        "/account",
        access=PUBLIC,
        body=people.RegistrationBody,
        answer=people.MessageAnswer,
        status=202,
    )
    def register(body: dict[str, Any]) -> dict[str, str]:
        """Register; the answer is the same for an address that has an account already."""
        shop.register(
            RegisterAccount(
                Email.parse(body["email"]),
                body["name"],
                body["password"],
                origin_of(request),
                Language.parse(body["language"]),
            )
        )
        return _MAILED


def _profile(area: Area, shop: Shop) -> None:
    @area.on("GET", "/account", access=SIGNED_IN, answer=people.AccountAnswer)
    def account() -> AccountView:
        """The account."""
        return _account(shop)

    @area.on(
        "PATCH",
        "/account",
        access=SIGNED_IN,
        body=people.AccountBody,
        answer=people.AccountAnswer,
    )
    def revise(body: dict[str, Any]) -> AccountView:
        """Change the name, or the language that mails are written in."""
        language = Language.parse(body["language"]) if body["language"] else None
        shop.revise_account(ReviseAccount(signed_in().user.id, body["name"], language))
        return _account(shop)


def _verification(area: Area, shop: Shop) -> None:
    @area.on(
        "POST",
        "/account/verification",
        access=PUBLIC,
        body=people.TokenBody,
        status=204,
        refuses=(400,),
    )
    def verify(body: dict[str, Any]) -> None:
        """Confirm the e-mail address with the token from the mail."""
        shop.verify_email(VerifyEmail(body["token"], origin_of(request)))

    @area.on(
        "POST",
        "/account/verification-mail",
        access=PUBLIC,
        body=people.ResetRequestBody,
        answer=people.MessageAnswer,
        status=202,
    )
    def request_verification(body: dict[str, Any]) -> dict[str, str]:
        """Ask for the mail again; the answer is the same for an unknown address."""
        shop.request_verification(
            RequestVerification(Email.parse(body["email"]), origin_of(request))
        )
        return _MAILED


def _password(area: Area, shop: Shop) -> None:
    @area.on(
        "PUT",
        "/account/password",
        access=SIGNED_IN,
        body=people.PasswordBody,
        status=204,
    )
    def change_password(body: dict[str, Any]) -> None:
        """Change the password; every other device is signed out."""
        here = signed_in()
        shop.change_password(
            ChangePassword(here.user.id, body["current"], body["new"], keep=here.session_id)
        )


def _reset(area: Area, shop: Shop) -> None:
    @area.on(
        "POST",
        "/account/password-reset",
        access=PUBLIC,
        body=people.ResetRequestBody,
        answer=people.MessageAnswer,
        status=202,
    )
    def request_reset(body: dict[str, Any]) -> dict[str, str]:
        """Ask for a mail with a token; the answer is the same for an unknown address."""
        shop.request_password_reset(
            RequestPasswordReset(Email.parse(body["email"]), origin_of(request))
        )
        return _MAILED

    @area.on(
        "PUT",
        "/account/password-reset",
        access=PUBLIC,
        body=people.ResetBody,
        status=204,
        refuses=(400,),
    )
    def reset(body: dict[str, Any]) -> None:
        """Set a new password with the token from the mail; every device is signed out."""
        shop.reset_password(ResetPassword(body["token"], body["password"], origin_of(request)))


def _account(shop: Shop) -> AccountView:
    found = shop.accounts.account(signed_in().user.id)
    if found is None:
        raise NotFound("There is no such account.")
    return found
