"""Who is at which duty, and when it is due again: one row a duty, made by who comes first."""

from datetime import timedelta
from typing import Any

from sqlalchemy import BigInteger, Engine, Interval, bindparam, func, or_, update
from sqlalchemy.dialects.postgresql import insert

from watchstore.adapters.postgres.errors import translated
from watchstore.adapters.postgres.schema import duties

_NOW: Any = func.clock_timestamp()
_NEW = insert(duties).values(
    name=bindparam("duty"),
    due_at=_NOW,
    leased_until=_NOW + bindparam("lasting", type_=Interval),
    token=1,
)
_TAKE = _NEW.on_conflict_do_update(
    index_elements=["name"],
    set_={"leased_until": _NEW.excluded.leased_until, "token": duties.c.token + 1},
    where=(duties.c.due_at <= _NOW)
    & or_(duties.c.leased_until.is_(None), duties.c.leased_until <= _NOW),
).returning(duties.c.token)
_MINE = update(duties).where(
    duties.c.name == bindparam("duty"),
    duties.c.token == bindparam("of_token", type_=BigInteger),
    duties.c.leased_until.is_not(None),
)
_EXTEND = _MINE.values(leased_until=_NOW + bindparam("lasting", type_=Interval))
_DONE = _MINE.values(due_at=_NOW + bindparam("again_in", type_=Interval), leased_until=None)


class PostgresDuties:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def take(self, name: str, *, lasting: timedelta) -> int | None:
        with translated(), self._engine.connect() as connection:
            params = {"duty": name, "lasting": lasting}
            return connection.execute(_TAKE, params).scalar_one_or_none()

    def extend(self, name: str, token: int, *, lasting: timedelta) -> bool:
        with translated(), self._engine.connect() as connection:
            params = {"duty": name, "of_token": token, "lasting": lasting}
            return connection.execute(_EXTEND, params).rowcount == 1

    def done(self, name: str, token: int, *, again_in: timedelta) -> None:
        with translated(), self._engine.connect() as connection:
            connection.execute(_DONE, {"duty": name, "of_token": token, "again_in": again_in})
