"""Passwords: changed by who knows the old one, or set anew by who reads the account's mail."""

from watchstore.domain.errors import InvalidValue, SignInRefused
from watchstore.domain.events import PasswordChanged, PasswordResetRequested, SessionsEnded
from watchstore.domain.session import Purpose
from watchstore.domain.user import User, acceptable_password
from watchstore.service_layer import limits
from watchstore.service_layer.commands import ChangePassword, RequestPasswordReset, ResetPassword
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
from watchstore.service_layer.tokens import ask_for_token, redeem_token


def request_password_reset(
    command: RequestPasswordReset, *, begin: Begin, entropy: Entropy, limiter: RateLimiter
) -> None:
    """Ask for a reset mail."""
    asked = PasswordResetRequested(command.email.address)
    ask_for_token(asked, command, begin=begin, entropy=entropy, limiter=limiter)


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
        user = redeem_token(uow, command.token, Purpose.RESET_PASSWORD, clock)
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


def _set_password(
    uow: UnitOfWork, user: User, command: ChangePassword | None = None
) -> tuple[str, ...]:
    uow.users.save(user)
    ended = uow.sessions.end(user.id, keep=command.keep if command else None)
    uow.outbox.append(user.id, PasswordChanged(str(user.id)), SessionsEnded(str(user.id), ended))
    return ended
