"""Events against what they tell of, and against their deliveries."""

from typing import Final

OUTBOX: Final = {
    "event_lost": """
        SELECT o.number, format('order %s was %s, and there is no %s',
            o.id, told.state, told.name)
        FROM orders o, jsonb_to_recordset(:told) AS told(state text, name text)
        WHERE o.placed_at > clock_timestamp() - :kept
          AND o.timeline @> jsonb_build_array(jsonb_build_object('state', told.state))
          AND NOT EXISTS (SELECT FROM events e WHERE e.aggregate = o.id AND e.name = told.name)""",
    # Tidying leaves gaps too, but only behind what was recorded too long ago.
    "outbox_gap": """
        SELECT e.aggregate::text, format('event %s comes after %s', e.seq, e.before)
        FROM (SELECT aggregate, seq, lag(seq) OVER stream AS before,
                lag(recorded_at) OVER stream AS recorded_before
              FROM events WINDOW stream AS (PARTITION BY aggregate ORDER BY seq)) e
        WHERE e.seq <> e.before + 1 AND e.recorded_before > clock_timestamp() - :kept""",
    # A consumer that a release added was not told of what happened before.
    "delivery_lost": """
        WITH since AS (
            SELECT e.name, d.consumer, min(e.recorded_at) AS at
            FROM events e JOIN deliveries d ON d.event_id = e.id GROUP BY e.name, d.consumer)
        SELECT e.id::text, format('%s of %s is on its way to no %s', e.name, e.aggregate,
            r.consumer)
        FROM jsonb_to_recordset(:reactions) AS r(name text, consumer text)
        JOIN since USING (name, consumer)
        JOIN events e ON e.name = r.name AND e.recorded_at >= since.at
        WHERE NOT EXISTS (SELECT FROM deliveries d
            WHERE d.event_id = e.id AND d.consumer = r.consumer)""",
    "delivery_parked": """
        SELECT d.event_id::text, format('%s for %s: %s', e.name, d.consumer, d.error)
        FROM deliveries d JOIN events e ON e.id = d.event_id WHERE d.parked_at IS NOT NULL""",
    "delivery_overdue": """
        SELECT d.event_id::text, format('%s for %s since %s', e.name, d.consumer, d.not_before)
        FROM deliveries d JOIN events e ON e.id = d.event_id
        WHERE d.delivered_at IS NULL AND d.parked_at IS NULL
          AND greatest(d.not_before, d.leased_until) < clock_timestamp() - :grace
          AND NOT EXISTS (SELECT FROM deliveries b
            WHERE b.aggregate = d.aggregate AND b.consumer = d.consumer AND b.seq < d.seq
              AND b.delivered_at IS NULL)""",
}
