"""Pieces against their holds, and against the orders that took them."""

from typing import Final

STOCK: Final = {
    "order_pieces": """
        WITH sold AS (
            SELECT o.id, o.number, (line->>'offer_id')::uuid AS offer_id, piece::uuid AS piece
            FROM orders o, jsonb_array_elements(o.lines) line,
                jsonb_array_elements_text(line->'pieces') piece
            WHERE o.state <> 'cancelled' AND NOT o.left_out @> to_jsonb(piece)
              AND NOT EXISTS (SELECT FROM returns r
                WHERE r.order_id = o.id AND r.restocked IS NOT NULL
                  AND r.pieces @> to_jsonb(piece))),
        taken AS (
            SELECT p.id, p.offer_id, p.order_id, o.number
            FROM pieces p JOIN orders o ON o.id = p.order_id WHERE o.state <> 'cancelled')
        SELECT coalesce(sold.number, taken.number),
            CASE WHEN taken.id IS NULL
                THEN format('piece %s of its lines is not its own', sold.piece)
                ELSE format('piece %s is in none of its lines', taken.id) END
        FROM sold FULL JOIN taken
          ON (taken.id, taken.offer_id, taken.order_id) = (sold.piece, sold.offer_id, sold.id)
        WHERE sold.piece IS NULL OR taken.id IS NULL""",
    "piece_of_cancelled_order": """
        SELECT p.id::text, format('order %s is cancelled', o.number)
        FROM pieces p JOIN orders o ON o.id = p.order_id WHERE o.state = 'cancelled'""",
    "piece_sold_unpaid": """
        SELECT p.id::text, format('sold, but its order %s is %s', o.number, o.state)
        FROM pieces p LEFT JOIN orders o ON o.id = p.order_id
        WHERE p.sold_at IS NOT NULL AND coalesce(o.state, '') <> ALL(:sold)""",
    "piece_paid_unsold": """
        SELECT p.id::text, format('not sold, but its order %s is %s', o.number, o.state)
        FROM pieces p JOIN orders o ON o.id = p.order_id
        WHERE p.sold_at IS NULL AND o.state = ANY(:sold)""",
    "piece_held_and_ordered": """
        SELECT p.id::text, format('hold %s, order %s', p.hold_id, p.order_id)
        FROM pieces p WHERE p.hold_id IS NOT NULL AND p.order_id IS NOT NULL""",
    "hold_without_end": """
        SELECT p.hold_id::text, format('holds piece %s until %s', p.id, p.hold_until)
        FROM pieces p WHERE p.hold_id IS NOT NULL
          AND (p.hold_until IS NULL OR p.hold_until > clock_timestamp() + interval '1 day')""",
}
