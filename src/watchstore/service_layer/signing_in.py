"""Sessions: sign in with a new secret each time, sign out on one device or on all."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from watchstore.domain.cart import MergeReport
from watchstore.domain.errors import SignInRefused
from watchstore.domain.events import SessionsEnded
from watchstore.domain.identifiers import SessionId
from watchstore.domain.session import Session
from watchstore.domain.user import User
from watchstore.service_layer import limits
from watchstore.service_layer.commands import EndSessions, SignIn
from watchstore.service_layer.holding import adopt
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


@dataclass(frozen=True, slots=True)
class NewSession:
    """`secret` goes into the cookie and nowhere else."""

    secret: str = field(repr=False)
    session: Session
    user: User
    merged: MergeReport
    ended: tuple[str, ...]


def sign_in(
    command: SignIn,
    *,
    begin: Begin,
    clock: Clock,
    entropy: Entropy,
    hasher: PasswordHasher,
    limiter: RateLimiter,
    sessions: SessionLookup,
    lasting: timedelta,
) -> NewSession:
    """Start a session; raises SignInRefused without saying what was wrong."""
    limiter.hit(limits.SIGN_IN_BY_ADDRESS, command.origin)
    limiter.hit(limits.SIGN_IN_BY_ACCOUNT, command.email.address)
    with begin() as uow:
        user = uow.users.find(command.email)
    # Outside the transaction: hashing takes tens of milliseconds of CPU.
    right = hasher.verify(command.password, user.password_hash if user else None)
    if user is None or not right or not user.may_sign_in:
        raise _refused()
    secret = entropy.new_secret()
    now = clock.now()
    session = Session(
        SessionId(entropy.new_id()),
        user.id,
        secret_hash(secret),
        command.device[:200],
        now,
        now + lasting,
    )
    merged, ended = _start(command, user, session, begin=begin)
    sessions.forget(ended)
    return NewSession(secret, session, user, merged, ended)


@retried
def _start(
    command: SignIn, checked: User, session: Session, *, begin: Begin
) -> tuple[MergeReport, tuple[str, ...]]:
    with begin() as uow:
        user = uow.users.get(checked.id)
        if user.password_hash != checked.password_hash or not user.may_sign_in:
            raise _refused()  # changed or disabled while the password was being checked
        ended = _replace(uow, user, command.ending)
        uow.sessions.add(session)
        merged = _take_over_cart(uow, user, command.guest_hash, session)
        if command.guest_hash:
            adopt(uow, user.id, command.guest_hash)
        uow.commit()
    return merged, ended


def _replace(uow: UnitOfWork, user: User, ending: SessionId | None) -> tuple[str, ...]:
    ended = uow.sessions.end(user.id, only=ending) if ending else ()
    if ended:
        uow.outbox.append(user.id, SessionsEnded(str(user.id), ended))
    return ended


def _take_over_cart(
    uow: UnitOfWork, user: User, guest_hash: str | None, session: Session
) -> MergeReport:
    guest = uow.carts.find(secret_hash=guest_hash) if guest_hash else None
    if guest is None:
        return MergeReport()
    at = session.started_at
    mine = uow.carts.find(owner=user.id)
    if mine is None:
        uow.carts.save(
            replace(
                guest, owner=user.id, secret_hash=None, changed_at=at, version=guest.version + 1
            )
        )
        return MergeReport(added=tuple(line.offer_id for line in guest.lines))
    merged, report = mine.merge(guest, at)
    uow.carts.save(merged)
    uow.carts.remove(guest.id)
    return report


def end_sessions(command: EndSessions, *, begin: Begin, sessions: SessionLookup) -> int:
    """Sign out; returns how many sessions ended."""
    ended = _end(command, begin=begin)
    sessions.forget(ended)
    return len(ended)


@retried
def _end(command: EndSessions, *, begin: Begin) -> tuple[str, ...]:
    with begin() as uow:
        uow.users.get(command.user_id)
        ended = uow.sessions.end(command.user_id, only=command.session_id, keep=command.keep)
        if ended:
            uow.outbox.append(command.user_id, SessionsEnded(str(command.user_id), ended))
        uow.commit()
    return ended


def _refused() -> SignInRefused:
    return SignInRefused("Wrong e-mail or password, or the e-mail is not verified yet.")
