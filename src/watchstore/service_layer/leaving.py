"""The end of an account: what is known of the person goes, the books stay."""

from watchstore.domain.address_book import AddressBook
from watchstore.domain.errors import SignInRefused
from watchstore.domain.events import AccountErased, SessionsEnded
from watchstore.domain.user import User
from watchstore.domain.wish_list import WishList
from watchstore.service_layer import limits
from watchstore.service_layer.commands import EraseAccount, Shopper
from watchstore.service_layer.holding import let_go, live_checkouts
from watchstore.service_layer.ports import (
    Begin,
    Clock,
    PasswordHasher,
    RateLimiter,
    SessionLookup,
    UnitOfWork,
)
from watchstore.service_layer.retrying import retried


def erase_account(
    command: EraseAccount,
    *,
    begin: Begin,
    clock: Clock,
    hasher: PasswordHasher,
    limiter: RateLimiter,
    sessions: SessionLookup,
) -> None:
    """Raises SignInRefused for a wrong password, NotPermitted for who works here."""
    limiter.hit(limits.PASSWORD_BY_ACCOUNT, str(command.user_id))
    ended = _erase(command, begin=begin, clock=clock, hasher=hasher)
    sessions.forget(ended)


@retried
def _erase(
    command: EraseAccount, *, begin: Begin, clock: Clock, hasher: PasswordHasher
) -> tuple[str, ...]:
    with begin() as uow:
        user = uow.users.get(command.user_id)
        if not hasher.verify(command.password, user.password_hash):
            raise SignInRefused("The password is wrong.")
        uow.users.save(user.erase(clock.now()))
        _empty(uow, user)
        ended = uow.sessions.end(user.id)
        uow.outbox.append(
            user.id,
            SessionsEnded(str(user.id), ended),
            AccountErased(user.email.address, user.language.value),
        )
        uow.commit()
    return ended


def _empty(uow: UnitOfWork, user: User) -> None:
    """Orders stay, as the law wants them kept; everything else that was the person's goes."""
    uow.address_books.save(AddressBook(user.id))
    uow.wish_lists.save(WishList(user.id))
    let_go(uow, live_checkouts(uow, Shopper(user_id=user.id)))
    cart = uow.carts.find(owner=user.id)
    if cart is not None:
        uow.carts.remove(cart.id)
