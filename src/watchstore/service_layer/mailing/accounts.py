"""Letters to account holders."""

from typing import cast
from uuid import UUID

from watchstore.domain import events
from watchstore.domain.events import Event
from watchstore.domain.identifiers import Email, UserId
from watchstore.domain.language import Language
from watchstore.domain.session import Purpose
from watchstore.domain.user import User
from watchstore.service_layer.accounts import issue_token
from watchstore.service_layer.mailing.desk import Desk
from watchstore.service_layer.mailing.letter import Block, Letter, Link, Paragraph
from watchstore.service_layer.wording.mails import ACCOUNT


def welcome(event: Event, desk: Desk) -> Letter | None:
    return _confirm(_user(cast(events.AccountRegistered, event).user_id, desk), desk)


def once_more(event: Event, desk: Desk) -> Letter | None:
    user = desk.uow.users.find(Email.parse(cast(events.VerificationRequested, event).email))
    return _confirm(user, desk) if user and user.verified_at is None else None


def erased(event: Event, _desk: Desk) -> Letter | None:
    gone = cast(events.AccountErased, event)
    language = Language(gone.language)
    words = ACCOUNT[language]
    text = Paragraph(words.erased)
    return Letter(Email.parse(gone.email), "", language, words.erased_subject, (text,))


def _confirm(user: User, desk: Desk) -> Letter | None:
    if user.disabled_at is not None:
        return None
    words, secret = ACCOUNT[user.language], _secret(user, Purpose.VERIFY_EMAIL, desk)
    return _to(
        user,
        words.welcome_subject,
        Paragraph(words.welcome),
        Link(words.welcome_link, desk.page(f"verify#{secret}", user.language)),
        Paragraph(words.welcome_else),
    )


def registered_before(event: Event, desk: Desk) -> Letter | None:
    user = _user(cast(events.RegistrationRepeated, event).user_id, desk)
    if user.disabled_at is not None:
        return None
    words = ACCOUNT[user.language]
    return _to(
        user,
        words.known_subject,
        Paragraph(words.known),
        Link(words.known_link, desk.page("reset", user.language)),
    )


def reset(event: Event, desk: Desk) -> Letter | None:
    user = desk.uow.users.find(Email.parse(cast(events.PasswordResetRequested, event).email))
    if user is None or user.disabled_at is not None:
        return None
    words, secret = ACCOUNT[user.language], _secret(user, Purpose.RESET_PASSWORD, desk)
    return _to(
        user,
        words.reset_subject,
        Paragraph(words.reset),
        Link(words.reset_link, desk.page(f"reset#{secret}", user.language)),
        Paragraph(words.reset_else),
    )


def password_changed(event: Event, desk: Desk) -> Letter | None:
    user = _user(cast(events.PasswordChanged, event).user_id, desk)
    if user.disabled_at is not None:
        return None
    words = ACCOUNT[user.language]
    return _to(
        user,
        words.changed_subject,
        Paragraph(words.changed),
        Link(words.changed_link, desk.page("reset", user.language)),
    )


def _user(user_id: str, desk: Desk) -> User:
    return desk.uow.users.get(UserId(UUID(user_id)))


def _secret(user: User, purpose: Purpose, desk: Desk) -> str:
    return issue_token(user, purpose, uow=desk.uow, clock=desk.clock, entropy=desk.entropy)


def _to(user: User, subject: str, *blocks: Block) -> Letter:
    return Letter(user.email, user.name, user.language, subject, blocks)
