"""Enough pieces to sell, of one hot watch and of a thousand others."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import psycopg2

SPREAD: Final = 1000

_OPEN: Final = """
INSERT INTO offers (id, watch_id, brand, condition, amount, currency, opened_at, note, version)
SELECT gen_random_uuid(), id, brand, 'new', 500000, 'USD', now(), '', 1 FROM watches w
WHERE publication = 'published' AND NOT EXISTS (SELECT FROM offers WHERE watch_id = w.id)
ORDER BY id LIMIT %s
"""
_WATCHES: Final = """
SELECT min(o.id::text) FROM offers o JOIN watches w ON w.id = o.watch_id
WHERE o.closed_at IS NULL AND w.publication = 'published' GROUP BY w.id ORDER BY 1 LIMIT %s
"""
_FILL: Final = """
INSERT INTO pieces (id, offer_id, brand, received_at, box, papers)
SELECT gen_random_uuid(), o.id, o.brand, now(), true, true
FROM offers o, generate_series(1, %(wanted)s - (
    SELECT count(*) FROM pieces p WHERE p.offer_id = o.id AND p.order_id IS NULL))
WHERE o.id = ANY(%(offers)s::uuid[])
"""


@contextmanager
def database(url: str) -> Iterator[Any]:
    """A cursor that commits each statement."""
    connection = psycopg2.connect(url.replace("+psycopg2", "", 1))
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()


def offers_for_sale(url: str) -> list[str]:
    """One offer of each of a thousand watches; the demo has pieces of half as many."""
    with database(url) as cursor:
        cursor.execute(_OPEN, [SPREAD])
        cursor.execute(_WATCHES, [SPREAD])
        return [row[0] for row in cursor.fetchall()]


def fill(url: str, offers: list[str], *, wanted: int) -> None:
    """Bring the free pieces of these offers up to so many."""
    with database(url) as cursor:
        cursor.execute(_FILL, {"wanted": wanted, "offers": offers})
        cursor.execute("VACUUM ANALYZE pieces")


def a_stocked_offer(url: str) -> str:
    with database(url) as cursor:
        cursor.execute("SELECT offer_id::text FROM pieces WHERE order_id IS NULL LIMIT 1")
        return str(cursor.fetchone()[0])
