"""One transaction on one connection, with writes gathered into as few statements as possible."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from typing import Any

from sqlalchemy import (
    Connection,
    CursorResult,
    Delete,
    Engine,
    Executable,
    Insert,
    Select,
    Update,
    literal,
    select,
)
from sqlalchemy.exc import SQLAlchemyError

from watchstore.adapters.postgres.edits import count_edit
from watchstore.adapters.postgres.errors import translated
from watchstore.adapters.postgres.listed import refresh
from watchstore.domain.identifiers import OfferId, WatchId

Write = Insert | Update | Delete


class Transaction:
    """`execute` runs at once. `later` keeps a write whose outcome nobody waits for, until the
    next statement that runs at once or the commit: writes kept together are sent as one."""

    def __init__(self, engine: Engine) -> None:
        with translated():
            self._connection: Connection = engine.connect()
        self._writes: list[Write] = []
        self._params: dict[str, object] = {}
        self._changed_watches: set[WatchId] = set()
        self._stocked_offers: set[OfferId] = set()
        self._savepoints = 0

    def execute(
        self,
        statement: Executable,
        params: Mapping[str, object] | Sequence[Mapping[str, object]] | None = None,
    ) -> CursorResult[Any]:
        self.flush()
        with translated():
            return self._connection.execute(statement, params)

    def later(self, write: Write, params: Mapping[str, object]) -> None:
        """One statement may write a table once only, as its parts do not see each other; each
        table's writes use parameter names of their own."""
        if any(kept.table is write.table for kept in self._writes):
            self.flush()
        self._writes.append(write)
        self._params.update(params)

    def flush(self) -> None:
        if self._writes:
            statement, params = _together(tuple(self._writes)), self._params
            self._forget()
            with translated():
                self._connection.execute(statement, params)

    def offers_stocked(self, offer_ids: Iterable[OfferId]) -> None:
        """What is known of their watches is out of date, but for the listing's rows."""
        self._stocked_offers.update(offer_ids)

    def watch_changed(self, watch_id: WatchId) -> None:
        """Its row of the listing is made anew when the transaction commits."""
        self._changed_watches.add(watch_id)

    def commit(self) -> None:
        self.flush()
        if self._changed_watches:
            with translated():
                refresh(self._connection, self._changed_watches)
        if self._changed_watches or self._stocked_offers:
            with translated():
                count_edit(self._connection, self._changed_watches, self._stocked_offers)
        with translated():
            self._connection.commit()
        self._changed_watches, self._stocked_offers = set(), set()

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        self.flush()
        self._savepoints += 1
        name = f"s{self._savepoints}"
        self._run(f"SAVEPOINT {name}")
        try:
            yield
            self.flush()
        except BaseException:
            self._forget()
            self._run(f"ROLLBACK TO SAVEPOINT {name}")
            raise
        self._run(f"RELEASE SAVEPOINT {name}")

    def optimistically(self) -> None:
        """Mark where `back` returns to; it is released with the savepoint or commit around it."""
        self.flush()
        self._run("SAVEPOINT optimistic")

    def back(self) -> None:
        self._run("ROLLBACK TO SAVEPOINT optimistic")

    def close(self) -> None:
        """Lose what is not committed. A server that cannot be told so has lost it already."""
        self._forget()
        with suppress(SQLAlchemyError):
            self._connection.close()

    def _run(self, statement: str) -> None:
        with translated():
            self._connection.exec_driver_sql(statement)

    def _forget(self) -> None:
        self._writes, self._params = [], {}


@cache
def _together(writes: tuple[Write, ...]) -> Executable:
    """One statement that does them all; each sees the database as it was before."""
    if len(writes) == 1:
        return writes[0]
    named = (write.cte(f"write_{n}") for n, write in enumerate(writes))
    statement: Select[Any] = select(literal(1))
    return statement.add_cte(*named)
