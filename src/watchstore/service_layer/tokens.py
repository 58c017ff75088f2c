"""One-time tokens: mailed as a secret, kept as its hash, and good for one purpose."""

from datetime import timedelta
from typing import Final

from watchstore.domain.events import Event
from watchstore.domain.session import Purpose, Token
from watchstore.domain.user import User
from watchstore.service_layer import limits
from watchstore.service_layer.commands import RequestPasswordReset, RequestVerification
from watchstore.service_layer.ports import Begin, Clock, Entropy, RateLimiter, UnitOfWork
from watchstore.service_layer.retrying import retried
from watchstore.service_layer.secrets import secret_hash

TOKEN_LIFE: Final = {
    Purpose.VERIFY_EMAIL: timedelta(hours=48),
    Purpose.RESET_PASSWORD: timedelta(hours=1),
}


@retried
def ask_for_token(
    asked: Event,
    command: RequestVerification | RequestPasswordReset,
    *,
    begin: Begin,
    entropy: Entropy,
    limiter: RateLimiter,
) -> None:
    """By mail. The account is looked up later, by the worker: no time to measure."""
    limiter.hit(limits.MAIL_BY_ADDRESS, command.origin)
    limiter.hit(limits.MAIL_BY_ACCOUNT, command.email.address)
    with begin() as uow:
        uow.outbox.append(entropy.new_id(), asked)
        uow.commit()


def issue_token(
    user: User, purpose: Purpose, *, uow: UnitOfWork, clock: Clock, entropy: Entropy
) -> str:
    """The secret of a new one-time token; only its hash is kept."""
    secret = entropy.new_secret()
    expires = clock.now() + TOKEN_LIFE[purpose]
    uow.tokens.add(Token(secret_hash(secret), purpose, user.id, expires))
    return secret


def redeem_token(uow: UnitOfWork, secret: str, purpose: Purpose, clock: Clock) -> User:
    """Whose token it is; raises InvalidToken."""
    token = uow.tokens.get(secret_hash(secret), purpose)
    uow.tokens.save(token.use(clock.now()))
    return uow.users.get(token.user_id)
