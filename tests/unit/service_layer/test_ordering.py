"""Placing an order: what is sold, what is refused, and that a key makes it happen once."""

import pytest
from tests.harness.language import (
    ADDRESS,
    CONTACT,
    GUEST,
    a_customer,
    a_key,
    a_watch,
    an_offer,
    buy,
    drain_all,
    hold,
    ledger,
    only_order,
    order_of,
    receive,
    states,
    subjects,
    told,
    user_id,
    view,
)
from tests.harness.steps import Crash

from watchstore.domain import Delivery, Money, OfferId, OrderNumber, Publication
from watchstore.domain.errors import (
    AllReserved,
    HoldExpired,
    InProgress,
    InvalidValue,
    KeyReused,
    MixedCurrency,
    NotForSale,
    PaymentDeclined,
    PriceChanged,
    SoldOut,
)
from watchstore.service_layer.commands import Shopper


class TestASale:
    def test_is_paid_for_and_takes_the_piece(self, house):
        offer = an_offer(house, pieces=2)

        receipt = buy(house, offer)

        assert (receipt.state, receipt.amount, receipt.currency) == ("paid", 580_000, "USD")
        assert states(house, offer) == ["free", "sold"]
        assert ledger(house) == ["authorised"]

    def test_keeps_what_was_sold_whatever_is_edited_later(self, house):
        watch = a_watch(house)
        offer = an_offer(house, watch=watch)
        receipt = buy(house, offer)
        house.shop.withdraw_watch(watch)
        house.shop.close_offer(offer)

        order = view(house, receipt)

        (line,) = order.lines
        assert (line.brand, line.reference, line.name) == ("Grand Seiko", "SBGA211", "Snowflake")
        assert (line.amount, line.quantity, line.condition) == (580_000, 1, "new")
        assert [entry.state for entry in order.timeline] == ["awaiting_payment", "paid"]
        assert order.payment == "authorised"

    def test_adds_express_delivery_to_the_total(self, house):
        receipt = buy(house, an_offer(house), delivery=Delivery.EXPRESS)

        order = view(house, receipt)

        assert (order.items_amount, order.delivery_amount) == (580_000, 4_500)
        assert order.amount == receipt.amount == 584_500

    def test_sums_lines_of_one_offer(self, house):
        offer = an_offer(house, pieces=3)
        receipt = house.shop.place_order(order_of((offer, 1), (offer, 2)))
        assert [line.quantity for line in view(house, receipt).lines] == [3]
        assert receipt.amount == 3 * 580_000

    def test_needs_no_address_when_picked_up(self, house):
        receipt = buy(house, an_offer(house), address=None, delivery=Delivery.PICK_UP)
        assert view(house, receipt).address is None

    def test_is_announced_by_mail_once_it_is_paid(self, house):
        receipt = buy(house, an_offer(house))
        assert drain_all(house) == 1
        house.clock.advance(6)
        drain_all(house)
        assert subjects(house) == [f"Your order {receipt.number}"]
        assert "5,800.00 USD" in house.mailer.sent[0].text


class TestARefusal:
    """Nothing is kept of an order that is refused before the gateway is asked."""

    def test_sold_out(self, house):
        offer = an_offer(house, pieces=1)
        buy(house, offer)
        with pytest.raises(SoldOut) as refusal:
            buy(house, offer)
        assert refusal.value.details == {"offer_id": str(offer)}

    def test_sold_out_before_anything_came_in(self, house):
        with pytest.raises(SoldOut):
            buy(house, an_offer(house, pieces=0))

    def test_all_reserved_while_others_hold_them(self, house):
        offer = an_offer(house)
        hold(house, offer, seconds=90)
        with pytest.raises(AllReserved) as refusal:
            buy(house, offer)
        assert refusal.value.details == {"offer_id": str(offer), "retry_after": 90}

    def test_all_reserved_while_a_payment_is_unsettled(self, house):
        offer = an_offer(house)
        assert buy(house, offer, card="tok_timeout").state == "awaiting_payment"
        with pytest.raises(AllReserved) as refusal:
            buy(house, offer)
        assert refusal.value.details["retry_after"] > 0

    def test_all_or_none(self, house):
        plenty, scarce = an_offer(house, pieces=5), an_offer(house, pieces=1)
        with pytest.raises(AllReserved):
            house.shop.place_order(order_of((plenty, 2), (scarce, 2)))
        assert states(house, plenty) == ["free"] * 5
        assert house.shop.orders.orders().total == 0

    @pytest.mark.parametrize("end", ["close", "withdraw", "unknown"])
    def test_not_for_sale(self, house, end):
        watch = a_watch(house)
        offer = an_offer(house, watch=watch)
        if end == "close":
            house.shop.close_offer(offer)
        elif end == "withdraw":
            house.shop.withdraw_watch(watch)
        else:
            offer = OfferId(house.entropy.new_id())
        with pytest.raises(NotForSale) as refusal:
            buy(house, offer)
        assert refusal.value.details == {"offer_id": str(offer)}

    def test_a_draft_is_not_for_sale(self, house):
        watch = a_watch(house, publish=False)
        offer = an_offer(house, watch=watch)
        assert house.shop.office.watches().items[0].publication == Publication.DRAFT
        with pytest.raises(NotForSale):
            buy(house, offer)

    def test_another_total_than_was_shown(self, house):
        with pytest.raises(PriceChanged) as refusal:
            buy(house, an_offer(house), expected_total=Money.of(1, "USD"))
        assert refusal.value.details == {"amount": 580_000, "currency": "USD"}

    def test_the_total_that_was_shown_is_fine(self, house):
        assert buy(house, an_offer(house), expected_total=Money.of(5800, "USD")).state == "paid"

    def test_two_currencies(self, house):
        dollars, francs = an_offer(house), an_offer(house, currency="CHF")
        with pytest.raises(MixedCurrency):
            house.shop.place_order(order_of((dollars, 1), (francs, 1)))
        assert states(house, dollars) == states(house, francs) == ["free"]

    @pytest.mark.parametrize("lines", [[], [0], [-1]])
    def test_impossible_quantities(self, house, lines):
        offer = an_offer(house)
        with pytest.raises(InvalidValue):
            house.shop.place_order(order_of(*((offer, count) for count in lines)))

    def test_no_address_for_a_parcel(self, house):
        with pytest.raises(InvalidValue):
            buy(house, an_offer(house), address=None)

    def test_a_declined_card_frees_the_piece(self, house):
        offer = an_offer(house)
        with pytest.raises(PaymentDeclined) as refusal:
            buy(house, offer, card="tok_declined")
        order = only_order(house)
        assert refusal.value.details == {
            "reason": "insufficient_funds",
            "order_number": order.number,
        }
        assert (order.state, order.payment) == ("cancelled", "declined")
        assert states(house, offer) == ["free"]
        assert ledger(house) == ["declined"]


class TestAHold:
    def test_turns_into_an_order(self, house):
        offer = an_offer(house)
        hold_id = hold(house, offer)
        assert buy(house, offer, hold_id=hold_id).state == "paid"
        assert states(house, offer) == ["sold"]

    def test_that_is_over_sells_nothing(self, house):
        offer = an_offer(house)
        hold_id = hold(house, offer, seconds=60)
        house.clock.advance(60)
        with pytest.raises(HoldExpired):
            buy(house, offer, hold_id=hold_id)
        assert states(house, offer) == ["free"]

    def test_serves_one_order(self, house):
        offer = an_offer(house, pieces=2)
        hold_id = hold(house, offer)
        buy(house, offer, hold_id=hold_id)
        with pytest.raises(HoldExpired):
            buy(house, offer, hold_id=hold_id)


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
        buy(house, an_offer(house), card="tok_timeout")
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


class TestWhoBought:
    def test_an_account_sees_its_own_orders_only(self, house):
        ada, bob = a_customer(house), a_customer(house, "bob@example.com")
        receipt = buy(house, an_offer(house), shopper=Shopper(ada))
        number = OrderNumber(receipt.number)

        assert house.shop.orders.order(number, Shopper(ada)).number == receipt.number
        assert house.shop.orders.order(number, Shopper(bob)) is None
        assert house.shop.orders.order(number, GUEST) is None
        assert house.shop.orders.order(number, Shopper()) is None
        assert house.shop.orders.orders(buyer=ada).total == 1
        assert house.shop.orders.orders(buyer=bob).total == 0
        assert user_id(house, "ada@example.com") == ada

    def test_a_guest_finds_the_order_by_the_cookie(self, house):
        receipt = buy(house, an_offer(house))
        found = house.shop.orders.order(OrderNumber(receipt.number), GUEST)
        assert (found.email, found.name) == (CONTACT.email.address, CONTACT.name)
        assert found.address["city"] == ADDRESS.city
