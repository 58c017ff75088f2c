"""A hundred thousand orders in seconds: one true sale, copied in the shop and at the gateway."""

import sqlite3
from pathlib import Path
from typing import Final

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

# Old enough for its events to have been tidied away.
_COPY: Final = (
    """
    CREATE TEMPORARY TABLE filled AS
    SELECT n, 'WS-' || lpad(n::text, 10, '0') AS number, gen_random_uuid() AS order_id,
        gen_random_uuid() AS piece_id, gen_random_uuid() AS payment_id
    FROM generate_series(1, :orders) n""",
    """
    INSERT INTO orders SELECT made.*
    FROM orders o, filled f, jsonb_populate_record(o, jsonb_build_object(
        'id', f.order_id, 'number', f.number, 'placed_at', o.placed_at - interval '60 days',
        'lines', jsonb_set(o.lines, '{0,pieces}', jsonb_build_array(f.piece_id)))) made
    WHERE o.number = :number""",
    """
    INSERT INTO pieces SELECT made.*
    FROM orders o JOIN pieces p ON p.order_id = o.id, filled f,
        jsonb_populate_record(p, jsonb_build_object(
            'id', f.piece_id, 'order_id', f.order_id)) made
    WHERE o.number = :number""",
    """
    INSERT INTO payments SELECT made.*
    FROM orders o JOIN payments p ON p.order_id = o.id, filled f,
        jsonb_populate_record(p, jsonb_build_object(
            'id', f.payment_id, 'order_id', f.order_id, 'reference', 'pay_' || f.number)) made
    WHERE o.number = :number""",
    "ANALYZE orders, pieces, payments",
)
_LEDGER: Final = (
    """
    CREATE TEMPORARY TABLE filled AS
    WITH RECURSIVE f(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM f WHERE n < :orders)
    SELECT printf('WS-%010d', n) AS number FROM f""",
    """
    INSERT INTO payment SELECT 'pay_' || f.number, f.number, p.currency
    FROM payment p, filled f WHERE p.order_number = :number""",
    """
    INSERT INTO entry (reference, kind, amount, at)
    SELECT 'pay_' || f.number, e.kind, e.amount, e.at
    FROM payment p JOIN entry e ON e.reference = p.reference, filled f
    WHERE p.order_number = :number""",
)


def fill(database_url: str, ledger: Path, number: str, *, orders: int) -> None:
    """So many more orders like the paid one with that number, which has one piece."""
    given = {"number": number, "orders": orders}
    with create_engine(database_url, poolclass=NullPool).begin() as connection:
        for statement in _COPY:
            named = {name: value for name, value in given.items() if f":{name}" in statement}
            connection.execute(text(statement), named)
    books = sqlite3.connect(ledger, timeout=30)
    with books:
        for statement in _LEDGER:
            books.execute(statement, given)
    books.close()
