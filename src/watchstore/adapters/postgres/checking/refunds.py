"""Refunds against the payments that they are taken from."""

from typing import Final

REFUNDS: Final = {
    "payment_refunded": """
        SELECT o.number, format('payment %s says %s went back, its refunds %s',
            p.id, p.refunded, coalesce(r.total, 0))
        FROM orders o JOIN payments p ON p.order_id = o.id
        LEFT JOIN (SELECT payment_id, sum(amount) AS total FROM refunds
            WHERE state <> 'refused' GROUP BY payment_id) r ON r.payment_id = p.id
        WHERE p.refunded <> coalesce(r.total, 0)""",
    "refund_pending": """
        SELECT r.id::text, format('of order %s, asked for at %s', o.number, r.asked_at)
        FROM refunds r JOIN orders o ON o.id = r.order_id
        WHERE r.state = 'pending' AND r.asked_at < clock_timestamp() - :grace""",
}
