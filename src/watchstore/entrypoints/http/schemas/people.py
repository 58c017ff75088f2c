"""Sessions and accounts."""

from dataclasses import asdict
from typing import Any

from marshmallow import Schema, fields

from watchstore.domain.language import Language
from watchstore.domain.user import PERMISSIONS, User
from watchstore.entrypoints.http.schemas.common import PASSWORD, Closed, language, text
from watchstore.entrypoints.http.schemas.rows import schema_of
from watchstore.service_layer.queries import AccountView, SessionRow
from watchstore.service_layer.signing_in import NewSession


class SignInBody(Closed):
    email = text(254)
    password = text(PASSWORD)


class RegistrationBody(Closed):
    email = text(254)
    name = text(120)
    password = text(PASSWORD)
    language = language(load_default=Language.EN.value)


class AccountBody(Closed):
    """What is left out stays as it is."""

    name = text(120, required=False, load_default=None)
    language = language(load_default=None)


class TokenBody(Closed):
    token = text(200)


class PasswordBody(Closed):
    current = text(PASSWORD)
    new = text(PASSWORD)


class ResetRequestBody(Closed):
    email = text(254)


class ResetBody(Closed):
    token = text(200)
    password = text(PASSWORD)


class UserAnswer(Schema):
    """Who is signed in, and what the role permits."""

    id = fields.UUID(required=True)
    email = fields.Str(required=True)
    name = fields.Str(required=True)
    role = fields.Str(required=True)
    permissions = fields.List(fields.Str(), required=True)


class WhoAnswer(Schema):
    """`user` is null for a guest."""

    user = fields.Nested(UserAnswer, required=True, allow_none=True)


class MergeAnswer(Schema):
    """What signing in did to the cart, by offer id."""

    added = fields.List(fields.UUID(), required=True)
    raised = fields.List(fields.UUID(), required=True)
    left_out = fields.List(fields.UUID(), required=True)


class SignedInAnswer(Schema):
    user = fields.Nested(UserAnswer, required=True)
    cart = fields.Nested(MergeAnswer, required=True)


DeviceAnswer = schema_of(SessionRow, current=lambda: fields.Bool(required=True))


class DevicesAnswer(Schema):
    items = fields.List(fields.Nested(DeviceAnswer), required=True)
    next = fields.Str(required=True, allow_none=True)
    total = fields.Int(required=True)


class EndedAnswer(Schema):
    ended = fields.Int(required=True)


class MessageAnswer(Schema):
    message = fields.Str(required=True)


AccountAnswer = schema_of(AccountView)


def user_answer(user: User) -> dict[str, Any]:
    return {
        "id": user.id,
        "email": user.email.address,
        "name": user.name,
        "role": user.role.value,
        "permissions": sorted(PERMISSIONS[user.role]),
    }


def signed_in_answer(new: NewSession) -> dict[str, Any]:
    return {"user": user_answer(new.user), "cart": asdict(new.merged)}
