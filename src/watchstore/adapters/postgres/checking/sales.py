"""Orders against their payments, lines, timelines and request keys."""

from typing import Final

SALES: Final = {
    "order_without_payment": """
        SELECT o.number, 'order ' || o.id || ' has no payment'
        FROM orders o WHERE NOT EXISTS (SELECT FROM payments p WHERE p.order_id = o.id)""",
    "order_and_payment_disagree": """
        SELECT o.number, format('the order is %s, payment %s is %s', o.state, p.id, p.state)
        FROM orders o JOIN payments p ON p.order_id = o.id
        WHERE o.state || '/' || p.state <> ALL(:agreeing)""",
    "order_total": """
        SELECT o.number, format('the items cost %s, the lines %s', o.items_amount, l.total)
        FROM orders o, LATERAL (
            SELECT sum((line->>'amount')::bigint * jsonb_array_length(line->'pieces')) AS total
            FROM jsonb_array_elements(o.lines) line) l
        WHERE o.items_amount IS DISTINCT FROM l.total""",
    "payment_amount": """
        SELECT o.number, format('payment %s is of %s %s, the order of %s %s', p.id,
            p.amount, p.currency, s.total, o.currency)
        FROM orders o JOIN payments p ON p.order_id = o.id, LATERAL (
            SELECT o.items_amount - o.discount_amount + o.delivery_amount
                + CASE WHEN o.tax_included THEN 0 ELSE o.tax_amount END AS total) s
        WHERE (p.amount, p.currency) <> (s.total, o.currency)""",
    "voucher_use_lost": """
        SELECT o.number, format('nothing says that it used voucher %s', o.voucher)
        FROM orders o WHERE o.voucher IS NOT NULL AND o.state <> 'cancelled'
          AND NOT EXISTS (SELECT FROM redemptions r WHERE r.order_id = o.id)""",
    "voucher_use_kept": """
        SELECT o.number, format('the order is %s, and keeps a use of voucher %s', o.state, v.code)
        FROM redemptions r JOIN vouchers v ON v.id = r.voucher_id
        JOIN orders o ON o.id = r.order_id
        WHERE o.state = 'cancelled' OR o.voucher IS DISTINCT FROM v.code""",
    "order_timeline": """
        SELECT o.number, format('the order is %s, its timeline ends as %s',
            o.state, o.timeline->-1->>'state')
        FROM orders o WHERE o.state IS DISTINCT FROM o.timeline->-1->>'state'""",
    "payment_pending": """
        SELECT o.number, format('payment %s is still %s', p.id, p.state)
        FROM orders o JOIN payments p ON p.order_id = o.id
        WHERE p.state = ANY(:pending)
          AND greatest(p.started_at, (o.timeline->-1->>'at')::timestamptz)
              < clock_timestamp() - :grace - CASE
                  WHEN o.state = 'awaiting_payment' AND p.reference IS NOT NULL
                  THEN :challenge ELSE interval '0' END""",
    "request_unanswered": """
        SELECT k.key, 'order ' || coalesce(o.number, '(none)') || ', and no answer was kept'
        FROM request_keys k LEFT JOIN orders o ON o.id = k.order_id
        LEFT JOIN payments p ON p.order_id = o.id
        WHERE k.answer IS NULL AND k.claimed_at < clock_timestamp() - :grace
          AND (p.state IS NULL OR p.state <> ALL(:pending))""",
}
