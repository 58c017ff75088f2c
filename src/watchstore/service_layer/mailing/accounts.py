"""Letters to account holders."""

from typing import cast
from uuid import UUID

from watchstore.domain import events
from watchstore.domain.events import Event
from watchstore.domain.identifiers import Email, UserId
from watchstore.domain.language import Language
from watchstore.domain.session import Purpose
from watchstore.domain.user import User
from watchstore.service_layer.mailing.desk import Desk
from watchstore.service_layer.mailing.letter import Block, Letter, Link, Paragraph
from watchstore.service_layer.tokens import issue_token
from watchstore.service_layer.wording.account_mails import ACCOUNT, ButtonMail


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


def registered_before(event: Event, desk: Desk) -> Letter | None:
    user = _user(cast(events.RegistrationRepeated, event).user_id, desk)
    return _to(user, ACCOUNT[user.language].known, desk, page="reset")


def reset(event: Event, desk: Desk) -> Letter | None:
    user = desk.uow.users.find(Email.parse(cast(events.PasswordResetRequested, event).email))
    if user is None:
        return None
    words = ACCOUNT[user.language].reset
    return _to(user, words, desk, page="reset", purpose=Purpose.RESET_PASSWORD)


def password_changed(event: Event, desk: Desk) -> Letter | None:
    user = _user(cast(events.PasswordChanged, event).user_id, desk)
    return _to(user, ACCOUNT[user.language].changed, desk, page="reset")


def _user(user_id: str, desk: Desk) -> User:
    return desk.uow.users.get(UserId(UUID(user_id)))


def _confirm(user: User, desk: Desk) -> Letter | None:
    words = ACCOUNT[user.language].welcome
    return _to(user, words, desk, page="verify", purpose=Purpose.VERIFY_EMAIL)


def _to(
    user: User, words: ButtonMail, desk: Desk, *, page: str, purpose: Purpose | None = None
) -> Letter | None:
    """The button opens a page, for a purpose with a secret; a disabled account gets no mail."""
    if user.disabled_at is not None:
        return None
    if purpose is not None:
        secret = issue_token(user, purpose, uow=desk.uow, clock=desk.clock, entropy=desk.entropy)
        page = f"{page}#{secret}"
    blocks: tuple[Block, ...] = (
        Paragraph(words.text),
        Link(words.button, desk.page(page, user.language)),
        *map(Paragraph, words.more),
    )
    return Letter(user.email, user.name, user.language, words.subject, blocks)
