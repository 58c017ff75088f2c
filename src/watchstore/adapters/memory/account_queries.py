"""What an account holder asks about the account."""

from dataclasses import asdict

from watchstore.adapters.memory.plain import iso
from watchstore.adapters.memory.store import At, Store
from watchstore.adapters.memory.tables import (
    ADDRESS_BOOKS,
    ORDERS,
    RETURNS,
    SESSIONS,
    USERS,
    WATCHES,
    WISH_LISTS,
)
from watchstore.domain.identifiers import UserId
from watchstore.domain.order import Order
from watchstore.domain.returning import Return
from watchstore.domain.watch import Publication
from watchstore.service_layer.queries import (
    AccountReturnRow,
    AccountView,
    AddressRow,
    SessionRow,
    WishRow,
)


class MemoryAccountQueries:
    def __init__(self, store: Store) -> None:
        self._store = store

    def account(self, user_id: UserId) -> AccountView | None:
        with self._store.transaction() as tx:
            user = tx.get(USERS, user_id)
        if user is None:
            return None
        return AccountView(
            str(user.id),
            user.email.address,
            user.name,
            user.role.value,
            user.verified_at is not None,
            iso(user.registered_at),
            user.language.value,
        )

    def sessions(self, user_id: UserId) -> tuple[SessionRow, ...]:
        now = self._store.clock()
        with self._store.transaction() as tx:
            live = tx.scan(
                SESSIONS,
                lambda session: session.is_live(now),
                at=At("session_user_id_fkey", user_id),
            )
        live.sort(key=lambda session: (session.started_at, session.id), reverse=True)
        return tuple(
            SessionRow(
                str(session.id), session.device, iso(session.started_at), iso(session.expires_at)
            )
            for session in live
        )

    def addresses(self, user_id: UserId) -> tuple[AddressRow, ...]:
        with self._store.transaction() as tx:
            book = tx.get(ADDRESS_BOOKS, user_id)
        entries = book.entries if book else ()
        return tuple(
            AddressRow(id=str(entry.id), **asdict(entry.address), default=place == 0)
            for place, entry in enumerate(entries)
        )

    def wishes(self, user_id: UserId) -> tuple[WishRow, ...]:
        with self._store.transaction() as tx:
            wishes = tx.get(WISH_LISTS, user_id)
            found = [tx.get(WATCHES, watch) for watch in wishes.watches] if wishes else []
        return tuple(
            WishRow(watch.slug.text, watch.brand, watch.reference.printed, watch.name)
            for watch in found
            if watch is not None and watch.publication is Publication.PUBLISHED
        )

    def returns(self, user_id: UserId) -> tuple[AccountReturnRow, ...]:
        with self._store.transaction() as tx:
            orders = tx.scan(ORDERS, at=At("order_buyer_fkey", user_id))
            found = [
                (returned, order)
                for order in orders
                for returned in tx.scan(RETURNS, at=At("return_order_id_fkey", order.id))
            ]
        found.sort(key=lambda pair: (pair[0].requested_at, pair[0].id), reverse=True)
        return tuple(_return(returned, order) for returned, order in found)


def _return(returned: Return, order: Order) -> AccountReturnRow:
    return AccountReturnRow(
        str(returned.id),
        order.number.text,
        returned.state.value,
        iso(returned.requested_at),
        len(returned.pieces),
        returned.reason,
        returned.note,
    )
