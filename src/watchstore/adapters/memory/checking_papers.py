"""Invoices and credit notes against the money that they tell of, and their numbers."""

from collections.abc import Iterator

from watchstore.adapters.memory.store import At, Transaction
from watchstore.adapters.memory.tables import ORDERS, PAPER_COUNTERS, PAPERS, PAYMENTS, REFUNDS
from watchstore.domain.identifiers import OrderId
from watchstore.domain.papers import Paper, PaperKind
from watchstore.domain.payment import Payment, PaymentState
from watchstore.domain.refund import Refund, RefundState
from watchstore.service_layer.queries import Difference

Found = Iterator[Difference]


def paper_differences(tx: Transaction) -> Found:
    for payment in _without_invoice(tx):
        yield Difference("invoice_missing", _order(tx, payment), f"payment {payment.id}")
    for refund in _without_credit_note(tx):
        yield Difference("credit_note_missing", str(refund.id), f"{refund.amount} went back")
    for paper in tx.scan(PAPERS):
        yield from _invoice(tx, paper) if paper.refund_id is None else _credit_note(tx, paper)
    yield from _numbers(tx)


def orders_without_papers(tx: Transaction) -> set[OrderId]:
    charged = {payment.order_id for payment in _without_invoice(tx)}
    return charged | {refund.order_id for refund in _without_credit_note(tx)}


def _without_invoice(tx: Transaction) -> Iterator[Payment]:
    for payment in tx.scan(PAYMENTS, lambda one: one.state is PaymentState.CAPTURED):
        if not tx.scan(PAPERS, at=At("paper_invoiced_order_key", payment.order_id)):
            yield payment


def _without_credit_note(tx: Transaction) -> Iterator[Refund]:
    for refund in tx.scan(REFUNDS, lambda one: one.state is RefundState.DONE):
        if not tx.scan(PAPERS, at=At("paper_refund_id_key", refund.id)):
            yield refund


def _order(tx: Transaction, payment: Payment) -> str:
    order = tx.get(ORDERS, payment.order_id)
    return order.number.text if order else str(payment.order_id)


def _invoice(tx: Transaction, paper: Paper) -> Found:
    for payment in tx.scan(PAYMENTS, at=At("payment_order_id_key", paper.order_id)):
        if payment.captured != paper.total:
            said = f"invoice {paper.number} is of {paper.total}, captured is {payment.captured}"
            yield Difference("invoice_disagrees", _order(tx, payment), said)


def _credit_note(tx: Transaction, paper: Paper) -> Found:
    refund = tx.get(REFUNDS, paper.refund_id) if paper.refund_id else None
    if refund is None or refund.state is not RefundState.DONE or refund.amount != paper.total:
        said = f"credit note {paper.number} is of {paper.total}"
        yield Difference("credit_note_disagrees", str(paper.refund_id), said)


def _numbers(tx: Transaction) -> Found:
    counted: dict[tuple[PaperKind, int], int] = {}
    for paper in sorted(tx.scan(PAPERS), key=lambda paper: paper.number.text):
        number = paper.number
        before = counted.get((number.kind, number.year), 0)
        if number.sequence != before + 1:
            yield Difference("paper_gap", number.text, f"comes after {before}")
        counted[number.kind, number.year] = number.sequence
    for (kind, year), last in counted.items():
        if tx.get(PAPER_COUNTERS, (kind, year)) != last:
            yield Difference("paper_counter", f"{kind} {year}", f"the last one is {last}")
