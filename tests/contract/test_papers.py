"""Papers against every storage: numbers without a gap, one for each movement of money."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from tests.harness.language import (
    an_offer,
    buy,
    drain_all,
    payment_of,
    refund,
    reprice,
    ship,
    view,
)
from tests.harness.papers import FIRST
from tests.harness.racing import answers, race
from tests.harness.steps import Crash

from watchstore.domain import Money, OrderNumber, PaperKind, PaperNumber, Terms
from watchstore.domain.errors import NotFound
from watchstore.service_layer import invoicing, scheduling
from watchstore.service_layer.commands import PrintPaper, Wanted


def numbers(house, *receipts):
    return sorted(doc.number for receipt in receipts for doc in view(house, receipt).documents)


def paper_of(house, receipt, *, kind="invoice"):
    (document,) = [doc for doc in view(house, receipt).documents if doc.kind == kind]
    with house.storage.begin() as uow:
        return uow.papers.get(PaperNumber.parse(document.number))


def year(house):
    return house.clock.now().year


def order_of_number(uow, receipt):
    return uow.orders.find(OrderNumber(receipt.number))


class TestAnInvoice:
    def test_is_written_when_the_money_is_taken_and_not_before(self, house):
        receipt = buy(house, an_offer(house))
        assert view(house, receipt).documents == ()
        ship(house, receipt)
        assert numbers(house, receipt) == [f"{year(house)}-000001"]
        assert paper_of(house, receipt).total == payment_of(house, receipt).amount

    @pytest.mark.breaks("voided")
    def test_is_not_written_for_a_capture_that_is_refused(self, house):
        receipt = buy(house, an_offer(house))
        house.gateway.void(key="by-hand", reference=payment_of(house, receipt).reference)
        assert ship(house, receipt).state == "paid"
        assert view(house, receipt).documents == ()

    def test_is_one_however_many_parcels(self, house):
        offer = an_offer(house, 2)
        receipt = buy(house, offer, 2)
        ship(house, receipt, Wanted(offer, 1))
        ship(house, receipt)
        assert len(numbers(house, receipt)) == 1

    def test_stays_as_it_was_when_everything_else_changes(self, house):
        offer = an_offer(house)
        receipt = buy(house, offer)
        ship(house, receipt)
        before = house.shop.print_paper(PrintPaper(OrderNumber(receipt.number)))
        reprice(house, offer, "1")
        house.shop.ports = replace(house.shop.ports, terms=Terms(home="FR"))
        assert house.shop.print_paper(PrintPaper(OrderNumber(receipt.number))) == before

    def test_is_no_second_one_for_an_order(self, house):
        receipt = buy(house, an_offer(house))
        ship(house, receipt)
        with pytest.raises(Exception, match="invoiced_order"), house.storage.begin() as uow:
            order = order_of_number(uow, receipt)
            invoicing.invoice(uow, order, clock=house.clock, terms=Terms())
            uow.commit()
        assert len(numbers(house, receipt)) == 1

    def test_is_none_of_money_that_did_not_move(self, house):
        receipt = buy(house, an_offer(house))
        with pytest.raises(Exception, match="after_the_money"), house.storage.begin() as uow:
            order = order_of_number(uow, receipt)
            invoicing.invoice(uow, order, clock=house.clock, terms=Terms())
            uow.commit()
        assert view(house, receipt).documents == ()

    def test_that_does_not_exist_is_not_found(self, house):
        receipt = buy(house, an_offer(house))
        with pytest.raises(NotFound), house.storage.begin() as uow:
            uow.papers.get(FIRST)
        for credit_note in (None, "C2026-000001", "nonsense"):
            with pytest.raises(NotFound):
                command = PrintPaper(OrderNumber(receipt.number), credit_note=credit_note)
                house.shop.print_paper(command)


class TestACreditNote:
    def test_is_written_for_each_refund_that_went_out(self, house):
        offer = an_offer(house, 2)
        receipt = buy(house, offer, 2)
        ship(house, receipt)
        refund(house, receipt, lines=(Wanted(offer),), reason="a scratch")
        refund(house, receipt, amount=Money.of(100, "USD"))
        invoice, *notes = view(house, receipt).documents
        assert [note.number for note in notes] == [
            f"C{year(house)}-000001",
            f"C{year(house)}-000002",
        ]
        with house.storage.begin() as uow:
            first, second = (uow.papers.get(PaperNumber.parse(note.number)) for note in notes)
        assert [line.quantity for line in first.lines] == [1]
        assert first.invoice is not None
        assert first.invoice.text == second.invoice.text == invoice.number
        assert second.total == Money.of(100, "USD")
        assert house.rival.verify() == ()

    @pytest.mark.breaks("refunded_amount")
    def test_is_not_written_for_a_refund_that_is_refused(self, house):
        receipt = buy(house, an_offer(house))
        ship(house, receipt)
        reference = payment_of(house, receipt).reference
        house.gateway.refund(key="by-hand", reference=reference, amount=Money.of(1, "USD"))
        assert refund(house, receipt).state == "refused"
        assert [doc.kind for doc in view(house, receipt).documents] == ["invoice"]

    def test_comes_with_the_invoice_that_an_older_release_did_not_write(self, house, monkeypatch):
        receipt = buy(house, an_offer(house))
        with monkeypatch.context() as older:
            older.setattr("watchstore.service_layer.paying.invoice", lambda *_, **__: None)
            ship(house, receipt)
        assert view(house, receipt).documents == ()
        refund(house, receipt)
        assert [doc.kind for doc in view(house, receipt).documents] == ["invoice", "credit_note"]
        assert house.rival.verify() == ()


def test_what_an_older_release_left_is_written_within_the_hour(house, monkeypatch):
    offer = an_offer(house, 2)
    charged, back = buy(house, offer), buy(house, offer)
    with monkeypatch.context() as older:
        for module in ("paying.invoice", "refunding.credit"):
            older.setattr(f"watchstore.service_layer.{module}", lambda *_, **__: None)
        ship(house, charged)
        ship(house, back)
        refund(house, back)
    found = {(one.rule, one.id) for one in house.rival.verify()}
    assert {rule for rule, _ in found} == {"invoice_missing", "credit_note_missing"}
    told = []
    write = partial(
        scheduling.write_missing_papers,
        checks=house.storage.checks,
        begin=house.storage.begin,
        clock=house.clock,
        terms=Terms(),
        report=lambda event, **facts: told.append((event, facts)),
    )
    write()
    assert [event for event, _ in told] == ["paper_written_late"] * 2
    assert [doc.kind for doc in view(house, back).documents] == ["invoice", "credit_note"]
    assert house.rival.verify() == ()
    write()
    assert len(told) == 2


class TestNumbers:
    def test_of_32_captures_at_once_are_1_to_32(self, house):
        offer = an_offer(house, 32)
        receipts = [buy(house, offer) for _ in range(32)]
        outcomes = race([partial(ship, house, receipt) for receipt in receipts])
        assert {answer.state for answer in answers(outcomes)} == {"shipped"}
        assert numbers(house, *receipts) == [f"{year(house)}-{n:06}" for n in range(1, 33)]
        assert house.rival.verify() == ()

    def test_that_are_rolled_back_are_given_to_the_next(self, house):
        offer = an_offer(house, 3)
        lost, *kept = (buy(house, offer) for _ in range(3))
        with house.storage.begin() as uow:
            payment = uow.payments.get(payment_of(house, lost).id)
            captured = payment.capture().answered(
                payment.capture().pending, approved=True, reference=payment.reference
            )
            uow.payments.save(captured)
            order = order_of_number(uow, lost)
            written = invoicing.invoice(uow, order, clock=house.clock, terms=Terms())
        assert written.number.sequence == 1
        for receipt in kept:
            ship(house, receipt)
        assert numbers(house, *kept) == [f"{year(house)}-000001", f"{year(house)}-000002"]

    @pytest.mark.parametrize(
        "step", ["papers.issue:before", "papers.issue:after", "commit:before", "commit:after"]
    )
    def test_survive_a_crash_between_steps(self, house, later, step):
        offer = an_offer(house, 2)
        crashed, other = buy(house, offer), buy(house, offer)
        house.steps.crash(step, time=2 if step.startswith("commit") else 1)
        with pytest.raises(Crash):
            ship(house, crashed)
        ship(house, other)
        later(timedelta(seconds=7))
        drain_all(house)
        assert numbers(house, crashed, other) == [f"{year(house)}-{n:06}" for n in (1, 2)]
        assert house.rival.verify() == ()

    @pytest.mark.parametrize("step", ["papers.issue:before", "papers.issue:after", "commit:before"])
    def test_of_a_refund_survive_too(self, house, later, step):
        receipt = buy(house, an_offer(house))
        ship(house, receipt)
        house.steps.crash(step, time=2 if step.startswith("commit") else 1)
        with pytest.raises(Crash):
            refund(house, receipt)
        later(timedelta(seconds=7))
        drain_all(house)
        assert numbers(house, receipt) == [f"{year(house)}-000001", f"C{year(house)}-000001"]

    def test_begin_anew_each_year(self, house):
        offer = an_offer(house, 2)
        first, second = buy(house, offer), buy(house, offer)
        ship(house, first)
        house.clock.advance(366 * 86_400)
        ship(house, second)
        one, two = paper_of(house, first).number, paper_of(house, second).number
        assert (one.sequence, two.sequence) == (1, 1)
        assert two.year == one.year + 1
        assert two.kind is PaperKind.INVOICE
