"""Invoices, credit notes and mails: each guard of them, taken away."""

import pytest
from tests.mutants.mutant import Mutant

SQL = "adapters/postgres/migrations/versions/v0012_papers.sql"
CONTRACT, SCHEMA = "contract/test_papers.py::", "postgres/test_papers.py::test_is_refused"
MAILING = "unit/service_layer/test_mailing.py::"
PAYING, REFUNDING = "service_layer/paying.py", "service_layer/refunding.py"
STORAGES = ("memory", "postgres")


def on_both(test: str, case: str = "") -> tuple[str, ...]:
    return tuple(f"{CONTRACT}{test}[{storage}{case}]" for storage in STORAGES)


MUTANTS = [
    Mutant(
        "a capture without an invoice",
        PAYING,
        "        invoice(uow, order, clock=clock, terms=terms)\n",
        "        pass\n",
        on_both("TestAnInvoice::test_is_written_when_the_money_is_taken_and_not_before"),
    ),
    Mutant(
        "a refund without a credit note",
        REFUNDING,
        "        credit(uow, order, refund, clock=clock, terms=terms)\n",
        "        pass\n",
        on_both("TestACreditNote::test_is_written_for_each_refund_that_went_out"),
    ),
    Mutant(
        "an invoice in a transaction of its own",
        PAYING,
        "    if payment.state is PaymentState.CAPTURED:\n        invoice(",
        "    if payment.state is PaymentState.CAPTURED:\n        uow.commit()\n        invoice(",
        on_both("TestNumbers::test_survive_a_crash_between_steps", "-papers.issue:before"),
    ),
    Mutant(
        "a credit note in a transaction of its own",
        REFUNDING,
        "    if refund.state is RefundState.DONE:\n        credit(",
        "    if refund.state is RefundState.DONE:\n        uow.commit()\n        credit(",
        on_both("TestNumbers::test_of_a_refund_survive_too", "-papers.issue:before"),
    ),
    Mutant(
        "an invoice before the money moved",
        PAYING,
        "    if payment.state is PaymentState.CAPTURED:\n        invoice(",
        "    if payment.state is PaymentState.AUTHORISED:\n        invoice(",
        (
            f"{CONTRACT}TestAnInvoice::test_is_written_when_the_money_is_taken_and_not_before[memory]",
        ),
    ),
    Mutant(
        "a number that is not counted on",
        "adapters/postgres/repositories/papers.py",
        'set_={"last": paper_counters.c.last + 1}',
        'set_={"last": paper_counters.c.last}',
        (f"{CONTRACT}TestNumbers::test_of_32_captures_at_once_are_1_to_32[postgres]",),
    ),
    Mutant(
        "two counters of one year in memory",
        "adapters/memory/papers.py",
        "        self._tx.update(PAPER_COUNTERS, place, sequence)\n",
        "",
        (f"{CONTRACT}TestNumbers::test_of_32_captures_at_once_are_1_to_32[memory]",),
    ),
    Mutant(
        "an invoice of nothing in memory",
        "adapters/memory/papers.py",
        "if not self._money_moved(paper):",
        "if False:",
        (f"{CONTRACT}TestAnInvoice::test_is_none_of_money_that_did_not_move[memory]",),
    ),
    Mutant(
        "numbers that go on in the next year",
        "domain/papers.py",
        "    return at.astimezone(UTC).year\n",
        "    return at.year\n",
        ("unit/domain/test_papers.py::test_the_year_is_that_of_the_day_in_utc",),
    ),
    Mutant(
        "without papers_as_issued",
        SQL,
        "CREATE TRIGGER papers_as_issued BEFORE UPDATE OR DELETE ON papers FOR EACH ROW\n"
        "EXECUTE FUNCTION refuse_paper_change();\n",
        "",
        (
            f"{SCHEMA}[another total]",
            f"{SCHEMA}[other content]",
            f"{SCHEMA}[another number]",
            f"{SCHEMA}[a paper torn up]",
        ),
    ),
    Mutant(
        "without papers_in_turn",
        SQL,
        "    IF NEW.sequence <> 1 AND NOT EXISTS",
        "    IF FALSE AND NOT EXISTS",
        (f"{SCHEMA}[a number out of turn]",),
    ),
    Mutant(
        "without paper_counters_used",
        SQL,
        "    IF NOT EXISTS (SELECT FROM papers WHERE kind = NEW.kind AND year = NEW.year\n"
        "        AND sequence = NEW.last) THEN",
        "    IF FALSE THEN",
        (
            f"{SCHEMA}[a number that nothing was written under]",
            f"{SCHEMA}[a counter wound back to nothing]",
        ),
    ),
    Mutant(
        "without papers_after_the_money",
        SQL,
        "    IF NOT EXISTS (SELECT FROM payments p WHERE NEW.refund_id IS NULL",
        "    IF FALSE AND NOT EXISTS (SELECT FROM payments p WHERE NEW.refund_id IS NULL",
        (
            f"{SCHEMA}[an invoice of money that was not taken]",
            f"{SCHEMA}[a credit note for another's money]",
        ),
    ),
    Mutant(
        "without papers_invoiced_order_idx",
        SQL,
        "CREATE UNIQUE INDEX papers_invoiced_order_idx ON papers (order_id)"
        " WHERE kind = 'invoice';\n",
        "",
        (
            f"{SCHEMA}[a second invoice]",
            f"{CONTRACT}TestAnInvoice::test_is_no_second_one_for_an_order[postgres]",
        ),
    ),
    Mutant(
        "without papers_refund_id_key",
        SQL,
        "    CONSTRAINT papers_refund_id_key UNIQUE (refund_id),\n",
        "",
        (f"{SCHEMA}[a second credit note of a refund]",),
    ),
    Mutant(
        "anybody's invoice for everybody",
        "service_layer/printing.py",
        "orders.order(command.order, command.shopper)",
        "orders.order(command.order, None)",
        ("http/test_papers.py::test_a_paper_is_shown_to_nobody_else",),
    ),
    Mutant(
        "an invoice that may be cached",
        "entrypoints/http/areas/papers.py",
        '"Cache-Control": "no-store"',
        '"Cache-Control": "public, max-age=60"',
        ("http/test_papers.py::test_the_invoice_is_a_pdf_in_the_language_of_the_buyer",),
    ),
    Mutant(
        "a paper of the day it is printed",
        "adapters/fpdf2/canvas.py",
        "        self.set_creation_date(made_at)\n",
        "",
        ("unit/adapters/test_pdf.py::test_the_same_paper_is_the_same_bytes",),
    ),
    Mutant(
        "a name as markup",
        "service_layer/mailing/markup.py",
        "    return escape(text, quote=True)\n",
        "    return text\n",
        (
            f"{MAILING}test_a_name_is_never_markup[script]",
            f"{MAILING}test_neither_are_a_reason_and_an_address",
        ),
    ),
    Mutant(
        "a header from a subject",
        "service_layer/messages.py",
        '" ".join(mail.subject.split())',
        "mail.subject",
        (f"{MAILING}TestAMessage::test_has_no_header_that_a_subject_brought[CRLF]",),
    ),
    Mutant(
        "every mail in English",
        "service_layer/mailing/orders.py",
        "    return Letter(contact.email, contact.name, contact.language, titled, blocks, paper)\n",
        "    english = type(contact.language).EN\n"
        "    return Letter(contact.email, contact.name, english, titled, blocks, paper)\n",
        (f"{MAILING}test_a_mail_is_in_the_language_of_who_gets_it[de]",),
    ),
]


@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_a_mutant_is_killed(must_die, mutant):
    must_die(mutant)


def test_what_kills_them_passes_without_them(must_live):
    must_live(MUTANTS)
