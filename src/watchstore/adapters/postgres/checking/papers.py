"""Invoices and credit notes against the money that they tell of, and their numbers."""

from typing import Final

PAPERS: Final = {
    "invoice_missing": """
        SELECT o.number, format('payment %s of %s %s is captured', p.id, p.amount, p.currency)
        FROM orders o JOIN payments p ON p.order_id = o.id
        WHERE p.state = 'captured' AND NOT EXISTS (
            SELECT FROM papers i WHERE i.order_id = o.id AND i.kind = 'invoice')""",
    "invoice_disagrees": """
        SELECT o.number, format('invoice %s is of %s %s, the payment of %s %s is %s',
            i.content->>'number', i.total, i.currency, p.amount, p.currency, p.state)
        FROM papers i JOIN orders o ON o.id = i.order_id
        LEFT JOIN payments p ON p.order_id = o.id
        WHERE i.kind = 'invoice' AND (p.state IS DISTINCT FROM 'captured'
            OR (p.amount, p.currency) IS DISTINCT FROM (i.total, i.currency))""",
    "credit_note_missing": """
        SELECT r.id::text, format('%s %s went back for order %s', r.amount, r.currency, o.number)
        FROM refunds r JOIN orders o ON o.id = r.order_id
        WHERE r.state = 'done' AND NOT EXISTS (SELECT FROM papers c WHERE c.refund_id = r.id)""",
    "credit_note_disagrees": """
        SELECT c.refund_id::text, format('credit note %s is of %s %s, the refund of %s %s is %s',
            c.content->>'number', c.total, c.currency, r.amount, r.currency, r.state)
        FROM papers c LEFT JOIN refunds r ON r.id = c.refund_id
        WHERE c.kind = 'credit_note' AND (r.state IS DISTINCT FROM 'done'
            OR (r.order_id, r.amount, r.currency)
                IS DISTINCT FROM (c.order_id, c.total, c.currency))""",
    "paper_gap": """
        SELECT p.content->>'number', format('comes after %s', p.before)
        FROM (SELECT *, lag(sequence, 1, 0) OVER (PARTITION BY kind, year ORDER BY sequence)
                AS before FROM papers) p
        WHERE p.sequence <> p.before + 1""",
    "paper_counter": """
        SELECT coalesce(c.kind, p.kind) || ' ' || coalesce(c.year, p.year),
            format('the counter says %s, the last one is %s', c.last, p.last)
        FROM paper_counters c FULL JOIN (
            SELECT kind, year, max(sequence) AS last FROM papers GROUP BY kind, year) p
          ON (p.kind, p.year) = (c.kind, c.year)
        WHERE c.last IS DISTINCT FROM p.last""",
    "paper_total": """
        SELECT p.content->>'number', format('is of %s, its lines of %s', p.total, l.total)
        FROM papers p, LATERAL (
            SELECT sum((line->>'total')::bigint) AS total
            FROM jsonb_array_elements(p.content->'lines') line) l
        WHERE p.total IS DISTINCT FROM l.total""",
}
