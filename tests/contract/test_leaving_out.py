"""The rest of an order that can't be sent is left out, and paid back once, whoever else acts."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest
from tests.harness.language import (
    CONTACT,
    a_key,
    an_offer,
    buy,
    deliver,
    drain_all,
    leave_out,
    ledger,
    order_of,
    payment_of,
    refund,
    send_back,
    ship,
    states,
    subjects,
    view,
)
from tests.harness.racing import answers, errors, race
from tests.harness.steps import away

from watchstore.adapters.memory.store import CheckViolation
from watchstore.adapters.postgres.errors import ConstraintViolated
from watchstore.domain import Money, OrderNumber, PieceId
from watchstore.domain.errors import IllegalTransition, KeyReused, NotFound, NotInOrder
from watchstore.domain.language import Language
from watchstore.service_layer.answers import Receipt
from watchstore.service_layer.commands import TrackOrder, Wanted

PRICE = 580_000
VIOLATIONS = (CheckViolation, ConstraintViolated)


@pytest.fixture
def part(house):
    """One of two watches is sent."""
    return sent_in_part(house)


def sent_in_part(house, **more):
    offer = an_offer(house, 2)
    receipt = buy(house, offer, 2, **more)
    ship(house, receipt, Wanted(offer))
    return offer, receipt


def repaid(house, receipt):
    return [(row.state, row.refunded_amount, row.pieces) for row in view(house, receipt).refunds]


def agree(house):
    drain_all(house)
    assert house.rival.verify() == ()


class TestLeavingOut:
    @pytest.mark.parametrize(("restock", "state"), [(True, "free"), (False, "withdrawn")])
    def test_pays_the_rest_back_and_gives_the_pieces_up(self, house, part, restock, state):
        offer, receipt = part

        answer = leave_out(house, receipt, reason="water inside", restock=restock)

        assert (answer.state, answer.pieces) == ("shipped", 1)
        assert (answer.refund.state, answer.refund.refunded_amount) == ("done", PRICE)
        assert states(house, offer) == sorted([state, "sold"])
        assert repaid(house, receipt) == [("done", PRICE, 1)]
        assert ledger(house) == ["authorised", "captured", "refunded"]
        shown = view(house, receipt)
        (line,) = shown.lines
        assert (line.quantity, line.left_out, line.returnable) == (2, 1, 1)
        assert "rest left out: water inside" in [entry.note for entry in shown.timeline]
        assert [paper.kind for paper in shown.documents] == ["invoice", "credit_note"]
        agree(house)

    def test_what_is_restocked_is_sold_again(self, house, part):
        offer, receipt = part
        leave_out(house, receipt, restock=True)
        assert buy(house, offer).state == "paid"
        agree(house)

    def test_the_order_goes_on_without_it(self, house, part):
        offer, receipt = part
        leave_out(house, receipt)
        for step in (ship, leave_out):
            with pytest.raises(IllegalTransition):
                step(house, receipt)
        with pytest.raises(NotInOrder):
            ship(house, receipt, Wanted(offer))
        assert deliver(house, receipt).state == "delivered"
        with pytest.raises(NotInOrder):
            send_back(house, receipt, Wanted(offer, 2))
        send_back(house, receipt, Wanted(offer))
        assert [line.returnable for line in view(house, receipt).lines] == [0]

    def test_nobody_is_asked_for_what_no_order_is(self, house):
        with pytest.raises(NotFound):
            leave_out(house, Receipt("WS-0000000000", "", 0, "", ""))

    def test_one_key_is_one_answer(self, house, part):
        _, receipt = part
        first, again = (leave_out(house, receipt, key=a_key()) for _ in range(2))
        assert first == again
        with pytest.raises(KeyReused):
            leave_out(house, receipt, key=a_key(body="another"))
        assert ledger(house).count("refunded") == 1

    def test_of_several_lines_each_tells_its_own(self, house):
        one, two = an_offer(house), an_offer(house, 2)
        receipt = house.shop.place_order(order_of((one, 1), (two, 2)))
        ship(house, receipt, Wanted(two))
        assert leave_out(house, receipt).pieces == 2
        lines = view(house, receipt).lines
        assert [(line.left_out, line.returnable) for line in lines] == [(1, 0), (1, 1)]
        assert repaid(house, receipt) == [("done", 2 * PRICE, 2)]
        agree(house)

    def test_who_tracks_it_is_told_without_anybodys_words(self, house, part):
        _, receipt = part
        leave_out(house, receipt, reason="the apprentice dropped it")
        command = TrackOrder(OrderNumber(receipt.number), CONTACT.email)
        notes = [entry.note for entry in house.shop.track_order(command).timeline if entry.note]
        assert notes[0] == "rest left out"


class TestWhatWasPaidBackBefore:
    def test_by_line_is_not_paid_again(self, house, part):
        offer, receipt = part
        refund(house, receipt, lines=(Wanted(offer),))
        answers = [leave_out(house, receipt, key=a_key()) for _ in range(2)]
        assert [(one.state, one.pieces, one.refund) for one in answers] == [
            ("shipped", 1, None)
        ] * 2
        assert repaid(house, receipt) == [("done", PRICE, 1)]
        assert [line.returnable for line in view(house, receipt).lines] == [1]
        drain_all(house)
        assert "went back to your card before" in house.mailer.sent[-1].text
        agree(house)

    @pytest.mark.parametrize(
        ("before", "left"), [("5000", PRICE), ("9000", 260_000), ("11600", None)]
    )
    def test_as_an_amount_leaves_at_most_the_rest(self, house, part, before, left):
        _, receipt = part
        refund(house, receipt, amount=Money.of(before, "USD"))
        answer = leave_out(house, receipt)
        assert (answer.refund and answer.refund.refunded_amount) == left
        assert payment_of(house, receipt).refundable.amount >= 0
        agree(house)

    def test_is_not_sent_any_more(self, house):
        """A watch whose money went back would be a present."""
        offer = an_offer(house, 3)
        receipt = buy(house, offer, 3)
        ship(house, receipt, Wanted(offer))
        refund(house, receipt, lines=(Wanted(offer),))
        for lines in ((), (Wanted(offer, 2),)):
            with pytest.raises(NotInOrder) as refusal:
                ship(house, receipt, *lines)
            assert refusal.value.details["left"] == 1
        assert ship(house, receipt, Wanted(offer)).state == "partly_shipped"
        assert leave_out(house, receipt).refund is None
        agree(house)

    def test_as_a_whole_is_not_sent_either(self, house, part):
        offer, receipt = part
        refund(house, receipt)
        for lines in ((), (Wanted(offer),)):
            with pytest.raises(NotInOrder):
                ship(house, receipt, *lines)

    def test_as_goodwill_is_sent_all_the_same(self, house, part):
        _, receipt = part
        refund(house, receipt, amount=Money.of("100", "USD"))
        assert ship(house, receipt).state == "shipped"


class TestWithoutAnAnswer:
    def test_the_worker_goes_on(self, house, part, later):
        _, receipt = part
        house.steps.at("gateway.refund:before", away)
        answer = leave_out(house, receipt)
        assert (answer.state, answer.refund.state) == ("shipped", "pending")
        later(timedelta(seconds=6))
        drain_all(house)
        assert repaid(house, receipt) == [("done", PRICE, 1)]
        agree(house)

    def test_one_key_asks_again(self, house, part):
        _, receipt = part
        house.steps.at("gateway.refund:before", away)
        tries = [leave_out(house, receipt, key=a_key()) for _ in range(2)]
        assert [one.refund.state for one in tries] == ["pending", "done"]
        assert tries[0].refund.id == tries[1].refund.id
        assert ledger(house).count("refunded") == 1


def refused_by_the_bank(house, receipt):
    """Somebody paid in the gateway's own pages, so that the bank refuses, once."""
    reference = payment_of(house, receipt).reference or ""
    house.gateway.refund(key="by-hand", reference=reference, amount=Money.of("11000", "USD"))
    answer = leave_out(house, receipt)
    assert (answer.state, answer.refund.state) == ("shipped", "refused")


@pytest.mark.breaks("refunded_amount")
def test_what_the_bank_refused_is_asked_for_again_by_line(house, part):
    offer, receipt = part
    refused_by_the_bank(house, receipt)

    again = refund(house, receipt, lines=(Wanted(offer),))

    assert again.refunded_amount == PRICE
    with house.storage.begin() as uow:
        order = uow.orders.find(OrderNumber(receipt.number))
        first, second = uow.refunds.of_order(order.id)
    assert first.pieces == second.pieces == order.left_out


@pytest.mark.breaks("refunded_amount")
def test_what_the_bank_refused_cannot_be_sent_back(house, part):
    offer, receipt = part
    refused_by_the_bank(house, receipt)
    assert [line.returnable for line in view(house, receipt).lines] == [1]
    with pytest.raises(NotInOrder):
        send_back(house, receipt, Wanted(offer, 2))


class TestTheBuyer:
    def test_is_told_what_does_not_come(self, house, part):
        _, receipt = part
        drain_all(house)
        leave_out(house, receipt, reason="water inside")
        drain_all(house)
        assert subjects(house)[-2:] == [
            f"Order {receipt.number}: a part of it cannot come",
            f"A refund for order {receipt.number}",
        ]
        told = house.mailer.sent[-2]
        for text in (told.text, told.html):
            assert "Snowflake" in text
            assert "water inside" in text
            assert "goes back to your card" in text

    def test_is_not_promised_a_parcel_that_was_given_up_meanwhile(self, house, part):
        _, receipt = part
        leave_out(house, receipt)
        drain_all(house)
        assert not any("The rest follows" in mail.text for mail in house.mailer.sent)

    def test_is_told_in_german(self, house):
        german = CONTACT.__class__(CONTACT.email, CONTACT.name, "", Language.DE)
        _, receipt = sent_in_part(house, contact=german)
        leave_out(house, receipt)
        drain_all(house)
        assert "ein Teil kann nicht kommen" in subjects(house)[-2]
        assert "gehen zurück auf Ihre Karte" in house.mailer.sent[-2].text


class TestTheStorage:
    def saved(self, house, receipt, **changes):
        with house.storage.begin() as uow:
            order = uow.orders.find(OrderNumber(receipt.number))
            uow.orders.save(replace(order, **changes))
            uow.commit()

    def test_leaves_nothing_out_of_what_is_still_to_be_sent(self, house, part):
        _, receipt = part
        with pytest.raises(VIOLATIONS, match="left_out"):
            self.saved(house, receipt, left_out=(PieceId(UUID(int=1)),))

    def test_forgets_nothing_that_was_left_out(self, house, part):
        _, receipt = part
        leave_out(house, receipt)
        with pytest.raises(VIOLATIONS, match="left_out"):
            self.saved(house, receipt, left_out=())


class TestAtTheSameMoment:
    def test_it_is_sent_or_left_out(self, house, part):
        offer, receipt = part

        outcomes = race([lambda: leave_out(house, receipt), lambda: ship(house, receipt)] * 4)

        (won,) = answers(outcomes)
        assert won.state == "shipped"
        assert len(errors(outcomes)) == 7
        order = view(house, receipt)
        left_out = sum(line.left_out for line in order.lines)
        assert (len(order.parcels), left_out) in {(2, 0), (1, 1)}
        assert len(repaid(house, receipt)) == ledger(house).count("refunded") == left_out
        assert states(house, offer) == (["sold", "withdrawn"] if left_out else ["sold", "sold"])
        agree(house)

    def test_it_is_paid_back_once_whoever_asks(self, house):
        sent, stays = an_offer(house), an_offer(house)
        receipt = house.shop.place_order(order_of((sent, 1), (stays, 1)))
        ship(house, receipt, Wanted(sent))
        by_hand = partial(refund, house, receipt, lines=(Wanted(stays),))

        outcomes = race([partial(leave_out, house, receipt), by_hand] * 4)

        assert 1 <= len(answers(outcomes)) <= 2
        assert view(house, receipt).state == "shipped"
        assert repaid(house, receipt) == [("done", PRICE, 1)]
        assert ledger(house).count("refunded") == 1
        agree(house)

    def test_eight_managers_leave_it_out_once(self, house, part):
        _, receipt = part
        outcomes = race([lambda: leave_out(house, receipt)] * 8)
        assert len(answers(outcomes)) == 1
        assert ledger(house).count("refunded") == 1
        agree(house)
