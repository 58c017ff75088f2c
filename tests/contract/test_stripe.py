"""What is Stripe's own: keys that replay old answers, its faults, its states, its pages."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import pytest
from tests.support.stripe.intents import Fault
from tests.support.stripe.server import SECRET_KEY, FakeStripe, running
from tests.support.till import Till, usd

from watchstore.adapters.stripe import StripeGateway
from watchstore.adapters.stripe.gateway import TIMEOUT
from watchstore.domain.money import Currency, Money
from watchstore.service_layer.ports import GatewayAnswer, GatewayPending, GatewayUnavailable

VISA, CHALLENGE = "pm_card_visa", "pm_card_threeDSecure2Required"
HOUR = 3600


@pytest.fixture
def fake() -> Iterator[FakeStripe]:
    with running(FakeStripe()) as server:
        yield server


def till_at(fake: FakeStripe, **more) -> Till:
    gateway = StripeGateway(SECRET_KEY, api_url=fake.url, **{"timeout": (20, 20), **more})

    def bank(secret: str, yes: bool) -> None:
        fake.bank(secret, approved=yes)

    return Till(gateway, lambda: fake.books.moved, "WS-1", bank, {"tok_accepted": VISA})


@pytest.fixture
def till(fake: FakeStripe) -> Till:
    return till_at(fake)


def later(hours: float):
    return lambda: time.time() + hours * HOUR


def only(fake: FakeStripe) -> dict:
    (intent,) = fake.books.intents.values()
    return intent


class TestKeys:
    def test_every_call_carries_ours(self, fake, till):
        first = till.authorise().reference
        till.capture(first, 1000)
        till.refund(first, 10)
        second = till.authorise(key="second").reference
        till.void(second)
        assert [(one.path.rpartition("/")[2], one.key) for one in fake.asked] == [
            ("payment_intents", "WS-1-auth"),
            ("capture", "WS-1-capture"),
            ("refunds", "WS-1-refund"),
            ("payment_intents", "WS-1-second"),
            ("cancel", "WS-1-void"),
        ]

    def test_and_the_order_are_in_the_metadata(self, fake, till):
        reference = till.authorise().reference
        assert only(fake)["metadata"] == {"order_number": "WS-1", "key": "WS-1-auth"}
        assert only(fake)["capture_method"] == "manual"
        till.capture(reference, 1000)
        till.refund(reference, 10)
        (refund,) = fake.books.refunds.values()
        assert refund["metadata"] == {"key": "WS-1-refund"}

    def test_replay_the_first_answer_and_we_tell_the_present(self, fake, till):
        waiting = till.authorise(card=CHALLENGE)
        till.bank(waiting.client_secret, True)
        assert till.authorise(card=CHALLENGE) == GatewayAnswer(True, waiting.reference)
        assert fake.asked[-1].replayed

    def test_of_an_authorisation_that_was_let_go_say_so(self, fake, till):
        reference = till.authorise().reference
        fake.books.expire(reference)
        assert till.authorise().approved
        assert till.payment().voided

    def test_forgotten_after_a_day_charge_nothing_again(self, fake, till):
        fake.books.cards_work_once = True
        first = till.authorise()
        fake.forget_keys()
        assert till.authorise() == first
        assert till.capture(first.reference, 1000).approved
        assert till.refund(first.reference, 300).approved
        fake.forget_keys()
        assert till.capture(first.reference, 1000).approved
        assert till.refund(first.reference, 300).approved
        assert [kind for kind, _ in till.entries()] == ["authorised", "captured", "refunded"]


class TestLostAnswers:
    """The call acted, and nobody was told."""

    @pytest.mark.parametrize("fault", ["hang up", "silent"])
    def test_are_told_when_asked_again(self, fake, fault):
        hasty = till_at(fake, timeout=(5, 0.3))
        fake.next_fault(fault)
        with pytest.raises(GatewayUnavailable):
            hasty.authorise()
        fake.released.set()
        till = till_at(fake)
        reference = till.authorise().reference
        for call in (
            lambda: till.capture(reference, 1000),
            lambda: till.refund(reference, 400),
        ):
            fake.next_fault("hang up")
            with pytest.raises(GatewayUnavailable):
                call()
            assert call().approved
        assert till.entries() == [("authorised", 1000), ("captured", 1000), ("refunded", 400)]

    def test_of_a_void_too(self, fake, till):
        reference = till.authorise().reference
        fake.next_fault("hang up")
        with pytest.raises(GatewayUnavailable):
            till.void(reference)
        assert till.void(reference).approved
        assert till.entries() == [("authorised", 1000), ("voided", 1000)]

    def test_of_a_challenge_too(self, fake, till):
        fake.next_fault("hang up")
        with pytest.raises(GatewayUnavailable):
            till.authorise(card=CHALLENGE)
        assert till.authorise(card=CHALLENGE).client_secret == only(fake)["client_secret"]

    @pytest.mark.parametrize(("hours", "seen"), [(0, False), (2, True)])
    def test_behind_a_fault_are_looked_up(self, fake, hours, seen):
        """By the list while the search is behind, and by the search later."""
        fake.books.search_sees = seen
        till = till_at(fake, now=later(hours))
        fake.next_fault("500 after")
        assert till.authorise().reference == only(fake)["id"]
        assert till.authorise().approved
        assert till.entries() == [("authorised", 1000)]

    def test_behind_a_fault_of_every_other_call_too(self, fake, till):
        paid, unwanted = till.authorise().reference, till.authorise(key="other").reference
        for path, call in {
            "capture": lambda: till.capture(paid, 1000),
            "refunds": lambda: till.refund(paid, 400),
            "cancel": lambda: till.void(unwanted),
        }.items():
            fake.next_fault("500 after", path)
            assert call().approved
            assert call().approved
        kinds = [kind for kind, _ in till.entries()]
        assert kinds == ["authorised", "authorised", "captured", "refunded", "voided"]

    @pytest.mark.parametrize("path", ["payment_intents", "capture", "refunds", "cancel"])
    def test_of_what_did_not_happen_are_no_answers(self, fake, till, path):
        calls = {
            "payment_intents": lambda: till.authorise(key="again"),
            "capture": lambda: till.capture(paid, 1000),
            "refunds": lambda: till.refund(taken, 400),
            "cancel": lambda: till.void(paid),
        }
        paid, taken = till.authorise().reference, till.authorise(key="taken").reference
        till.capture(taken, 1000, key="take")
        before = till.entries()
        fake.next_fault("500 before", path)
        for _ in range(2):
            with pytest.raises(GatewayUnavailable):
                calls[path]()
        assert till.entries() == before


@pytest.mark.parametrize("fault", ["409", "429", "503"])
def test_what_stripe_will_not_hear_now_it_hears_later(fake, till, fault):
    fake.next_fault(fault)
    with pytest.raises(GatewayUnavailable):
        till.authorise()
    assert till.authorise().approved
    assert len(fake.books.intents) == 1


class TestARefusal:
    @pytest.mark.parametrize(
        ("card", "reason"),
        [
            ("pm_card_chargeDeclined", "generic_decline"),
            ("pm_card_chargeDeclinedInsufficientFunds", "insufficient_funds"),
            ("pm_card_chargeDeclinedExpiredCard", "expired_card"),
        ],
    )
    def test_says_why_the_card_was_declined(self, fake, till, card, reason):
        answer = till.authorise(card=card)
        assert (answer.approved, answer.reason) == (False, reason)
        assert answer.reference == only(fake)["id"]
        assert till.authorise(card=card) == answer

    def test_of_a_card_that_the_bank_declines_after_all(self, till):
        waiting = till.authorise(card="pm_card_threeDSecureRequiredChargeDeclined")
        till.bank(waiting.client_secret, True)
        answer = till.authorise(card="pm_card_threeDSecureRequiredChargeDeclined")
        assert (answer.approved, answer.reason) == (False, "generic_decline")

    def test_after_a_challenge_is_final(self, fake, till):
        """The page has the secret, and could go on with another card behind our back."""
        waiting = till.authorise(card=CHALLENGE)
        till.bank(waiting.client_secret, False)
        assert not till.authorise(card=CHALLENGE).approved
        with pytest.raises(Fault, match="confirmed"):
            fake.books.confirm(waiting.reference, {"payment_method": VISA})
        assert not till.authorise(card=CHALLENGE).approved
        assert not till.payment().authorised

    def test_to_capture_what_has_expired(self, fake, till):
        reference = till.authorise().reference
        fake.books.expire(reference)
        refused = till.capture(reference, 1000)
        assert (refused.approved, refused.reason) == (False, "already_voided")
        assert till.void(reference).reason == "already_voided"

    def test_to_capture_more_than_there_is(self, till):
        reference = till.authorise().reference
        assert till.capture(reference, 1001).reason == "exceeds_authorised"

    def test_of_an_amount_that_stripe_does_not_take(self, till):
        answer = till.authorise(100_000_000)
        assert (answer.approved, answer.reason) == (False, "amount_too_large")

    def test_to_let_us_in_is_no_answer_and_tells_no_key(self, fake):
        gateway = StripeGateway("sk_test_wrong", api_url=fake.url)
        with pytest.raises(GatewayUnavailable) as silence:
            gateway.authorise(key="k", amount=usd(1), card=VISA, order_number="WS-1")
        assert "sk_test" not in str(silence.value)
        assert "sk_test" not in repr(vars(gateway))


class TestRefunds:
    @pytest.fixture
    def reference(self, till):
        reference = till.authorise().reference
        till.capture(reference, 1000)
        return reference

    def test_that_the_bank_has_not_done_are_undecided(self, fake, till, reference):
        fake.books.refunds_become = "pending"
        assert till.refund(reference, 400) == GatewayPending(reference)
        (refund_id,) = fake.books.refunds
        fake.books.finish_refund(refund_id, "succeeded")
        assert till.refund(reference, 400).approved
        assert till.payment().refunded == usd(400)

    def test_that_fail_say_why(self, fake, till, reference):
        fake.books.refunds_become = "pending"
        till.refund(reference, 400)
        (refund_id,) = fake.books.refunds
        fake.books.finish_refund(refund_id, "failed")
        answer = till.refund(reference, 400)
        assert (answer.approved, answer.reason) == (False, "expired_or_canceled_card")
        assert till.payment().refunded == usd(0)

    def test_are_found_among_many(self, fake, till, reference):
        for number in range(7):
            till.refund(reference, 10, key=f"refund-{number}")
        fake.forget_keys()
        assert till.refund(reference, 10, key="refund-0").approved
        assert till.payment().refunded == usd(70)


@pytest.mark.parametrize(
    ("code", "amount"), [("JPY", 500), ("EUR", 500), ("KWD", 5000), ("HUF", 50_000)]
)
def test_an_amount_is_in_the_currencys_own_smallest_unit(fake, till, code, amount):
    answer = till.gateway.authorise(
        key="k", amount=Money(amount, Currency.parse(code)), card=VISA, order_number="WS-1"
    )
    assert answer.approved
    assert (only(fake)["amount"], only(fake)["currency"]) == (amount, code.lower())
    assert till.payment().authorised == Money(amount, Currency(code))


def test_the_ledger_is_read_page_by_page(fake, till):
    for number in range(8):
        till.authorise(key=f"auth-{number}")
    fake.books.create(
        {"payment_method": VISA, "amount": 5, "currency": "xyz", "capture_method": ""}
    )
    found = list(till.gateway.payments())
    assert len(found) == 9
    assert (found[0].order_number, found[0].authorised.currency.code) == ("", "XYZ")
    listed = till.gateway.find(order_number="WS-1")
    assert [one.reference for one in listed] == [one.reference for one in reversed(found[1:])]


def test_what_is_old_is_found_by_the_search(fake):
    till = till_at(fake, now=later(2))
    first, second = till.authorise().reference, till.authorise(key="other").reference
    assert [one.reference for one in till.gateway.find(order_number="WS-1")] == [first, second]
    assert till.gateway.find(order_number="WS-2") == ()


@contextmanager
def stand_in(body: bytes, status: bytes = b"200 OK") -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(65536)
                length = str(len(body)).encode()
                connection.sendall(
                    b"HTTP/1.1 " + status + b"\r\nContent-Length: " + length + b"\r\n\r\n" + body
                )

        thread = Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        thread.join()


@pytest.mark.parametrize(
    "answer", [(b"",), (b"<html>",), (b"{}",), (b"[]",), (b"{}", b"302 Found"), (b"{}", b"402 No")]
)
def test_an_answer_that_says_nothing_is_no_answer(answer):
    with stand_in(*answer) as url, pytest.raises(GatewayUnavailable):
        StripeGateway(SECRET_KEY, api_url=url).authorise(
            key="k", amount=usd(1), card=VISA, order_number="WS-1"
        )


def test_nobody_listening_is_no_answer():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    gateway = StripeGateway(SECRET_KEY, api_url=f"http://127.0.0.1:{port}")
    for call in (lambda: gateway.find(order_number="WS-1"), lambda: list(gateway.payments())):
        with pytest.raises(GatewayUnavailable):
            call()


def test_a_call_lasts_ten_seconds_at_the_most():
    assert sum(TIMEOUT) <= 10
