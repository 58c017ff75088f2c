"""The PaymentGateway port: one suite for the test gateway, its memory twin, and Stripe."""

import itertools
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from tests.support.gateway_process import GatewayProcess
from tests.support.stripe.intents import Fault
from tests.support.stripe.server import SECRET_KEY, FakeStripe, running
from tests.support.till import Till, ledger_over_http, usd

from watchstore.adapters.memory.gateway import MemoryGateway
from watchstore.adapters.stripe import StripeGateway
from watchstore.adapters.testgateway import HttpTestGateway
from watchstore.domain.money import Currency, Money
from watchstore.service_layer.ports import (
    GatewayAnswer,
    GatewayPayment,
    GatewayPending,
    GatewayUnavailable,
)

STRIPE_CARDS = {
    "tok_accepted": "pm_card_visa",
    "tok_timeout": "pm_card_visa",
    "tok_slow": "pm_card_visa",
    "tok_declined": "pm_card_chargeDeclinedInsufficientFunds",
    "tok_challenge": "pm_card_threeDSecure2Required",
    "tok_blocked": "pm_card_blocked",
}

_numbers = itertools.count(1)


@pytest.fixture(scope="module")
def process(tmp_path_factory) -> Iterator[GatewayProcess]:
    ledger = tmp_path_factory.mktemp("gateway") / "ledger.db"
    with GatewayProcess(ledger, "--slow", "0", "--withhold", "0") as running:
        yield running


@pytest.fixture(scope="module")
def fake() -> Iterator[FakeStripe]:
    with running(FakeStripe()) as server:
        yield server


def at_memory(_request, order) -> Iterator[Till]:
    twin = MemoryGateway()

    def ledger():
        return [(e.order_number, e.kind.value, e.amount.amount) for e in twin.entries]

    yield Till(twin, ledger, order, lambda secret, yes: twin.confirm(secret, approved=yes))


def at_http(request, order) -> Iterator[Till]:
    url = request.getfixturevalue("process").url
    client = HttpTestGateway(url, read_timeout=30)

    def bank(secret, yes):
        client.confirm(secret, approved=yes)

    yield Till(client, lambda: ledger_over_http(url), order, bank)
    client.close()


def at_stripe(request, order) -> Iterator[Till]:
    server = request.getfixturevalue("fake")
    client = StripeGateway(SECRET_KEY, api_url=server.url, timeout=(30, 30))
    yield Till(
        client,
        lambda: server.books.moved,
        order,
        lambda secret, yes: server.bank(secret, approved=yes),
        STRIPE_CARDS,
        lambda: server.next_fault("hang up"),
    )


GATEWAYS = {"memory": at_memory, "http": at_http, "stripe": at_stripe}


@pytest.fixture(params=GATEWAYS)
def till(request) -> Iterator[Till]:
    yield from GATEWAYS[request.param](request, f"W-{next(_numbers)}")


@pytest.fixture(params=["memory", "http"])
def till_of_parts(request) -> Iterator[Till]:
    """Of a gateway that captures an authorisation in parts; Stripe does so once."""
    yield from GATEWAYS[request.param](request, f"W-{next(_numbers)}")


def test_an_accepted_card_is_authorised_and_not_yet_captured(till):
    answer = till.authorise(1000)

    assert answer.approved
    assert answer.reason is None
    assert till.payment() == GatewayPayment(
        reference=answer.reference,
        order_number=till.order,
        authorised=usd(1000),
        captured=usd(0),
        voided=False,
        refunded=usd(0),
    )


def test_an_unknown_card_authorises_nothing(till):
    answer = till.authorise(1000, card="tok_stolen")

    assert (answer.approved, answer.reason) == (False, "unknown_card")
    assert not any(payment.authorised for payment in till.gateway.find(order_number=till.order))
    assert till.authorise(1000, card="tok_stolen") == answer


def test_a_declined_card_authorises_nothing(till):
    answer = till.authorise(1000, card="tok_declined")

    assert (answer.approved, answer.reason) == (False, "insufficient_funds")
    assert till.entries() == [("declined", 1000)]
    assert till.payment().authorised == usd(0)
    assert till.capture(answer.reference, 1000).reason == "not_authorised"
    till.void(answer.reference)
    assert not till.payment().voided


def test_a_slow_card_is_accepted(till):
    assert till.authorise(card="tok_slow").approved


def test_an_order_may_try_another_card_and_finds_both_payments_in_order(till):
    declined = till.authorise(card="tok_declined", key="first")
    approved = till.authorise(key="second")

    found = till.gateway.find(order_number=till.order)
    assert [payment.reference for payment in found] == [declined.reference, approved.reference]


def test_an_unknown_order_has_no_payments(till):
    assert till.gateway.find(order_number=f"{till.order} & more/?é") == ()


def test_the_same_call_again_gets_the_first_answer_and_acts_once(till):
    first = till.authorise()

    assert till.authorise() == first
    assert till.entries() == [("authorised", 1000)]


def test_a_refusal_is_repeated_even_when_the_call_would_now_be_allowed(till):
    reference = till.authorise().reference
    refused = till.refund(reference, 400)
    till.capture(reference, 1000)

    assert refused.reason == "not_captured"
    assert not till.refund(reference, 400).approved
    assert till.payment().refunded == usd(0)


@pytest.fixture
def restless():
    """Threads take turns as often as they can, so that a missing lock shows."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("restless")
def test_two_hundred_equal_calls_at_once_charge_once(till):
    start = Barrier(200)

    def call(_):
        start.wait()
        return till.authorise()

    with ThreadPoolExecutor(200) as threads:
        answers = set(threads.map(call, range(200)))

    assert len(answers) == 1
    assert till.entries() == [("authorised", 1000)]


@pytest.mark.usefixtures("restless")
def test_captures_under_other_keys_at_once_never_exceed_what_was_authorised(till_of_parts):
    till = till_of_parts
    reference = till.authorise(1000).reference
    start = Barrier(32)

    def call(number):
        start.wait()
        return till.capture(reference, 300, key=f"capture-{number}").approved

    with ThreadPoolExecutor(32) as threads:
        assert sum(threads.map(call, range(32))) == 3
    assert till.payment().captured == usd(900)


def test_a_key_with_another_amount_is_refused(till):
    till.authorise(1000)

    with pytest.raises(ValueError, match="idempotency_key_reused"):
        till.authorise(1001)
    assert till.entries() == [("authorised", 1000)]


def test_a_key_of_one_act_is_refused_for_another(till):
    reference = till.authorise(1000).reference
    till.capture(reference, 500, key="same")

    with pytest.raises(ValueError, match="idempotency_key_reused"):
        till.refund(reference, 500, key="same")
    assert till.payment().refunded == usd(0)


def test_one_capture_at_once_takes_the_money(till):
    reference = till.authorise(1000).reference
    start = Barrier(8)

    def call(number):
        start.wait()
        return till.capture(reference, 1000, key=f"capture-{number}")

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(call, range(8)))
    assert sorted(answer.reason or "" for answer in answers) == ["", *["exceeds_authorised"] * 7]
    assert till.payment().captured == usd(1000)


def test_captures_add_up_to_the_authorisation_and_no_further(till_of_parts):
    till = till_of_parts
    reference = till.authorise(1000).reference

    assert till.capture(reference, 600, key="a").approved
    refused = till.capture(reference, 401, key="b")
    assert (refused.approved, refused.reason) == (False, "exceeds_authorised")
    assert till.capture(reference, 400, key="c").approved
    assert till.entries() == [("authorised", 1000), ("captured", 600), ("captured", 400)]


def test_refunds_add_up_to_the_captures_and_no_further(till):
    reference = till.authorise(1000).reference
    till.capture(reference, 700)

    assert till.refund(reference, 300, key="a").approved
    assert till.refund(reference, 401, key="b").reason == "exceeds_captured"
    assert till.refund(reference, 400, key="c").approved
    assert till.payment().refunded == usd(700)


def test_a_void_ends_the_authorisation(till):
    reference = till.authorise(1000).reference

    assert till.void(reference).approved
    assert till.payment().voided
    assert till.entries() == [("authorised", 1000), ("voided", 1000)]
    assert till.capture(reference, 1000).reason == "already_voided"
    assert till.void(reference, key="again").reason == "already_voided"


def test_what_is_captured_cannot_be_voided(till):
    reference = till.authorise(1000).reference
    till.capture(reference, 1)

    assert till.void(reference).reason == "already_captured"
    assert not till.payment().voided


def test_only_the_currency_of_the_authorisation_moves(till):
    reference = till.authorise(1000).reference
    euros = Money(1000, Currency("EUR"))

    answer = till.gateway.capture(key=f"{till.order}-eur", reference=reference, amount=euros)
    assert answer.reason == "currency_mismatch"
    assert till.payment().captured == usd(0)


def test_a_refused_capture_is_refused_again_with_its_key_and_taken_with_another(till):
    reference = till.authorise(1000, card="tok_blocked").reference

    refused = till.capture(reference, 1000)
    assert (refused.approved, refused.reason) == (False, "card_blocked")
    assert till.capture(reference, 1000) == refused
    assert till.payment().captured == usd(0)

    assert till.capture(reference, 1000, key="capture:2").approved
    assert till.capture(reference, 1000, key="capture:2").approved
    assert not till.capture(reference, 1000).approved
    assert till.entries() == [("authorised", 1000), ("captured", 1000)]


def test_an_unknown_payment_is_a_refusal(till):
    for answer in (till.capture("pay_no", 1), till.void("pay_no"), till.refund("pay_no", 1)):
        assert (answer.approved, answer.reason) == (False, "unknown_payment")


def test_a_charge_whose_answer_was_lost_is_answered_when_repeated(till):
    till.lose()
    with pytest.raises(GatewayUnavailable):
        till.authorise(card="tok_timeout")
    assert till.entries() == [("authorised", 1000)]

    repeated = till.authorise(card="tok_timeout")
    assert repeated.approved
    assert repeated.reference == till.payment().reference
    assert till.entries() == [("authorised", 1000)]


@pytest.mark.parametrize("amount", [0, -1])
def test_no_amount_is_the_callers_mistake(till, amount):
    with pytest.raises(ValueError, match="amount"):
        till.authorise(amount)
    assert till.entries() == []


def test_the_largest_amount_there_is(till_of_parts):
    till = till_of_parts
    largest = 2**63 - 1
    reference = till.authorise(largest).reference

    assert till.capture(reference, largest).approved
    assert till.refund(reference, 1).approved
    assert till.payment().captured == usd(largest)


@pytest.mark.parametrize("key", ["", " a", "a\r\nX-Other: 1", "é", "k" * 256])
def test_a_key_that_no_header_can_carry_is_the_callers_mistake(till, key):
    with pytest.raises(ValueError, match="key"):
        till.gateway.authorise(key=key, amount=usd(1), card="tok_accepted", order_number=till.order)


@pytest.mark.parametrize("reference", ["", "a/b", "a b", "é"])
def test_a_reference_that_no_gateway_gives_is_the_callers_mistake(till, reference):
    with pytest.raises(ValueError, match="reference"):
        till.void(reference)


@pytest.mark.parametrize("order_number", ["", "W\n1", "é", "1" * 101])
def test_an_order_number_that_cannot_be_read_is_the_callers_mistake(till, order_number):
    with pytest.raises(ValueError, match="order_number"):
        till.gateway.authorise(
            key=f"{till.order}-auth", amount=usd(1), card="tok_accepted", order_number=order_number
        )


def test_the_whole_ledger_has_every_payment_as_find_has_it(till):
    paid = till.authorise(1000)
    till.gateway.capture(key=f"{till.order}:capture", reference=paid.reference, amount=usd(400))
    listed = [one for one in till.gateway.payments() if one.order_number == till.order]
    assert tuple(listed) == till.gateway.find(order_number=till.order)


class TestAChallenge:
    """The bank asks the buyer."""

    @pytest.fixture
    def waiting(self, till):
        answer = till.authorise(card="tok_challenge")
        assert isinstance(answer, GatewayPending)
        assert answer.client_secret
        return answer

    def test_is_the_same_when_asked_again_and_has_no_money(self, till, waiting):
        assert till.authorise(card="tok_challenge") == waiting
        assert till.entries() == []
        assert not any(payment.authorised for payment in till.gateway.find(order_number=till.order))

    def test_hides_its_secret(self, till, waiting):
        assert waiting.client_secret not in repr(waiting)

    def test_confirmed_is_approved(self, till, waiting):
        till.bank(waiting.client_secret, True)
        approved = till.authorise(card="tok_challenge")
        assert approved == GatewayAnswer(approved=True, reference=waiting.reference)
        assert till.payment().authorised == usd(1000)
        assert till.capture(waiting.reference, 1000).approved

    def test_failed_is_refused(self, till, waiting):
        till.bank(waiting.client_secret, False)
        refused = till.authorise(card="tok_challenge")
        assert not refused.approved
        assert "authentication_fail" in refused.reason
        assert till.payment().authorised == usd(0)

    def test_withdrawn_is_refused_and_cannot_be_confirmed(self, till, waiting):
        assert till.void(waiting.reference).approved
        refused = till.authorise(card="tok_challenge")
        assert (refused.approved, refused.reason) == (False, "abandoned")
        with pytest.raises((KeyError, Fault)):
            till.bank(waiting.client_secret, True)
        assert not till.payment().authorised

    def test_confirmed_and_then_let_go_had_been_approved(self, till, waiting):
        till.bank(waiting.client_secret, True)
        assert till.void(waiting.reference).approved
        assert till.authorise(card="tok_challenge").approved
        assert till.void(waiting.reference).approved
        assert till.payment().voided

    def test_has_nothing_to_capture(self, till, waiting):
        assert till.capture(waiting.reference, 1000).reason == "not_authorised"
        assert not till.refund(waiting.reference, 1000).approved
        assert till.authorise(card="tok_challenge") == waiting
