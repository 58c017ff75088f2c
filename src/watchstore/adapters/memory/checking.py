"""The cross-checks that a table of constraints cannot make, over what memory keeps."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise

from watchstore.adapters.memory.checking_papers import orders_without_papers, paper_differences
from watchstore.adapters.memory.rows import EventRow
from watchstore.adapters.memory.store import At, Store, Transaction
from watchstore.adapters.memory.tables import (
    DELIVERIES,
    EVENTS,
    ORDERS,
    PAYMENTS,
    PIECES,
    REDEMPTIONS,
    REFUNDS,
    RETURNS,
    VOUCHERS,
)
from watchstore.domain.identifiers import OrderId, PaymentId, PieceId, RefundId
from watchstore.domain.order import Order, OrderState
from watchstore.domain.payment import Payment
from watchstore.domain.piece import Piece
from watchstore.domain.refund import Refund, RefundState
from watchstore.service_layer.agreeing import AGREEING, SOLD, TOLD
from watchstore.service_layer.queries import BookedPayment, Difference

Found = Iterator[Difference]


class MemoryCheckQueries:
    def __init__(self, store: Store) -> None:
        self._store = store

    def differences(
        self, *, grace: timedelta, kept: timedelta, challenge: timedelta
    ) -> tuple[Difference, ...]:
        now = self._store.clock()
        with self._store.transaction() as tx:
            return (
                *_sales(tx, now - grace, challenge),
                *_vouchers(tx),
                *_late_refunds(tx, now - grace),
                *paper_differences(tx),
                *_stock(tx),
                *_outbox(tx, now - kept),
                *_deliveries(tx, now - grace),
            )

    def payments(self, *, after: str = "", limit: int = 1000) -> tuple[BookedPayment, ...]:
        with self._store.transaction() as tx:
            booked = [_booked(tx, order, payment) for order, payment in _paid(tx)]
        ahead = (one for one in booked if one.order_number > after)
        return tuple(sorted(ahead, key=lambda one: one.order_number)[:limit])

    def payment(self, order_number: str) -> BookedPayment | None:
        found = [one for one in self.payments(limit=1 << 62) if one.order_number == order_number]
        return found[0] if found else None

    def pending(self, *, older_than: timedelta, limit: int = 100) -> tuple[PaymentId, ...]:
        before = self._store.clock() - older_than
        with self._store.transaction() as tx:
            late = [payment for order, payment in _paid(tx) if _is_late(order, payment, before)]
        late.sort(key=lambda payment: payment.started_at)
        return tuple(payment.id for payment in late[:limit])

    def unwritten(self, *, limit: int = 100) -> tuple[OrderId, ...]:
        with self._store.transaction() as tx:
            return tuple(sorted(orders_without_papers(tx))[:limit])

    def pending_refunds(self, *, older_than: timedelta, limit: int = 100) -> tuple[RefundId, ...]:
        before = self._store.clock() - older_than
        with self._store.transaction() as tx:
            late = tx.scan(REFUNDS, lambda one: _is_open(one) and one.asked_at < before)
        late.sort(key=lambda refund: refund.asked_at)
        return tuple(refund.id for refund in late[:limit])


def _is_open(refund: Refund) -> bool:
    return refund.state is RefundState.PENDING


def _paid(tx: Transaction) -> Iterator[tuple[Order, Payment]]:
    for payment in tx.scan(PAYMENTS):
        order = tx.get(ORDERS, payment.order_id)
        if order is not None:
            yield order, payment


def _booked(tx: Transaction, order: Order, payment: Payment) -> BookedPayment:
    return BookedPayment(
        str(payment.id),
        order.number.text,
        payment.state.value,
        payment.reference,
        payment.amount.amount,
        payment.amount.currency.code,
        _refunds(tx, payment, RefundState.DONE),
        _refunds(tx, payment, RefundState.PENDING),
    )


def _refunds(tx: Transaction, payment: Payment, *states: RefundState) -> int:
    found = tx.scan(REFUNDS, lambda one: one.payment_id == payment.id and one.state in states)
    return sum(refund.amount.amount for refund in found)


def _is_late(order: Order, payment: Payment, before: datetime) -> bool:
    return payment.pending is not None and max(payment.started_at, order.timeline[-1].at) < before


def _sales(tx: Transaction, before: datetime, challenge: timedelta) -> Found:
    for order in tx.scan(ORDERS):
        if not tx.scan(PAYMENTS, at=At("payment_order_id_key", order.id)):
            yield Difference("order_without_payment", order.number.text, f"order {order.id}")
        if sum(line.unit_price.amount * line.quantity for line in order.lines) != (
            order.prices.items.amount
        ):
            yield Difference("order_total", order.number.text, f"{order.prices.items}")
    for order, payment in _paid(tx):
        said = f"the order is {order.state}, payment {payment.id} is {payment.state}"
        if payment.state not in AGREEING[order.state]:
            yield Difference("order_and_payment_disagree", order.number.text, said)
        if payment.amount != order.prices.total:
            yield Difference("payment_amount", order.number.text, f"{payment.amount}")
        if payment.refunded != _refunds(tx, payment, RefundState.DONE, RefundState.PENDING):
            yield Difference("payment_refunded", order.number.text, f"{payment.refunded}")
        waits = order.state is OrderState.AWAITING_PAYMENT and payment.waits_for_the_buyer
        if _is_late(order, payment, before - challenge if waits else before):
            yield Difference("payment_pending", order.number.text, said)


def _vouchers(tx: Transaction) -> Found:
    used = {row.order_id: tx.get(VOUCHERS, row.voucher_id) for row in tx.scan(REDEMPTIONS)}
    for order in tx.scan(ORDERS):
        code, voucher = order.prices.voucher, used.get(order.id)
        cancelled = order.state is OrderState.CANCELLED
        if voucher is not None and (cancelled or voucher.code != code):
            yield Difference("voucher_use_kept", order.number.text, f"{voucher.code}")
        if voucher is None and code is not None and not cancelled:
            yield Difference("voucher_use_lost", order.number.text, f"{code}")


def _late_refunds(tx: Transaction, before: datetime) -> Found:
    for refund in tx.scan(REFUNDS, lambda one: _is_open(one) and one.asked_at < before):
        yield Difference("refund_pending", str(refund.id), f"order {refund.order_id}")


def _stock(tx: Transaction) -> Found:
    taken: dict[object, set[object]] = {}
    for row in tx.scan(PIECES):
        order = tx.get(ORDERS, row.piece.order_id) if row.piece.order_id else None
        if order is not None:
            taken.setdefault(order.id, set()).add(row.piece.id)
            yield from _piece(row.piece, order)
    for order in tx.scan(ORDERS, lambda order: order.state is not OrderState.CANCELLED):
        kept = {*order.pieces} - {*order.left_out} - _returned(tx, order)
        for piece in sorted(kept ^ taken.get(order.id, set()), key=str):
            yield Difference("order_pieces", order.number.text, f"piece {piece}")


def _returned(tx: Transaction, order: Order) -> set[PieceId]:
    """Those that came back and were accepted: they may be another's by now."""
    found = tx.scan(RETURNS, lambda one: one.order_id == order.id and one.restocked is not None)
    return {piece for returned in found for piece in returned.pieces}


def _piece(piece: Piece, order: Order) -> Found:
    said = f"order {order.number} is {order.state}"
    if order.state is OrderState.CANCELLED:
        yield Difference("piece_of_cancelled_order", str(piece.id), said)
    if piece.sold_at is not None and order.state not in SOLD:
        yield Difference("piece_sold_unpaid", str(piece.id), said)
    if piece.sold_at is None and order.state in SOLD:
        yield Difference("piece_paid_unsold", str(piece.id), said)


def _outbox(tx: Transaction, young: datetime) -> Found:
    streams: dict[object, list[EventRow]] = {}
    for row in sorted(tx.scan(EVENTS), key=lambda row: row.number):
        streams.setdefault(row.aggregate, []).append(row)
    for aggregate, rows in streams.items():
        for before, row in pairwise(rows):
            if row.number != before.number + 1 and before.happened_at > young:
                detail = f"event {row.number} comes after {before.number}"
                yield Difference("outbox_gap", str(aggregate), detail)
    for order in tx.scan(ORDERS, lambda order: order.placed_at > young):
        had = {type(row.event) for row in streams.get(order.id, ())}
        for state in {entry.state for entry in order.timeline}:
            if TOLD[state] not in had:
                yield Difference("event_lost", order.number.text, f"no {TOLD[state].name}")


def _deliveries(tx: Transaction, before: datetime) -> Found:
    for row in tx.scan(DELIVERIES, at=At("delivery_open_idx", True)):
        if row.parked_at is not None:
            yield Difference("delivery_parked", str(row.event_id), f"{row.consumer}: {row.error}")
        elif max(row.due_at, row.leased_until or row.due_at) < before:
            yield Difference("delivery_overdue", str(row.event_id), row.consumer)
