"""Whole purchases through Stripe over HTTP, on every storage: one intent an order, whatever."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.harness.language import (
    GUEST,
    a_key,
    an_offer,
    buy,
    cancel,
    decide,
    drain_all,
    inspect,
    order_of,
    payment_of,
    refund,
    send_back,
    ship,
    states,
    view,
)
from tests.harness.racing import answers, race
from tests.harness.shop import House
from tests.support.stripe import events
from tests.support.stripe.server import SECRET_KEY, FakeStripe, running

from watchstore.adapters.stripe import StripeGateway, StripeNotices
from watchstore.domain import Money, OrderNumber
from watchstore.domain.errors import IllegalTransition, PaymentDeclined
from watchstore.service_layer.answers import PaymentMethods
from watchstore.service_layer.commands import ConfirmPayment, RepayReturn, Wanted
from watchstore.service_layer.ports import GatewayUnavailable

VISA, CHALLENGE = "pm_card_visa", "pm_card_threeDSecure2Required"
CAPTURABLE = "payment_intent.amount_capturable_updated"


@pytest.fixture(scope="module")
def server() -> Iterator[FakeStripe]:
    with running(FakeStripe()) as fake:
        yield fake


@pytest.fixture
def fake(server) -> FakeStripe:
    """Without what another test left."""
    server.reset()
    return server


@pytest.fixture
def bought_at(house: House, fake: FakeStripe) -> House:
    """The house, with Stripe for its gateway."""
    gateway = StripeGateway(SECRET_KEY, api_url=fake.url, timeout=(20, 20))
    for shop in (house.shop, house.rival):
        shop.ports = replace(
            shop.ports,
            gateway=gateway,
            notices={"stripe": StripeNotices(events.SECRET)},
            payment_methods=PaymentMethods("stripe", "pk_test_1"),
        )
    return house


def moved(fake):
    return [kind for _, kind, _ in fake.books.moved]


def confirm(house, receipt):
    return house.rival.confirm_payment(ConfirmPayment(OrderNumber(receipt.number), GUEST))


def tell(house, event):
    house.rival.take_notice(events.told(event, house.clock.now()))


def test_from_the_challenge_to_the_last_cent(bought_at, fake):
    house = bought_at
    offer = an_offer(house)
    receipt = buy(house, offer, card=CHALLENGE)
    assert (receipt.state, receipt.action.kind) == ("awaiting_payment", "confirm")
    fake.bank(receipt.action.client_secret)
    assert confirm(house, receipt).state == "paid"
    assert states(house, offer) == ["sold"]
    assert ship(house, receipt).state == "shipped"
    assert refund(house, receipt, amount=Money.of("800", "USD")).state == "done"
    assert refund(house, receipt).state == "done"
    paid = view(house, receipt)
    assert fake.books.moved == [
        (receipt.number, "authorised", paid.amount),
        (receipt.number, "captured", paid.amount),
        (receipt.number, "refunded", 80_000),
        (receipt.number, "refunded", paid.amount - 80_000),
    ]
    drain_all(house)
    assert house.rival.verify() == ()


def test_declined_frees_the_piece(bought_at, fake):
    offer = an_offer(bought_at)
    with pytest.raises(PaymentDeclined) as refused:
        buy(bought_at, offer, card="pm_card_chargeDeclined")
    assert refused.value.details["reason"] == "generic_decline"
    assert states(bought_at, offer) == ["free"]
    assert bought_at.rival.verify() == ()


@pytest.mark.parametrize("fault", ["hang up", "409", "503"])
def test_without_an_answer_is_settled_by_the_worker(bought_at, fake, later, fault):
    house = bought_at
    fake.next_fault(fault)
    receipt = buy(house, an_offer(house), card=VISA)
    assert (receipt.state, receipt.action) == ("awaiting_payment", None)
    house.clock.advance(7)
    later(timedelta(seconds=7))
    drain_all(house)
    assert view(house, receipt).state == "paid"
    assert len(fake.books.intents) == 1
    assert moved(fake) == ["authorised"]
    assert house.rival.verify() == ()


def test_behind_a_fault_of_stripes_is_paid_at_once(bought_at, fake):
    fake.next_fault("500 after")
    assert buy(bought_at, an_offer(bought_at), card=VISA).state == "paid"
    assert len(fake.books.intents) == 1


def test_whose_browser_never_comes_back_is_paid_by_the_notice(bought_at, fake):
    house = bought_at
    command = order_of((an_offer(house), 1), card=CHALLENGE, key=a_key())
    receipt = house.shop.place_order(command)
    fake.bank(receipt.action.client_secret)
    tell(house, events.last(fake, CAPTURABLE))
    assert view(house, receipt).state == "paid"
    assert house.shop.place_order(command).state == "paid"


def test_notice_and_browser_at_once_record_one_answer(bought_at, fake):
    house = bought_at
    for _ in range(20):
        offer = an_offer(house)
        receipt = buy(house, offer, card=CHALLENGE)
        fake.bank(receipt.action.client_secret)
        event = events.last(fake, CAPTURABLE)
        outcomes = race(
            [
                lambda receipt=receipt: confirm(house, receipt),
                lambda event=event: tell(house, event),
                lambda event=event: tell(house, event),
            ]
        )
        assert len(answers(outcomes)) == 3, outcomes
        told = [entry.state for entry in view(house, receipt).timeline]
        assert told == ["awaiting_payment", "paid"]
        assert states(house, offer) == ["sold"]
    assert moved(fake) == ["authorised"] * 20
    assert len(fake.books.intents) == 20


def test_a_buyer_who_never_confirms_is_given_up(bought_at, fake, later):
    house = bought_at
    offer = an_offer(house)
    receipt = buy(house, offer, card=CHALLENGE)
    house.clock.advance(1801)
    if not house.storage.checks.pending(older_than=timedelta(minutes=30)):
        later(timedelta(seconds=1801))
    house.rival.do_duties()
    assert view(house, receipt).state == "cancelled"
    assert states(house, offer) == ["free"]
    (intent,) = fake.books.intents.values()
    assert (intent["status"], moved(fake)) == ("canceled", [])
    tell(house, events.last(fake, "payment_intent.canceled"))
    drain_all(house)
    assert house.rival.verify() == ()


def test_cancelled_before_the_notice_is_voided(bought_at, fake):
    house = bought_at
    fake.next_fault("hang up")
    receipt = buy(house, an_offer(house), card=VISA)
    fake.next_fault("503")
    cancel(house, receipt)
    tell(house, events.last(fake, CAPTURABLE))
    assert view(house, receipt).payment == "voided"
    assert moved(fake) == ["authorised", "voided"]
    assert house.rival.verify() == ()


def test_an_authorisation_that_expired_is_told_and_can_be_cancelled(bought_at, fake):
    """After seven days; nothing leaves the house, and staff are not stuck."""
    house = bought_at
    offer = an_offer(house)
    receipt = buy(house, offer, card=VISA)
    (intent,) = fake.books.intents.values()
    fake.books.expire(intent["id"])
    assert {one.rule for one in house.rival.verify()} == {"voided"}
    assert ship(house, receipt).state == "paid"
    assert view(house, receipt).timeline[-1].note == "capture refused: already_voided"
    assert cancel(house, receipt).state == "cancelled"
    assert view(house, receipt).payment == "voided"
    assert states(house, offer) == ["free"]
    drain_all(house)
    assert house.rival.verify() == ()


def test_a_card_blocked_meanwhile_is_asked_again(bought_at, fake):
    house = bought_at
    receipt = buy(house, an_offer(house), card="pm_card_blocked")
    assert ship(house, receipt).state == "paid"
    assert view(house, receipt).timeline[-1].note == "capture refused: card_blocked"
    fake.next_fault("hang up", "capture")
    assert ship(house, receipt).state == "dispatching"
    house.rival.settle_payment(payment_of(house, receipt).id)
    assert view(house, receipt).state == "shipped"
    captures = [one.key.rpartition(":")[2] for one in fake.asked if one.path.endswith("capture")]
    assert captures == ["capture", "2", "2"]
    assert moved(fake) == ["authorised", "captured"]
    assert house.rival.verify() == ()


def test_what_stripe_will_not_let_go_of_now_it_is_asked_for_again(bought_at, fake):
    house = bought_at
    offer = an_offer(house)
    receipt = buy(house, offer, card=VISA)
    fake.books.lets_go = False
    assert cancel(house, receipt).state == "cancelled"
    assert (view(house, receipt).payment, states(house, offer)) == ("voiding", ["free"])
    fake.books.lets_go = True
    house.rival.settle_payment(payment_of(house, receipt).id)
    assert view(house, receipt).payment == "voided"
    assert moved(fake) == ["authorised", "voided"]
    drain_all(house)
    assert house.rival.verify() == ()


class TestARefund:
    @pytest.fixture
    def shipped(self, bought_at):
        receipt = buy(bought_at, an_offer(bought_at), card=VISA)
        ship(bought_at, receipt)
        return receipt

    @pytest.mark.parametrize("kind", ["refund.updated", "refund.failed", "charge.refunded"])
    def test_that_takes_its_time_is_told_by_a_notice(self, bought_at, fake, shipped, kind):
        fake.books.refunds_become = "pending"
        assert refund(bought_at, shipped).state == "pending"
        (refund_id,) = fake.books.refunds
        failed = kind == "refund.failed"
        fake.books.finish_refund(refund_id, "failed" if failed else "succeeded")
        tell(bought_at, events.last(fake, kind))
        state = "refused" if failed else "done"
        assert [row.state for row in view(bought_at, shipped).refunds] == [state]
        drain_all(bought_at)
        assert bought_at.rival.verify() == ()

    def test_that_takes_its_time_is_asked_for_by_the_worker(self, bought_at, fake, shipped, later):
        fake.books.refunds_become = "pending"
        refund(bought_at, shipped)
        (refund_id,) = fake.books.refunds
        fake.books.finish_refund(refund_id, "succeeded")
        bought_at.clock.advance(61)
        later(timedelta(seconds=61))
        bought_at.rival.do_duties()
        assert [row.state for row in view(bought_at, shipped).refunds] == ["done"]
        assert moved(fake) == ["authorised", "captured", "refunded"]


class TestAReturnWhoseRefundFails:
    @pytest.fixture
    def failed(self, bought_at, fake):
        """Accepted, and the bank does not take the money."""
        offer = an_offer(bought_at, 2)
        receipt = buy(bought_at, offer, 2, card=VISA)
        ship(bought_at, receipt)
        returned = send_back(bought_at, receipt, Wanted(offer))
        decide(bought_at, receipt, returned, "approved")
        decide(bought_at, receipt, returned, "received")
        fake.books.refunds_become = "pending"
        assert inspect(bought_at, receipt, returned, restock=True).state == "accepted"
        with pytest.raises(IllegalTransition):
            self.repay(bought_at, receipt, returned)
        fake.books.finish_refund(*fake.books.refunds, "failed")
        tell(bought_at, events.last(fake, "refund.failed"))
        fake.books.refunds_become = "succeeded"
        bought_at.clock.advance(1)
        return offer, receipt, returned

    def repay(self, house, receipt, returned):
        return house.shop.repay_return(
            RepayReturn(OrderNumber(receipt.number), returned, "manager")
        )

    def test_is_paid_back_at_the_managers_word(self, bought_at, fake, failed):
        offer, receipt, returned = failed
        assert self.repay(bought_at, receipt, returned).state == "refunded"
        order = view(bought_at, receipt)
        assert [row.state for row in order.refunds] == ["refused", "done"]
        assert [row.state for row in order.returns] == ["refunded"]
        assert states(bought_at, offer) == ["free", "sold"]
        assert moved(fake).count("refunded") == 2  # as told by Stripe: the first one failed later
        with pytest.raises(IllegalTransition):
            self.repay(bought_at, receipt, returned)
        drain_all(bought_at)
        assert bought_at.rival.verify() == ()

    def test_is_closed_when_it_was_paid_by_hand(self, bought_at, failed):
        offer, receipt, returned = failed
        refund(bought_at, receipt, lines=(Wanted(offer),))
        answer = self.repay(bought_at, receipt, returned)
        assert (answer.state, answer.restocked) == ("refunded", True)
        order = view(bought_at, receipt)
        assert [row.state for row in order.refunds] == ["refused", "done"]
        assert order.timeline[-1].note == "return refunded"
        drain_all(bought_at)
        assert bought_at.rival.verify() == ()

    def test_is_paid_back_once_by_two_managers(self, bought_at, failed):
        _, receipt, returned = failed
        outcomes = race([lambda: self.repay(bought_at, receipt, returned)] * 4)
        assert len(answers(outcomes)) == 1
        assert [row.state for row in view(bought_at, receipt).refunds] == ["refused", "done"]


class TestANotice:
    @pytest.fixture
    def waiting(self, bought_at):
        return buy(bought_at, an_offer(bought_at), card=CHALLENGE)

    def test_a_hundred_times_asks_and_acts_once(self, bought_at, fake, waiting):
        fake.bank(waiting.action.client_secret)
        event, before = events.last(fake, CAPTURABLE), len(fake.read)
        for _ in range(100):
            tell(bought_at, event)
        assert len(fake.read) == before + 1
        told = [entry.state for entry in view(bought_at, waiting).timeline]
        assert told == ["awaiting_payment", "paid"]

    def test_a_hundred_times_about_what_is_not_decided_asks_once(self, bought_at, fake, waiting):
        asked = events.last(fake, "payment_intent.requires_action")
        event, before = {**asked, "type": "payment_intent.payment_failed"}, len(fake.asked)
        for _ in range(100):
            tell(bought_at, event)
        assert len(fake.asked) == before + 1

    def test_that_is_old_news_is_not_believed(self, bought_at, fake, waiting):
        """It says that the money is set aside; since then it was let go."""
        fake.bank(waiting.action.client_secret)
        old = events.last(fake, CAPTURABLE)
        cancel(bought_at, waiting)
        assert view(bought_at, waiting).payment == "voided"
        tell(bought_at, events.last(fake, "payment_intent.canceled"))
        tell(bought_at, old)
        assert view(bought_at, waiting).payment == "voided"
        assert moved(fake) == ["authorised", "voided"]

    def test_that_lies_is_not_believed(self, bought_at, fake, waiting):
        """Signed, and yet the gateway knows nothing of it."""
        asked = events.last(fake, "payment_intent.requires_action")
        lie = {**asked, "id": "evt_lie", "type": "payment_intent.succeeded"}
        tell(bought_at, lie)
        assert view(bought_at, waiting).state == "awaiting_payment"

    def test_while_stripe_is_away_is_heeded_when_it_comes_again(self, bought_at, fake, waiting):
        fake.bank(waiting.action.client_secret)
        event = events.last(fake, CAPTURABLE)
        key = payment_of(bought_at, waiting).key
        del fake._answers[key("authorise")]
        fake.next_fault("429")
        with pytest.raises(GatewayUnavailable):
            tell(bought_at, event)
        fake.books.cards_work_once = True
        tell(bought_at, event)
        assert view(bought_at, waiting).state == "paid"
        assert len(fake.books.intents) == 1

    def test_of_failure_cancels_for_good(self, bought_at, fake, waiting):
        fake.bank(waiting.action.client_secret, approved=False)
        tell(bought_at, events.last(fake, "payment_intent.payment_failed"))
        assert view(bought_at, waiting).state == "cancelled"
        (intent,) = fake.books.intents.values()
        assert intent["status"] == "canceled"

    def test_of_another_shop_on_the_account_is_ignored(self, bought_at, fake, waiting):
        fake.bank(waiting.action.client_secret)
        event = events.last(fake, CAPTURABLE)
        for number, key in enumerate(
            ("", "x", "other:authorise", "5bd0bcf0-4b5f-4a6e-9d53-0f2d0b1f6a11:authorise")
        ):
            about = {**event["data"]["object"], "metadata": {"key": key}}
            tell(bought_at, {**event, "id": f"evt_{number}", "data": {"object": about}})
        assert view(bought_at, waiting).state == "awaiting_payment"

    def test_that_the_buyer_is_asked_is_no_news(self, bought_at, fake, waiting):
        before = len(fake.asked)
        tell(bought_at, events.last(fake, "payment_intent.requires_action"))
        assert len(fake.asked) == before
