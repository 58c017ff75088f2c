"""An order happens once: after a crash, without an answer, and for each repetition of its key."""

import pytest
from tests.harness.language import (
    a_key,
    an_offer,
    buy,
    drain_all,
    hold,
    ledger,
    only_order,
    order_of,
    receive,
    states,
    told,
    view,
)
from tests.harness.steps import Crash

from watchstore.domain.errors import (
    InProgress,
    InvalidValue,
    KeyReused,
)


class TestAnUnsettledPayment:
    def test_is_completed_by_the_worker_with_one_charge(self, house):
        offer = an_offer(house)
        receipt = buy(house, offer, card="tok_timeout")
        assert receipt.state == "awaiting_payment"
        assert states(house, offer) == ["ordered"]

        house.clock.advance(6)
        drain_all(house)

        assert view(house, receipt).state == "paid"
        assert states(house, offer) == ["sold"]
        assert ledger(house) == ["authorised"]

    def test_waits_six_seconds_for_its_own_process(self, house):
        offer = an_offer(house)
        drain_all(house)
        buy(house, offer, card="tok_timeout")
        house.clock.advance(5.9)
        assert house.shop.drain() == 0


class TestACrash:
    @pytest.mark.parametrize("step", ["gateway.authorise:before", "gateway.authorise:after"])
    @pytest.mark.parametrize(
        ("card", "state", "charges"),
        [("tok_accepted", "paid", "authorised"), ("tok_declined", "cancelled", "declined")],
    )
    def test_around_the_gateway_is_completed_with_one_charge(
        self, house, step, card, state, charges
    ):
        house.steps.crash(step)
        with pytest.raises(Crash):
            buy(house, an_offer(house), card=card)
        assert only_order(house).state == "awaiting_payment"

        house.clock.advance(6)
        drain_all(house)

        assert only_order(house).state == state
        assert ledger(house) == [charges]

    def test_before_the_first_commit_leaves_nothing(self, house):
        offer = an_offer(house)
        house.steps.crash("commit:before")
        with pytest.raises(Crash):
            buy(house, offer, key=a_key())
        assert house.shop.orders.orders().total == 0
        assert states(house, offer) == ["free"]
        assert buy(house, offer, key=a_key()).state == "paid"

    def test_before_the_second_commit_asks_the_gateway_again_with_the_same_key(self, house):
        house.steps.crash("commit:before", time=2)
        with pytest.raises(Crash):
            buy(house, an_offer(house), key=a_key())
        assert only_order(house).state == "awaiting_payment"
        house.clock.advance(6)
        drain_all(house)
        assert only_order(house).state == "paid"
        assert ledger(house) == ["authorised"]

    def test_after_the_second_commit_has_lost_nothing(self, house):
        offer = an_offer(house)
        house.steps.crash("commit:after", time=2)
        with pytest.raises(Crash):
            buy(house, offer, key=a_key())
        assert buy(house, offer, key=a_key()).number == only_order(house).number
        assert ledger(house) == ["authorised"]


class TestAKey:
    def test_gives_the_first_answer_again(self, house):
        offer = an_offer(house, pieces=2)
        first = buy(house, offer, key=a_key())
        assert buy(house, offer, key=a_key()) == first
        assert states(house, offer) == ["free", "sold"]

    @pytest.mark.parametrize("card", ["tok_accepted", "tok_declined"])
    def test_replays_a_refusal_word_for_word(self, house, card):
        offer = an_offer(house, pieces=1 if card == "tok_declined" else 0)
        command = order_of((offer, 1), card=card, key=a_key())
        first = told(house.shop.place_order, command)
        receive(house, offer)
        assert told(house.shop.place_order, command) == first
        assert first[0] in ("sold_out", "payment_declined")

    def test_replays_whichever_refusal_came_first(self, house):
        offer = an_offer(house)
        hold(house, offer, seconds=30)
        command = order_of((offer, 1), key=a_key())
        first = told(house.shop.place_order, command)
        house.clock.advance(60)
        assert told(house.shop.place_order, command) == first
        assert first[0] == "all_reserved"

    def test_is_refused_for_another_body(self, house):
        offer = an_offer(house, pieces=2)
        buy(house, offer, key=a_key())
        with pytest.raises(KeyReused):
            buy(house, offer, key=a_key(body="another"))

    def test_of_somebody_else_is_another_key(self, house):
        offer = an_offer(house, pieces=2)
        first = buy(house, offer, key=a_key(actor="ada"))
        assert buy(house, offer, key=a_key(actor="bob")).number != first.number

    def test_lives_for_a_day(self, house):
        offer = an_offer(house, pieces=2)
        first = buy(house, offer, key=a_key())
        house.clock.advance(24 * 3600 - 1)
        assert buy(house, offer, key=a_key()) == first
        house.clock.advance(1)
        assert buy(house, offer, key=a_key()).number != first.number

    def test_of_an_invalid_request_is_free_again(self, house):
        offer = an_offer(house)
        with pytest.raises(InvalidValue):
            buy(house, offer, quantity=0, key=a_key())
        assert buy(house, offer, key=a_key()).state == "paid"

    def test_tells_a_twin_in_progress_after_it_waited(self, house):
        offer = an_offer(house, pieces=2)
        command = order_of((offer, 1), key=a_key())
        started = house.clock.now()
        answers = []
        house.steps.at(
            "gateway.authorise:before",
            lambda: answers.append(told(house.rival.place_order, command)),
        )

        house.shop.place_order(command)

        ((code, _, details),) = answers
        assert (code, details) == (InProgress.code, {"retry_after": 1})
        assert (house.clock.now() - started).total_seconds() == pytest.approx(1.55)
        assert house.shop.orders.orders().total == 1

    def test_lets_a_twin_see_the_answer_that_came_while_it_waited(self, house):
        offer = an_offer(house)
        command = order_of((offer, 1), key=a_key())
        house.steps.crash("gateway.authorise:after")
        with pytest.raises(Crash):
            house.shop.place_order(command)
        house.clock.advance(6)
        house.steps.at("keys.peek:before", lambda: drain_all(house))

        twin = house.shop.place_order(command)

        assert twin.number == only_order(house).number
        assert twin.state == "paid"

    def test_that_vanished_while_a_twin_waited_is_not_answered(self, house):
        offer = an_offer(house)
        command = order_of((offer, 1), key=a_key())
        house.steps.crash("gateway.authorise:before")
        with pytest.raises(Crash):
            house.shop.place_order(command)
        house.steps.at("keys.peek:before", lambda: house.clock.advance(86_400))
        with pytest.raises(InProgress):
            house.shop.place_order(command)

    def test_is_answered_for_an_unsettled_payment_once_the_worker_settled_it(self, house):
        offer = an_offer(house)
        command = order_of((offer, 1), key=a_key(), card="tok_timeout")
        first = house.shop.place_order(command)
        assert told(house.shop.place_order, command)[0] == "in_progress"
        house.clock.advance(6)
        drain_all(house)
        replayed = house.shop.place_order(command)
        assert (replayed.number, replayed.state) == (first.number, "paid")
