"""Connection pools: one for transactions at READ COMMITTED, one for reads without any."""

import json
import select
from functools import partial
from typing import Any, Final

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.exc import DisconnectionError

# A URL that names one of these has the last word: RDS Proxy, for one, wants `options=` empty.
_CONNECT: Final[dict[str, object]] = {
    "connect_timeout": 3,
    "application_name": "watchstore",
    "keepalives_idle": 30,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
    "options": "-c statement_timeout=8s -c lock_timeout=4s"
    " -c idle_in_transaction_session_timeout=15s",
}
# A thread that waits longer for a connection is better told to come back.
_PATIENCE: Final = 2.0


def transactions(url: str, *, pool_size: int) -> Engine:
    return _engine(url, pool_size=pool_size, isolation_level="READ COMMITTED")


def reads(url: str, *, pool_size: int) -> Engine:
    return _engine(
        url, pool_size=pool_size, isolation_level="AUTOCOMMIT", skip_autocommit_rollback=True
    )


def _engine(url: str, **options: Any) -> Engine:
    named = make_url(url).query
    engine = create_engine(
        url,
        max_overflow=0,
        hide_parameters=True,  # an error is logged, and names the statement alone
        pool_use_lifo=True,
        pool_timeout=_PATIENCE,
        connect_args={name: value for name, value in _CONNECT.items() if name not in named},
        json_serializer=partial(json.dumps, ensure_ascii=False, separators=(",", ":")),
        **options,
    )
    event.listen(engine, "checkout", _refuse_closed)
    return engine


def _refuse_closed(connection: Any, _record: object, _proxy: object) -> None:
    """Notice without a round trip that the server hung up: an idle socket has nothing to read."""
    if connection.closed or _has_news(connection.fileno()):
        raise DisconnectionError("The server closed the connection.")


def _has_news(descriptor: int) -> bool:
    poller = select.poll()
    poller.register(descriptor, select.POLLIN)
    return bool(poller.poll(0))
