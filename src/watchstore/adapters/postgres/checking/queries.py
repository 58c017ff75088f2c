"""Every cross-check on one snapshot of the database: what commits meanwhile is not seen at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import (
    Connection,
    Engine,
    Interval,
    bindparam,
    cast,
    exists,
    func,
    select,
    text,
    union,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TEXT

from watchstore.adapters.postgres.checking.listing import stale_rows
from watchstore.adapters.postgres.checking.outbox import OUTBOX
from watchstore.adapters.postgres.checking.papers import PAPERS
from watchstore.adapters.postgres.checking.refunds import REFUNDS
from watchstore.adapters.postgres.checking.sales import SALES
from watchstore.adapters.postgres.checking.stock import STOCK
from watchstore.adapters.postgres.errors import translated
from watchstore.adapters.postgres.schema import orders, papers, payments, refunds
from watchstore.domain.identifiers import OrderId, PaymentId, RefundId
from watchstore.domain.papers import PaperKind
from watchstore.domain.payment import PENDING, PaymentState
from watchstore.domain.refund import RefundState
from watchstore.service_layer.agreeing import AGREEING, SOLD, TOLD
from watchstore.service_layer.queries import BookedPayment, Difference
from watchstore.service_layer.reactions import REACTIONS

RULES: Final = SALES | REFUNDS | PAPERS | STOCK | OUTBOX
_PATIENCE: Final = text("SET LOCAL statement_timeout = '5min'")
_FIXED: Final[dict[str, object]] = {
    "agreeing": [f"{order}/{payment}" for order, some in AGREEING.items() for payment in some],
    "pending": list(PENDING),
    "sold": list(SOLD),
    "told": [{"state": state, "name": event.name} for state, event in TOLD.items()],
    "reactions": [
        {"name": event.name, "consumer": reaction.consumer}
        for event, reactions in REACTIONS.items()
        for reaction in reactions
    ],
}
_TYPES: Final[dict[str, Any]] = {
    "agreeing": ARRAY(TEXT),
    "pending": ARRAY(TEXT),
    "sold": ARRAY(TEXT),
    "told": JSONB,
    "reactions": JSONB,
    "grace": Interval,
    "kept": Interval,
    "challenge": Interval,
}


def _back(state: RefundState) -> Any:
    summed = select(func.coalesce(func.sum(refunds.c.amount), 0))
    return summed.where(refunds.c.payment_id == payments.c.id, refunds.c.state == state)


_BOOKED = select(
    payments.c.id,
    orders.c.number,
    payments.c.state,
    payments.c.reference,
    payments.c.amount,
    payments.c.currency,
    _back(RefundState.DONE).scalar_subquery().label("refunded"),
    _back(RefundState.PENDING).scalar_subquery().label("refunding"),
).join_from(payments, orders)
_PAGE = (
    _BOOKED.where(orders.c.number > bindparam("after"))
    .order_by(orders.c.number)
    .limit(bindparam("most"))
)
_ONE = _BOOKED.where(orders.c.number == bindparam("number"))
# What happened last to an order began the call that its payment waits for.
_waiting = func.clock_timestamp() - func.greatest(
    payments.c.started_at, cast(orders.c.timeline[-1]["at"].astext, payments.c.started_at.type)
)
_PENDING = (
    select(payments.c.id)
    .join_from(payments, orders)
    .where(
        payments.c.state.in_(PENDING),
        _waiting > bindparam("older_than", type_=Interval),
    )
    .order_by(payments.c.started_at)
    .limit(bindparam("most"))
)
_PENDING_REFUNDS = (
    select(refunds.c.id)
    .where(
        refunds.c.state == RefundState.PENDING,
        refunds.c.asked_at < func.clock_timestamp() - bindparam("older_than", type_=Interval),
    )
    .order_by(refunds.c.asked_at)
    .limit(bindparam("most"))
)

_UNWRITTEN = (
    union(
        select(payments.c.order_id).where(
            payments.c.state == PaymentState.CAPTURED,
            ~exists().where(
                papers.c.order_id == payments.c.order_id, papers.c.kind == PaperKind.INVOICE
            ),
        ),
        select(refunds.c.order_id).where(
            refunds.c.state == RefundState.DONE, ~exists().where(papers.c.refund_id == refunds.c.id)
        ),
    )
    .order_by("order_id")
    .limit(bindparam("most"))
)


class PostgresCheckQueries:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def differences(
        self, *, grace: timedelta, kept: timedelta, challenge: timedelta
    ) -> tuple[Difference, ...]:
        given = {**_FIXED, "grace": grace, "kept": kept, "challenge": challenge}
        with self._snapshot() as connection:
            found = [
                Difference(rule, row[0], row[1])
                for rule, statement in RULES.items()
                for row in _asked(connection, statement, given)
            ]
            return (*found, *stale_rows(connection))

    def payments(self, *, after: str = "", limit: int = 1000) -> tuple[BookedPayment, ...]:
        with self._snapshot() as connection:
            rows = connection.execute(_PAGE, {"after": after, "most": limit}).all()
        return tuple(_booked(row) for row in rows)

    def payment(self, order_number: str) -> BookedPayment | None:
        with self._snapshot() as connection:
            row = connection.execute(_ONE, {"number": order_number}).first()
        return _booked(row) if row else None

    def pending(self, *, older_than: timedelta, limit: int = 100) -> tuple[PaymentId, ...]:
        with self._snapshot() as connection:
            given = {"older_than": older_than, "most": limit}
            return tuple(map(PaymentId, connection.execute(_PENDING, given).scalars()))

    def unwritten(self, *, limit: int = 100) -> tuple[OrderId, ...]:
        with self._snapshot() as connection:
            return tuple(map(OrderId, connection.execute(_UNWRITTEN, {"most": limit}).scalars()))

    def pending_refunds(self, *, older_than: timedelta, limit: int = 100) -> tuple[RefundId, ...]:
        with self._snapshot() as connection:
            given = {"older_than": older_than, "most": limit}
            return tuple(map(RefundId, connection.execute(_PENDING_REFUNDS, given).scalars()))

    @contextmanager
    def _snapshot(self) -> Iterator[Connection]:
        with translated(), self._engine.connect() as connection:
            steady = connection.execution_options(isolation_level="REPEATABLE READ")
            steady.execute(_PATIENCE)
            yield steady


def _asked(connection: Connection, statement: str, given: dict[str, object]) -> list[Any]:
    named = [name for name in _TYPES if f":{name}" in statement]
    typed = text(statement).bindparams(*(bindparam(name, type_=_TYPES[name]) for name in named))
    return list(connection.execute(typed, {name: given[name] for name in named}))


def _booked(row: Any) -> BookedPayment:
    return BookedPayment(
        str(row.id),
        row.number,
        row.state,
        row.reference,
        row.amount,
        row.currency,
        int(row.refunded),
        int(row.refunding),
    )
