"""Accounts: register, verify the e-mail, change what is said of oneself.

Nothing here, nor in `passwords`, tells a stranger whether an address has an account: both cases
take the same path and the owner of the mailbox alone learns more (ASVS 5.0, 6.3.8).
"""

from contextlib import suppress

from watchstore.domain.errors import Duplicate, TooManyAttempts
from watchstore.domain.events import AccountRegistered, RegistrationRepeated, VerificationRequested
from watchstore.domain.identifiers import UserId, plain_text
from watchstore.domain.session import Purpose
from watchstore.domain.user import User, acceptable_password
from watchstore.service_layer import limits
from watchstore.service_layer.commands import (
    CreateStaff,
    RegisterAccount,
    RequestVerification,
    ReviseAccount,
    VerifyEmail,
)
from watchstore.service_layer.ports import Begin, Clock, Entropy, PasswordHasher, RateLimiter
from watchstore.service_layer.retrying import retried
from watchstore.service_layer.tokens import ask_for_token, redeem_token


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


@retried
def verify_email(command: VerifyEmail, *, begin: Begin, clock: Clock, limiter: RateLimiter) -> None:
    limiter.hit(limits.TOKEN_BY_ADDRESS, command.origin)
    with begin() as uow:
        user = redeem_token(uow, command.token, Purpose.VERIFY_EMAIL, clock)
        uow.users.save(user.verify(clock.now()))
        uow.commit()


def request_verification(
    command: RequestVerification, *, begin: Begin, entropy: Entropy, limiter: RateLimiter
) -> None:
    """Ask for the mail that confirms an address again."""
    asked = VerificationRequested(command.email.address)
    ask_for_token(asked, command, begin=begin, entropy=entropy, limiter=limiter)


@retried
def revise_account(command: ReviseAccount, *, begin: Begin) -> None:
    """Raises InvalidValue for a name that is none."""
    with begin() as uow:
        user = uow.users.get(command.user_id)
        if command.name is not None:
            user = user.rename(plain_text(command.name, "name", longest=120))
        uow.users.save(user.speaking(command.language or user.language))
        uow.commit()
