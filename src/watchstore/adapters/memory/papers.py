"""Invoices and credit notes, numbered without a gap."""

from collections.abc import Callable

from watchstore.adapters.memory.store import At, CheckViolation, Transaction
from watchstore.adapters.memory.tables import PAPER_COUNTERS, PAPERS, PAYMENTS, REFUNDS
from watchstore.domain.errors import NotFound
from watchstore.domain.identifiers import OrderId, RefundId
from watchstore.domain.papers import Paper, PaperKind, PaperNumber
from watchstore.domain.payment import PaymentState
from watchstore.domain.refund import RefundState


class MemoryPapers:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def issue(self, kind: PaperKind, year: int, write: Callable[[PaperNumber], Paper]) -> Paper:
        place = (kind, year)
        self._tx.insert_or_ignore(PAPER_COUNTERS, place, 0)
        sequence = (self._tx.lock(PAPER_COUNTERS, place) or 0) + 1
        self._tx.update(PAPER_COUNTERS, place, sequence)
        paper = write(PaperNumber(kind, year, sequence))
        if not self._money_moved(paper):
            raise CheckViolation("paper_after_the_money_check")
        self._tx.insert(PAPERS, paper.number, paper)
        return paper

    def get(self, number: PaperNumber) -> Paper:
        paper = self._tx.get(PAPERS, number)
        if paper is None:
            raise NotFound("There is no such document.")
        return paper

    def invoice_of(self, order_id: OrderId) -> Paper | None:
        found = self._tx.scan(PAPERS, at=At("paper_invoiced_order_key", order_id))
        return found[0] if found else None

    def credit_note_of(self, refund_id: RefundId) -> Paper | None:
        found = self._tx.scan(PAPERS, at=At("paper_refund_id_key", refund_id))
        return found[0] if found else None

    def _money_moved(self, paper: Paper) -> bool:
        if paper.refund_id is not None:
            refund = self._tx.get(REFUNDS, paper.refund_id)
            done = refund is not None and refund.state is RefundState.DONE
            return done and refund is not None and refund.amount == paper.total
        (payment,) = self._tx.scan(PAYMENTS, at=At("payment_order_id_key", paper.order_id))
        return payment.state is PaymentState.CAPTURED and payment.amount == paper.total
