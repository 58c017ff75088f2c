"""Accounts: register, verify the e-mail, change or reset the password.

Nothing here tells a stranger whether an address has an account: both cases take the same path
and the owner of the mailbox alone learns more (ASVS 5.0, 6.3.8).
"""

from contextlib import suppress
from datetime import timedelta
from typing import Final

from watchstore.domain.errors import Duplicate, InvalidValue, SignInRefused, TooManyAttempts
from watchstore.domain.events import (
    AccountRegistered,
    PasswordChanged,
    PasswordResetRequested,
    RegistrationRepeated,
    SessionsEnded,
    VerificationRequested,
)
from watchstore.domain.identifiers import UserId, plain_text
from watchstore.domain.session import Purpose, Token
from watchstore.domain.user import User, acceptable_password
from watchstore.service_layer import limits
from watchstore.service_layer.commands import (
    ChangePassword,
    CreateStaff,
    RegisterAccount,
    RequestPasswordReset,
    RequestVerification,
    ResetPassword,
    ReviseAccount,
    VerifyEmail,
)
from watchstore.service_layer.ports import (
    Begin,
    Clock,
    Entropy,
    PasswordHasher,
    RateLimiter,
    SessionLookup,
    UnitOfWork,
)
from watchstore.service_layer.retrying import retried
from watchstore.service_layer.secrets import secret_hash

TOKEN_LIFE: Final = {
    Purpose.VERIFY_EMAIL: timedelta(hours=48),
    Purpose.RESET_PASSWORD: timedelta(hours=1),
}


@retried
def register(
    command: RegisterAccount,
    *,
    begin: Begin,
    clock: Clock,
    entropy: Entropy,
    hasher: PasswordHasher,
    limiter: RateLimiter,
    common: frozenset[str],
) -> None:
    """Make an account to be verified by mail; for a taken address, tell its owner instead."""
    limiter.hit(limits.REGISTER_BY_ADDRESS, command.origin)
    password = acceptable_password(command.password, email=command.email, common=common)
    name = plain_text(command.name, "name", longest=120)
    user = User(
        UserId(entropy.new_id()),
        command.email,
        name,
        hasher.hash(password),
        clock.now(),
        language=command.language,
    )
    with begin() as uow:
        if uow.users.add(user):
            uow.outbox.append(user.id, AccountRegistered(str(user.id)))
        elif owner := uow.users.find(command.email):
            with suppress(TooManyAttempts):  # told, it would say that there is an account
                limiter.hit(limits.MAIL_BY_ACCOUNT, owner.email.address)
                uow.outbox.append(owner.id, RegistrationRepeated(str(owner.id)))
        uow.commit()


@retried
def create_staff(
    command: CreateStaff,
    *,
    begin: Begin,
    clock: Clock,
    entropy: Entropy,
    hasher: PasswordHasher,
    common: frozenset[str],
) -> UserId:
    """Make a verified account with a role; only the operator's command line does this."""
    password = acceptable_password(command.password, email=command.email, common=common)
    now = clock.now()
    user = User(
        UserId(entropy.new_id()),
        command.email,
        plain_text(command.name, "name", longest=120),
        hasher.hash(password),
        now,
        role=command.role,
        verified_at=now,
    )
    with begin() as uow:
        if not uow.users.add(user):
            raise Duplicate(f"{command.email} has an account already.")
        uow.commit()
    return user.id


def issue_token(
    user: User, purpose: Purpose, *, uow: UnitOfWork, clock: Clock, entropy: Entropy
) -> str:
    """The secret of a new one-time token; only its hash is kept."""
    secret = entropy.new_secret()
    expires = clock.now() + TOKEN_LIFE[purpose]
    uow.tokens.add(Token(secret_hash(secret), purpose, user.id, expires))
    return secret


@retried
def verify_email(command: VerifyEmail, *, begin: Begin, clock: Clock, limiter: RateLimiter) -> None:
    limiter.hit(limits.TOKEN_BY_ADDRESS, command.origin)
    with begin() as uow:
        user = _redeem(uow, command.token, Purpose.VERIFY_EMAIL, clock)
        uow.users.save(user.verify(clock.now()))
        uow.commit()


@retried
def request_verification(
    command: RequestVerification, *, begin: Begin, entropy: Entropy, limiter: RateLimiter
) -> None:
    """Ask for the mail that confirms an address again; looked up later, as for a reset."""
    limiter.hit(limits.MAIL_BY_ADDRESS, command.origin)
    limiter.hit(limits.MAIL_BY_ACCOUNT, command.email.address)
    with begin() as uow:
        uow.outbox.append(entropy.new_id(), VerificationRequested(command.email.address))
        uow.commit()


@retried
def request_password_reset(
    command: RequestPasswordReset, *, begin: Begin, entropy: Entropy, limiter: RateLimiter
) -> None:
    """Ask for a reset mail. The account is looked up later, by the worker: no time to measure."""
    limiter.hit(limits.MAIL_BY_ADDRESS, command.origin)
    limiter.hit(limits.MAIL_BY_ACCOUNT, command.email.address)
    with begin() as uow:
        uow.outbox.append(entropy.new_id(), PasswordResetRequested(command.email.address))
        uow.commit()


def reset_password(
    command: ResetPassword,
    *,
    begin: Begin,
    clock: Clock,
    hasher: PasswordHasher,
    limiter: RateLimiter,
    sessions: SessionLookup,
    common: frozenset[str],
) -> None:
    """Set a new password by a mailed token; every session of the account ends."""
    limiter.hit(limits.TOKEN_BY_ADDRESS, command.origin)
    ended = _reset(command, begin=begin, clock=clock, hasher=hasher, common=common)
    sessions.forget(ended)


@retried
def _reset(
    command: ResetPassword,
    *,
    begin: Begin,
    clock: Clock,
    hasher: PasswordHasher,
    common: frozenset[str],
) -> tuple[str, ...]:
    with begin() as uow:
        user = _redeem(uow, command.token, Purpose.RESET_PASSWORD, clock)
        password = acceptable_password(command.password, email=user.email, common=common)
        # Who reads the mail owns the address, whether or not it was verified before.
        changed = user.verify(clock.now()).with_password(hasher.hash(password))
        ended = _set_password(uow, changed)
        uow.commit()
    return ended


def change_password(
    command: ChangePassword,
    *,
    begin: Begin,
    hasher: PasswordHasher,
    limiter: RateLimiter,
    sessions: SessionLookup,
    common: frozenset[str],
) -> None:
    """Replace a known password; every other session of the account ends."""
    limiter.hit(limits.PASSWORD_BY_ACCOUNT, str(command.user_id))
    ended = _change(command, begin=begin, hasher=hasher, common=common)
    sessions.forget(ended)


@retried
def _change(
    command: ChangePassword, *, begin: Begin, hasher: PasswordHasher, common: frozenset[str]
) -> tuple[str, ...]:
    with begin() as uow:
        user = uow.users.get(command.user_id)
        if not hasher.verify(command.current, user.password_hash):
            raise SignInRefused("The current password is wrong.")
        if command.new == command.current:
            raise InvalidValue("password", "must differ from the current one")
        password = acceptable_password(command.new, email=user.email, common=common)
        changed = user.with_password(hasher.hash(password))
        ended = _set_password(uow, changed, command)
        uow.commit()
    return ended


@retried
def revise_account(command: ReviseAccount, *, begin: Begin) -> None:
    """Raises InvalidValue for a name that is none."""
    with begin() as uow:
        user = uow.users.get(command.user_id)
        if command.name is not None:
            user = user.rename(plain_text(command.name, "name", longest=120))
        uow.users.save(user.speaking(command.language or user.language))
        uow.commit()


def _redeem(uow: UnitOfWork, secret: str, purpose: Purpose, clock: Clock) -> User:
    token = uow.tokens.get(secret_hash(secret), purpose)
    uow.tokens.save(token.use(clock.now()))
    return uow.users.get(token.user_id)


def _set_password(
    uow: UnitOfWork, user: User, command: ChangePassword | None = None
) -> tuple[str, ...]:
    uow.users.save(user)
    ended = uow.sessions.end(user.id, keep=command.keep if command else None)
    uow.outbox.append(user.id, PasswordChanged(str(user.id)), SessionsEnded(str(user.id), ended))
    return ended
