"""Everything that is kept about an account, for its holder to take away."""

from collections.abc import Iterator
from dataclasses import dataclass

from watchstore.domain.errors import NotFound
from watchstore.domain.identifiers import OrderNumber, UserId
from watchstore.service_layer import limits
from watchstore.service_layer.commands import Shopper
from watchstore.service_layer.ports import RateLimiter
from watchstore.service_layer.queries import (
    AccountQueries,
    AccountView,
    AddressRow,
    CartQueries,
    CartView,
    OrderQueries,
    OrderView,
    SessionRow,
    WishRow,
)

_PAGE = 100


@dataclass(frozen=True, slots=True)
class AccountExport:
    account: AccountView
    addresses: tuple[AddressRow, ...]
    wishlist: tuple[WishRow, ...]
    sessions: tuple[SessionRow, ...]
    cart: CartView
    orders: tuple[OrderView, ...]


def export_account(
    user_id: UserId,
    *,
    accounts: AccountQueries,
    carts: CartQueries,
    orders: OrderQueries,
    limiter: RateLimiter,
) -> AccountExport:
    limiter.hit(limits.EXPORT_BY_ACCOUNT, str(user_id))
    account = accounts.account(user_id)
    if account is None:
        raise NotFound("There is no such account.")
    shopper = Shopper(user_id=user_id)
    return AccountExport(
        account,
        accounts.addresses(user_id),
        accounts.wishes(user_id),
        accounts.sessions(user_id),
        carts.cart(shopper),
        tuple(_orders(user_id, shopper, orders)),
    )


def _orders(user_id: UserId, shopper: Shopper, orders: OrderQueries) -> Iterator[OrderView]:
    cursor: str | None = None
    while True:
        page = orders.orders(buyer=user_id, cursor=cursor, limit=_PAGE)
        for card in page.items:
            found = orders.order(OrderNumber.parse(card.number), shopper)
            if found is not None:
                yield found
        cursor = page.next
        if cursor is None:
            return
