"""Invoices and credit notes, numbered without a gap."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from sqlalchemy import Select, bindparam, select
from sqlalchemy.dialects.postgresql import insert

from watchstore.adapters.postgres.repositories.paper_rows import paper_values, to_paper
from watchstore.adapters.postgres.repositories.statements import adding, prefixed
from watchstore.adapters.postgres.schema import paper_counters, papers
from watchstore.adapters.postgres.transaction import Transaction
from watchstore.domain.errors import NotFound
from watchstore.domain.identifiers import OrderId, RefundId
from watchstore.domain.papers import Paper, PaperKind, PaperNumber

_ADD = adding(papers, "new_paper")
# The row stays locked until the transaction ends: a number that is lost with it is nobody's.
_NEXT = (
    insert(paper_counters)
    .values(kind=bindparam("kind"), year=bindparam("year"), last=1)
    .on_conflict_do_update(
        constraint="paper_counters_pkey", set_={"last": paper_counters.c.last + 1}
    )
    .returning(paper_counters.c.last)
)
_READ: Final = select(papers)
_GET = _READ.where(
    papers.c.kind == bindparam("kind"),
    papers.c.year == bindparam("year"),
    papers.c.sequence == bindparam("sequence"),
)
_INVOICE_OF = _READ.where(
    papers.c.order_id == bindparam("order_id"), papers.c.kind == PaperKind.INVOICE.value
)

_CREDIT_NOTE_OF = _READ.where(papers.c.refund_id == bindparam("refund_id"))


class PostgresPapers:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def issue(self, kind: PaperKind, year: int, write: Callable[[PaperNumber], Paper]) -> Paper:
        given = {"kind": kind.value, "year": year}
        last = self._transaction.execute(_NEXT, given).scalar_one()
        paper = write(PaperNumber(kind, year, last))
        self._transaction.later(_ADD, prefixed("new_paper", paper_values(paper)))
        return paper

    def get(self, number: PaperNumber) -> Paper:
        given = {"kind": number.kind.value, "year": number.year, "sequence": number.sequence}
        paper = self._one(_GET, given)
        if paper is None:
            raise NotFound("There is no such document.")
        return paper

    def invoice_of(self, order_id: OrderId) -> Paper | None:
        return self._one(_INVOICE_OF, {"order_id": order_id})

    def credit_note_of(self, refund_id: RefundId) -> Paper | None:
        return self._one(_CREDIT_NOTE_OF, {"refund_id": refund_id})

    def _one(self, question: Select[Any], given: Mapping[str, object]) -> Paper | None:
        row = self._transaction.execute(question, given).first()
        return to_paper(row) if row else None
