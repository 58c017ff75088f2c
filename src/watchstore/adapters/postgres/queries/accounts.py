"""What an account holder asks about the account."""

from typing import Any

from sqlalchemy import Engine, Row, Select, Uuid, bindparam, column, func, select

from watchstore.adapters.postgres.errors import translated
from watchstore.adapters.postgres.schema import (
    address_books,
    orders,
    returns,
    sessions,
    users,
    watches,
    wish_lists,
)
from watchstore.domain.identifiers import UserId
from watchstore.domain.watch import Publication
from watchstore.service_layer.queries import (
    AccountReturnRow,
    AccountView,
    AddressRow,
    SessionRow,
    WishRow,
)

_ACCOUNT = select(users).where(users.c.id == bindparam("user_id"))
_SESSIONS = (
    select(sessions)
    .where(
        sessions.c.user_id == bindparam("user_id"), sessions.c.expires_at > func.clock_timestamp()
    )
    .order_by(sessions.c.started_at.desc(), sessions.c.id.desc())
)
_ADDRESSES = select(address_books.c.entries).where(address_books.c.owner == bindparam("user_id"))
_WISH = (
    func.jsonb_array_elements_text(wish_lists.c.watches)
    .table_valued("watch", with_ordinality="position", name="wishes")
    .render_derived()
)
_WISHES = (
    select(watches.c.slug, watches.c.brand, watches.c.reference, watches.c.name)
    .select_from(wish_lists)
    .join(_WISH, onclause=wish_lists.c.owner == bindparam("user_id"))
    .join(watches, watches.c.id == _WISH.c.watch.cast(Uuid))
    .where(watches.c.publication == Publication.PUBLISHED.value)
    .order_by(column("position"))
)
_RETURNS = (
    select(returns, orders.c.number)
    .join(orders, orders.c.id == returns.c.order_id)
    .where(orders.c.buyer == bindparam("user_id"))
    .order_by(returns.c.requested_at.desc(), returns.c.id.desc())
)


class PostgresAccountQueries:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def account(self, user_id: UserId) -> AccountView | None:
        with translated(), self._engine.connect() as connection:
            row = connection.execute(_ACCOUNT, {"user_id": user_id}).first()
        if row is None:
            return None
        return AccountView(
            str(row.id),
            row.email,
            row.name,
            row.role,
            row.verified_at is not None,
            row.registered_at.isoformat(),
            row.language,
        )

    def sessions(self, user_id: UserId) -> tuple[SessionRow, ...]:
        with translated(), self._engine.connect() as connection:
            rows = connection.execute(_SESSIONS, {"user_id": user_id}).all()
        return tuple(
            SessionRow(
                str(row.id), row.device, row.started_at.isoformat(), row.expires_at.isoformat()
            )
            for row in rows
        )

    def addresses(self, user_id: UserId) -> tuple[AddressRow, ...]:
        entries = [entry for row in self._rows(_ADDRESSES, user_id) for entry in row.entries]
        return tuple(
            AddressRow(id=entry["id"], **entry["address"], default=place == 0)
            for place, entry in enumerate(entries)
        )

    def wishes(self, user_id: UserId) -> tuple[WishRow, ...]:
        return tuple(
            WishRow(row.slug, row.brand, row.reference, row.name)
            for row in self._rows(_WISHES, user_id)
        )

    def returns(self, user_id: UserId) -> tuple[AccountReturnRow, ...]:
        return tuple(
            AccountReturnRow(
                str(row.id),
                row.number,
                row.state,
                row.requested_at.isoformat(),
                len(row.pieces),
                row.reason,
                row.note,
            )
            for row in self._rows(_RETURNS, user_id)
        )

    def _rows(self, question: Select[Any], user_id: UserId) -> list[Row[Any]]:
        with translated(), self._engine.connect() as connection:
            return list(connection.execute(question, {"user_id": user_id}))
