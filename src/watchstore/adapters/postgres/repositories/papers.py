"""Invoices and credit notes, numbered without a gap."""

from collections.abc import Callable
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert

from watchstore.adapters.postgres.repositories.paper_rows import paper_values, to_paper
from watchstore.adapters.postgres.repositories.statements import adding, prefixed
from watchstore.adapters.postgres.schema import paper_counters, papers
from watchstore.adapters.postgres.transaction import Transaction
from watchstore.domain.errors import NotFound
from watchstore.domain.identifiers import OrderId
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
        row = self._transaction.execute(_GET, given).first()
        if row is None:
            raise NotFound("There is no such document.")
        return to_paper(row)

    def invoice_of(self, order_id: OrderId) -> Paper | None:
        row = self._transaction.execute(_INVOICE_OF, {"order_id": order_id}).first()
        return to_paper(row) if row else None
