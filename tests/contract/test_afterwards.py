"""After the sale, against every storage: parcels, delivery, returns, withdrawn pieces, tracking."""

from datetime import timedelta
from uuid import UUID

import pytest
from tests.harness.language import (
    GUEST,
    a_key,
    an_offer,
    buy,
    cancel,
    decide,
    deliver,
    drain_all,
    inspect,
    ledger,
    order_of,
    refund,
    send_back,
    ship,
    states,
    subjects,
    told,
    view,
)
from tests.harness.racing import answers, race
from tests.harness.steps import away

from watchstore.domain import Email, OrderNumber, PieceId, ReturnId
from watchstore.domain.errors import (
    IllegalTransition,
    NotFound,
    NotInOrder,
    ReturnWindowClosed,
    SoldOut,
    TooManyAttempts,
)
from watchstore.service_layer.commands import Shopper, TrackOrder, Wanted


@pytest.fixture
def delivered(house):
    """Two watches, sent and arrived."""
    offer = an_offer(house, 2)
    receipt = buy(house, offer, 2)
    ship(house, receipt)
    deliver(house, receipt)
    return offer, receipt


class TestParcels:
    def test_the_money_is_taken_once_with_the_first(self, house):
        one, two = an_offer(house), an_offer(house)
        receipt = house.shop.place_order(order_of((one, 1), (two, 1)))

        assert ship(house, receipt, Wanted(two)).state == "partly_shipped"
        drain_all(house)
        assert "The rest follows" in house.mailer.sent[-1].text
        assert house.mailer.sent[-1].text.count("Snowflake") == 1
        assert ship(house, receipt).state == "shipped"
        drain_all(house)

        assert "The rest follows" not in house.mailer.sent[-1].text
        assert ledger(house) == ["authorised", "captured"]
        order = view(house, receipt)
        assert [(row.carrier, row.tracking, row.pieces) for row in order.parcels] == [
            ("DHL", "JD0001", 1),
            ("DHL", "JD0001", 1),
        ]
        assert [entry.state for entry in order.timeline][2:] == [
            "dispatching",
            "partly_shipped",
            "shipped",
        ]

    def test_hold_no_more_than_is_left(self, house):
        offer = an_offer(house, 2)
        receipt = buy(house, offer, 2)
        with pytest.raises(NotInOrder):
            ship(house, receipt, Wanted(offer, 3))
        ship(house, receipt, Wanted(offer))
        with pytest.raises(NotInOrder):
            ship(house, receipt, Wanted(offer, 2))

    def test_two_clerks_send_one_last_parcel(self, house):
        offer = an_offer(house, 2)
        receipt = buy(house, offer, 2)
        ship(house, receipt, Wanted(offer))
        outcomes = race([lambda: ship(house, receipt)] * 4)
        assert len(answers(outcomes)) == 1
        assert len(view(house, receipt).parcels) == 2

    def test_a_part_is_neither_cancelled_nor_delivered(self, house):
        offer = an_offer(house, 2)
        receipt = buy(house, offer, 2)
        ship(house, receipt, Wanted(offer))
        for step in (cancel, deliver):
            with pytest.raises(IllegalTransition):
                step(house, receipt)

    def test_arrive_once(self, house, delivered):
        _, receipt = delivered
        assert view(house, receipt).state == "delivered"
        with pytest.raises(IllegalTransition):
            deliver(house, receipt)
        drain_all(house)
        assert subjects(house)[-1] == f"Order {receipt.number} was delivered"


class TestCancellingWithoutRestocking:
    def test_withdraws_the_pieces_from_sale(self, house):
        offer = an_offer(house)
        receipt = buy(house, offer)
        assert cancel(house, receipt, restock=False, reason="water inside").state == "cancelled"
        assert states(house, offer) == ["withdrawn"]
        assert ledger(house) == ["authorised", "voided"]
        (stock,) = house.shop.office.stock()
        assert (stock.free, stock.held, stock.ordered, stock.sold) == (0, 0, 0, 0)
        with pytest.raises(SoldOut):
            buy(house, offer)

    def test_until_they_are_restocked(self, house):
        offer = an_offer(house)
        cancel(house, buy(house, offer), restock=False)
        (piece,) = house.shop.office.pieces(offer)
        house.shop.restock_piece(PieceId(UUID(piece.id)))
        assert states(house, offer) == ["free"]
        with pytest.raises(IllegalTransition):
            house.shop.restock_piece(PieceId(UUID(piece.id)))
        assert buy(house, offer).state == "paid"


class TestReturns:
    @pytest.mark.parametrize(("restock", "state"), [(True, "free"), (False, "withdrawn")])
    def test_are_paid_back_once_inspected(self, house, delivered, restock, state):
        offer, receipt = delivered
        returned = send_back(house, receipt, Wanted(offer))
        assert decide(house, receipt, returned, "approved") == "approved"
        assert decide(house, receipt, returned, "received") == "received"

        answer = inspect(house, receipt, returned, restock=restock)

        assert (answer.state, answer.restocked) == ("refunded", restock)
        assert states(house, offer) == sorted([state, "sold"])
        assert ledger(house) == ["authorised", "captured", "refunded"]
        order = view(house, receipt)
        assert (order.state, order.refunded_amount) == ("delivered", 580000)
        assert [(row.state, row.pieces, row.reason) for row in order.returns] == [
            ("refunded", 1, "too large")
        ]
        assert [(row.state, row.pieces) for row in order.refunds] == [("done", 1)]
        drain_all(house)
        assert subjects(house).count(f"Your return of order {receipt.number}") == 3
        assert subjects(house)[-1] == f"A refund for order {receipt.number}"

    def test_a_restocked_piece_is_sold_again(self, house, delivered):
        offer, receipt = delivered
        returned = send_back(house, receipt, Wanted(offer))
        decide(house, receipt, returned, "approved")
        decide(house, receipt, returned, "received")
        inspect(house, receipt, returned, restock=True)
        assert buy(house, offer).state == "paid"
        assert states(house, offer) == ["sold", "sold"]

    def test_a_rejected_one_goes_back_to_the_buyer(self, house, delivered):
        offer, receipt = delivered
        returned = send_back(house, receipt, Wanted(offer))
        decide(house, receipt, returned, "approved")
        decide(house, receipt, returned, "received")
        answer = inspect(house, receipt, returned, accepted=False, note="worn for weeks")
        assert (answer.state, answer.restocked, answer.note) == ("rejected", None, "worn for weeks")
        assert states(house, offer) == ["sold", "sold"]
        assert "refunded" not in ledger(house)
        drain_all(house)
        assert "worn for weeks" in house.mailer.sent[-1].text

    def test_go_their_way_and_no_other(self, house, delivered):
        offer, receipt = delivered
        returned = send_back(house, receipt, Wanted(offer))
        for state in ("received",):
            with pytest.raises(IllegalTransition):
                decide(house, receipt, returned, state)
        with pytest.raises(IllegalTransition):
            inspect(house, receipt, returned)
        decide(house, receipt, returned, "declined", "not ours")
        for state in ("approved", "received", "declined"):
            with pytest.raises(IllegalTransition):
                decide(house, receipt, returned, state)

    def test_name_each_piece_once(self, house, delivered):
        offer, receipt = delivered
        first = send_back(house, receipt, Wanted(offer))
        send_back(house, receipt, Wanted(offer))
        with pytest.raises(NotInOrder):
            send_back(house, receipt, Wanted(offer))
        decide(house, receipt, first, "declined")
        send_back(house, receipt, Wanted(offer))

    def test_eight_at_once_ask_for_two_pieces(self, house, delivered):
        offer, receipt = delivered
        outcomes = race([lambda: send_back(house, receipt, Wanted(offer))] * 8)
        assert len(answers(outcomes)) == 2

    def test_of_what_was_refunded_by_hand_are_refused(self, house, delivered):
        offer, receipt = delivered
        refund(house, receipt, lines=(Wanted(offer, 2),))
        with pytest.raises(NotInOrder):
            send_back(house, receipt, Wanted(offer))

    def test_pay_for_a_piece_that_nobody_pays_back_by_hand_meanwhile(self, house, delivered):
        offer, receipt = delivered
        first = send_back(house, receipt, Wanted(offer))
        with pytest.raises(NotInOrder):
            refund(house, receipt, lines=(Wanted(offer, 2),))
        refund(house, receipt, lines=(Wanted(offer),))
        decide(house, receipt, first, "approved")
        decide(house, receipt, first, "received")
        inspect(house, receipt, first)
        amounts = [row.refunded_amount for row in view(house, receipt).refunds]
        assert amounts == [580_000, 580_000]
        with pytest.raises(NotInOrder):
            refund(house, receipt, lines=(Wanted(offer),))

    def test_one_key_is_one_return(self, house, delivered):
        offer, receipt = delivered
        ids = {send_back(house, receipt, Wanted(offer), key=a_key()) for _ in range(2)}
        assert len(ids) == 1
        assert len(view(house, receipt).returns) == 1

    def test_end_with_the_fourteenth_day(self, house, delivered):
        offer, receipt = delivered
        house.clock.advance(timedelta(days=14).total_seconds())
        send_back(house, receipt, Wanted(offer))
        house.clock.advance(1)
        with pytest.raises(ReturnWindowClosed):
            send_back(house, receipt, Wanted(offer))

    def test_need_a_sent_order(self, house):
        offer = an_offer(house)
        receipt = buy(house, offer)
        with pytest.raises(IllegalTransition):
            send_back(house, receipt, Wanted(offer))

    def test_of_somebody_elses_order_are_of_none(self, house, delivered):
        offer, receipt = delivered
        for stranger in (Shopper(), Shopper(guest_hash="0" * 64)):
            with pytest.raises(NotFound):
                send_back(house, receipt, Wanted(offer), shopper=stranger)
        other = buy(house, an_offer(house), shopper=GUEST)
        returned = send_back(house, receipt, Wanted(offer))
        with pytest.raises(NotFound):
            decide(house, other, returned, "approved")
        with pytest.raises(NotFound):
            decide(house, receipt, ReturnId(house.entropy.new_id()), "approved")

    def test_whose_refund_has_no_answer_are_completed_by_the_worker(self, house, delivered, later):
        offer, receipt = delivered
        returned = send_back(house, receipt, Wanted(offer))
        decide(house, receipt, returned, "approved")
        decide(house, receipt, returned, "received")
        house.steps.at("gateway.refund:before", away)
        assert inspect(house, receipt, returned, restock=True).state == "accepted"
        later(timedelta(seconds=6))
        drain_all(house)
        assert [row.state for row in view(house, receipt).returns] == ["refunded"]
        assert ledger(house).count("refunded") == 1


class TestTracking:
    def track(self, house, number, email="ada@example.com", origin="198.51.100.7"):
        command = TrackOrder(OrderNumber(number), Email.parse(email), origin)
        return house.shop.track_order(command)

    def test_tells_what_became_of_it_and_nothing_of_the_buyer(self, house, delivered):
        _, receipt = delivered
        tracked = self.track(house, receipt.number, "ADA@example.com")
        assert (tracked.state, tracked.parcels[0].tracking) == ("delivered", "JD0001")
        assert {entry.by for entry in tracked.timeline} == {"buyer", "gateway", "shop"}
        assert not hasattr(tracked, "address")

    def test_tells_of_returns_and_refunds_without_anybodys_words(self, house):
        offer = an_offer(house)
        receipt = buy(house, offer)
        ship(house, receipt)
        asked = send_back(house, receipt, Wanted(offer), reason="it was a gift")
        decide(house, receipt, asked, "approved", "send it to my desk")
        decide(house, receipt, asked, "received")
        inspect(house, receipt, asked, restock=True, note="like new")
        notes = [entry.note for entry in self.track(house, receipt.number).timeline if entry.note]
        assert notes == [
            "return requested",
            "return approved",
            "return received",
            "refund of 5,800.00 USD asked for",
            "return accepted",
            "refunded 5,800.00 USD",
        ]
        gone = buy(house, an_offer(house))
        cancel(house, gone, reason="return me my money")
        assert not any(entry.note for entry in self.track(house, gone.number).timeline)

    def test_a_wrong_address_is_as_a_wrong_number(self, house, delivered):
        _, receipt = delivered
        wrong = told(self.track, house, receipt.number, "bob@example.com")
        assert wrong == told(self.track, house, "WS-0000000000")
        assert wrong == ("not_found", "There is no such order.", {})

    def test_is_limited_by_caller_and_by_order(self, house, delivered):
        _, receipt = delivered
        for _ in range(20):
            told(self.track, house, "WS-0000000000")
        with pytest.raises(TooManyAttempts):
            self.track(house, receipt.number)
        for number in range(20):
            told(self.track, house, receipt.number, "bob@example.com", f"198.51.100.{number + 20}")
        with pytest.raises(TooManyAttempts):
            self.track(house, receipt.number, origin="203.0.113.1")
