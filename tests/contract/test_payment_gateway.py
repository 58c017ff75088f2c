"""The PaymentGateway port: one suite for the real process over HTTP and for its memory twin."""

import itertools
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from tests.support.gateway_process import GatewayProcess
from tests.support.till import Till, ledger_over_http, usd

from watchstore.adapters.memory.gateway import MemoryGateway
from watchstore.adapters.testgateway import HttpTestGateway
from watchstore.domain.money import Currency, Money
from watchstore.service_layer.ports import GatewayPayment, GatewayUnavailable

_numbers = itertools.count(1)


@pytest.fixture(scope="module")
def process(tmp_path_factory) -> Iterator[GatewayProcess]:
    ledger = tmp_path_factory.mktemp("gateway") / "ledger.db"
    with GatewayProcess(ledger, "--slow", "0", "--withhold", "0") as running:
        yield running


@pytest.fixture(params=["memory", "http"])
def till(request) -> Iterator[Till]:
    order = f"W-{next(_numbers)}"
    if request.param == "memory":
        twin = MemoryGateway()
        yield Till(
            twin,
            lambda: [(e.order_number, e.kind.value, e.amount.amount) for e in twin.entries],
            order,
        )
        return
    url = request.getfixturevalue("process").url
    client = HttpTestGateway(url, read_timeout=30)
    yield Till(client, lambda: ledger_over_http(url), order)
    client.close()


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


@pytest.mark.parametrize(
    ("card", "reason"), [("tok_declined", "insufficient_funds"), ("tok_stolen", "unknown_card")]
)
def test_a_declined_card_authorises_nothing(till, card, reason):
    answer = till.authorise(1000, card=card)

    assert (answer.approved, answer.reason) == (False, reason)
    assert till.entries() == [("declined", 1000)]
    assert till.payment().authorised == usd(0)
    assert till.capture(answer.reference, 1000).reason == "not_authorised"
    assert till.void(answer.reference).reason == "not_authorised"


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
    assert till.refund(reference, 400) == refused
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
def test_captures_under_other_keys_at_once_never_exceed_what_was_authorised(till):
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


def test_captures_add_up_to_the_authorisation_and_no_further(till):
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


def test_an_unknown_payment_is_a_refusal(till):
    for answer in (till.capture("pay_no", 1), till.void("pay_no"), till.refund("pay_no", 1)):
        assert (answer.approved, answer.reason) == (False, "unknown_payment")


def test_a_charge_whose_answer_was_lost_is_answered_when_repeated(till):
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


def test_the_largest_amount_there_is(till):
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
