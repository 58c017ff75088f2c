"""Corruptions that one statement about one order plants."""

from dataclasses import dataclass

from tests.verify.conftest import Books, Vandal

Found = tuple[str, str]

ORDER = "(SELECT id FROM orders WHERE number = :number)"
ITS = f"WHERE order_id = {ORDER}"
A_PIECE = f"SELECT id FROM pieces {ITS} LIMIT 1"
A_FREE_PIECE = "SELECT id FROM pieces WHERE order_id IS NULL AND hold_id IS NULL LIMIT 1"
_EVENT = f"SELECT id FROM events WHERE aggregate = {ORDER} AND name"
_PAID, _SHIPPED = f"{_EVENT} = 'order.paid'", f"{_EVENT} = 'order.shipped'"
_CREDIT_NOTE = f"SELECT refund_id FROM papers {ITS} AND kind = 'credit_note'"


@dataclass(frozen=True, slots=True)
class Change:
    """`verify` then names the number of the order, or else the id that `asked` finds."""

    rule: str
    order: str
    statement: str
    asked: str | None = None

    def __call__(self, books: Books, vandal: Vandal) -> Found:
        number = getattr(books, self.order).number
        found = vandal.ask(self.asked, number=number) if self.asked else number
        vandal.run(self.statement, number=number, found=found)
        return self.rule, found


def _becomes(state: str, order: str) -> Change:
    statement = f"UPDATE payments SET state = '{state}' {ITS}"
    return Change("order_and_payment_disagree", order, statement)


def _delivery(rule: str, change: str) -> Change:
    return Change(rule, "other", f"{change} WHERE event_id = :found", _PAID)


def _credit_note(rule: str, change: str, key: str = "refund_id") -> Change:
    return Change(rule, "sent_back", f"{change} WHERE {key} = :found", _CREDIT_NOTE)


CHANGES = {
    "order paid but payment declined": _becomes("declined", "paid"),
    "payment captured of an unshipped order": _becomes("captured", "paid"),
    "order shipped and not captured": _becomes("authorised", "shipped"),
    "money of a cancelled order kept": _becomes("authorised", "cancelled"),
    "order without payment": Change("order_without_payment", "paid", f"DELETE FROM payments {ITS}"),
    "order total is not that of its lines": Change(
        "order_total",
        "other",
        "UPDATE orders SET items_amount = items_amount - 1 WHERE number = :number",
    ),
    "payment of another amount": Change(
        "payment_amount", "other", f"UPDATE payments SET amount = 1 {ITS}"
    ),
    "timeline that ends elsewhere": Change(
        "order_timeline",
        "shipped",
        "UPDATE orders SET timeline = timeline - -1 WHERE number = :number",
    ),
    "charge that the gateway does not know": Change(
        "unknown_to_gateway", "paid", f"UPDATE payments SET reference = 'x' {ITS}"
    ),
    "payment that knows nothing of its refund": Change(
        "payment_refunded", "sent_back", f"UPDATE payments SET refunded = 0 {ITS}"
    ),
    "piece of a cancelled order not freed": Change(
        "piece_of_cancelled_order",
        "cancelled",
        f"UPDATE pieces SET order_id = {ORDER} WHERE id = :found",
        A_FREE_PIECE,
    ),
    "piece sold without a paid order": Change(
        "piece_sold_unpaid",
        "unknown",
        "UPDATE pieces SET sold_at = now() WHERE id = :found",
        A_PIECE,
    ),
    "piece of a paid order not sold": Change(
        "piece_paid_unsold",
        "paid",
        "UPDATE pieces SET sold_at = NULL WHERE id = :found",
        A_PIECE,
    ),
    "order without a piece of its lines": Change(
        "order_pieces",
        "other",
        f"UPDATE pieces SET order_id = NULL, sold_at = NULL WHERE id = ({A_PIECE})",
    ),
    "piece of an order in none of its lines": Change(
        "order_pieces",
        "paid",
        f"UPDATE pieces SET order_id = {ORDER}, sold_at = now() WHERE id = ({A_FREE_PIECE})",
    ),
    "piece that came back and was not freed": Change(
        "order_pieces",
        "sent_back",
        f"UPDATE pieces SET order_id = {ORDER}, sold_at = now(), hold_id = NULL, hold_until = NULL"
        " WHERE id = (SELECT (pieces->>0)::uuid FROM returns)",
    ),
    "piece that was left out and was not freed": Change(
        "order_pieces",
        "shortened",
        f"UPDATE pieces SET order_id = {ORDER}, sold_at = now(), withdrawn_at = NULL"
        " WHERE withdrawn_at IS NOT NULL",
    ),
    "piece left out that nobody gave up": Change(
        "order_pieces",
        "shipped",
        "UPDATE orders SET left_out = lines->0->'pieces' WHERE number = :number",
    ),
    "event lost in the middle": Change(
        "outbox_gap", "shipped", "DELETE FROM events WHERE aggregate = :found AND seq = 2", ORDER
    ),
    "last event lost": Change(
        "event_lost", "shipped", f"DELETE FROM events WHERE id = ({_SHIPPED})"
    ),
    "delivery lost": _delivery("delivery_lost", "DELETE FROM deliveries"),
    "delivery parked": _delivery(
        "delivery_parked",
        "UPDATE deliveries SET delivered_at = NULL, parked_at = now(), error = 'no'",
    ),
    "delivery overdue": _delivery(
        "delivery_overdue", "UPDATE deliveries SET delivered_at = NULL, not_before = '2020-01-01'"
    ),
    "invoice torn up": Change("invoice_missing", "shipped", f"DELETE FROM papers {ITS}"),
    "invoice of another total": Change(
        "invoice_disagrees", "shipped", f"UPDATE papers SET total = total - 1 {ITS}"
    ),
    "invoice of money that was not taken": Change(
        "invoice_disagrees",
        "paid",
        f"UPDATE papers SET order_id = {ORDER} WHERE kind = 'invoice' AND sequence = 1",
    ),
    "credit note torn up": _credit_note("credit_note_missing", "DELETE FROM papers"),
    "credit note of another total": _credit_note(
        "credit_note_disagrees", "UPDATE papers SET total = total - 1"
    ),
    "credit note of a refund that is pending": _credit_note(
        "credit_note_disagrees", "UPDATE refunds SET state = 'pending'", key="id"
    ),
}
