"""StripeGateway: the PaymentGateway port over Stripe's PaymentIntents."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from watchstore.adapters.stripe.calls import Intent, Refused, Said, StripeCalls, Unsure
from watchstore.adapters.stripe.reading import authorisation, metadata, payment, refunded
from watchstore.domain.money import Money
from watchstore.service_layer.ports import (
    ALREADY_VOIDED,
    GatewayAnswer,
    GatewayOutcome,
    GatewayPayment,
    GatewayPending,
    GatewayUnavailable,
)

# Seconds to connect, and to wait for an answer: ten together at the most.
TIMEOUT: Final = (3.0, 6.5)
# Seconds that the search may be behind; what is younger is looked for in the list.
SEARCH_LAG: Final = 3600
_KEY: Final = re.compile(r"[!-~]{1,255}")
_REFERENCE: Final = re.compile(r"[A-Za-z0-9_-]{1,100}")
_ORDER_NUMBER: Final = re.compile(r"[ -~]{1,100}")


class StripeGateway:
    """Safe to share between threads.

    A repeated key gets Stripe's first answer again, whatever happened since: so who repeats a
    call is told the present state. ValueError: the caller broke the rules of the port.
    """

    def __init__(
        self,
        secret_key: str,
        *,
        api_url: str = "",
        timeout: tuple[float, float] = TIMEOUT,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._calls = StripeCalls(secret_key, api_url=api_url, timeout=timeout)
        self._now = now

    def authorise(self, *, key: str, amount: Money, card: str, order_number: str) -> GatewayOutcome:
        _check(key, amount)
        if not _ORDER_NUMBER.fullmatch(order_number):
            raise ValueError("order_number: 1 to 100 printable ASCII characters")
        params = {
            "amount": amount.amount,
            "currency": amount.currency.code.lower(),
            "payment_method": card,
            "payment_method_types": ["card"],
            "capture_method": "manual",
            "confirm": True,
            "use_stripe_sdk": True,  # the page's Stripe.js asks the buyer, without a redirect
            "metadata": {"order_number": order_number, "key": key},
        }
        with _readable():
            try:
                return self._authorised(self._calls.create(key, params))
            except Unsure:
                if (found := self._of(key, order_number)) is None:
                    raise
                return self._decided(found)
            except Refused as refusal:
                return self._refused(refusal, key, order_number)

    def capture(self, *, key: str, reference: str, amount: Money) -> GatewayOutcome:
        _check(key, amount, reference)
        params = {"amount_to_capture": amount.amount, "metadata": {"capture_key": key}}
        with _readable():
            if answer := self._impossible(reference, amount):
                return answer
            try:
                said = self._calls.capture(key, reference, params)
            except Unsure:
                if _is_captured(self._calls.intent(reference), key):
                    return GatewayAnswer(approved=True, reference=reference)
                raise
            except Refused as refusal:
                return _capture_refused(self._calls.intent(reference), key, amount, refusal)
            done = _is_captured(said.body, key) or _is_captured(self._calls.intent(reference), key)
            return GatewayAnswer(True, reference) if done else GatewayPending(reference)

    def void(self, *, key: str, reference: str) -> GatewayAnswer:
        _check(key, None, reference)
        with _readable():
            try:
                self._calls.cancel(key, reference)
            except Unsure:
                if self._calls.intent(reference)["status"] != "canceled":
                    raise
            except Refused as refusal:
                return self._void_refused(reference, refusal)
            return GatewayAnswer(approved=True, reference=reference)

    def refund(self, *, key: str, reference: str, amount: Money) -> GatewayOutcome:
        _check(key, amount, reference)
        params = {
            "payment_intent": reference,
            "amount": amount.amount,
            "metadata": {"key": key},
        }
        with _readable():
            if answer := self._impossible(reference, amount):
                return answer
            if found := self._refund_of(key, reference):  # a forgotten key would refund again
                return refunded(found, reference)
            try:
                return refunded(self._calls.refund(key, params).body, reference)
            except Unsure:
                if found := self._refund_of(key, reference):
                    return refunded(found, reference)
                raise
            except Refused as refusal:
                return _refund_refused(self._calls.intent(reference), amount, refusal)

    def find(self, *, order_number: str) -> tuple[GatewayPayment, ...]:
        with _readable():
            found = self._found("order_number", order_number)
            return tuple(payment(intent) for intent in found)

    def payments(self) -> Iterator[GatewayPayment]:
        with _readable():
            for intent in self._calls.intents():
                yield payment(intent)

    def close(self) -> None:
        self._calls.close()

    def _authorised(self, said: Said) -> GatewayOutcome:
        intent = said.body
        if not said.replayed and intent["status"] != "requires_action":
            return authorisation(intent)
        return self._decided(self._calls.intent(intent["id"]))

    def _decided(self, intent: Intent) -> GatewayOutcome:
        """A buyer who failed to confirm could try again with the secret: not behind our back."""
        if intent["status"] == "requires_payment_method":
            why = authorisation(intent)
            self._calls.cancel(f"{metadata(intent)['key']}:close", intent["id"])
            now = authorisation(self._calls.intent(intent["id"]))
            return now if isinstance(now, GatewayAnswer) and now.approved else why
        return authorisation(intent)

    def _refused(self, refusal: Refused, key: str, order_number: str) -> GatewayOutcome:
        if not refusal.by_card and (found := self._of(key, order_number)):
            return self._decided(found)  # the key is forgotten after a day, the intent is not
        reason = "unknown_card" if refusal.missing == "payment_method" else refusal.reason
        return GatewayAnswer(approved=False, reference=refusal.reference, reason=reason)

    def _void_refused(self, reference: str, refusal: Refused) -> GatewayAnswer:
        if refusal.missing:
            return _unknown(reference)
        status = self._calls.intent(reference)["status"]
        reasons = {"canceled": ALREADY_VOIDED, "succeeded": "already_captured"}
        reason = reasons.get(status, refusal.reason)
        return GatewayAnswer(approved=False, reference=reference, reason=reason)

    def _impossible(self, reference: str, amount: Money) -> GatewayAnswer | None:
        """Stripe takes the amount in whatever currency the payment is of."""
        try:
            intent = self._calls.intent(reference)
        except Refused:
            return _unknown(reference)
        if intent["currency"] == amount.currency.code.lower():
            return None
        return GatewayAnswer(approved=False, reference=reference, reason="currency_mismatch")

    def _of(self, key: str, order_number: str) -> Intent | None:
        found = self._found("order_number", order_number)
        return next((one for one in found if metadata(one).get("key") == key), None)

    def _found(self, name: str, value: str) -> list[Intent]:
        """By the search, which is a little behind, and among those that are too young for it."""
        young = self._calls.intents(created={"gte": int(self._now()) - SEARCH_LAG})
        found = {one["id"]: one for one in young if metadata(one).get(name) == value}
        for reference in self._calls.search(name, value):
            if reference not in found:
                found[reference] = self._calls.intent(reference)
        ordered = sorted(found.values(), key=lambda one: int(one["created"]), reverse=True)
        ordered.reverse()  # of those of one second, the one that came first in the list is last
        return ordered

    def _refund_of(self, key: str, reference: str) -> dict[str, object] | None:
        found = self._calls.refunds(reference)
        return next((one for one in found if metadata(one).get("key") == key), None)


def _is_captured(intent: Intent, key: str) -> bool:
    return intent["status"] == "succeeded" and metadata(intent).get("capture_key") == key


def _capture_refused(intent: Intent, key: str, amount: Money, refusal: Refused) -> GatewayAnswer:
    """An authorisation ends by itself after some days: then nothing can be taken any more."""
    if _is_captured(intent, key):
        return GatewayAnswer(approved=True, reference=intent["id"])
    reasons = {"canceled": ALREADY_VOIDED, "requires_capture": refusal.reason}
    reason = reasons.get(intent["status"], "not_authorised")
    if intent["status"] == "succeeded" or 0 < intent["amount_capturable"] < amount.amount:
        reason = "exceeds_authorised"
    return GatewayAnswer(approved=False, reference=intent["id"], reason=reason)


def _refund_refused(intent: Intent, amount: Money, refusal: Refused) -> GatewayAnswer:
    paid = payment(intent)
    reason = refusal.reason
    if not paid.captured:
        reason = "not_captured"
    elif paid.captured - paid.refunded < amount:
        reason = "exceeds_captured"
    return GatewayAnswer(approved=False, reference=intent["id"], reason=reason)


def _unknown(reference: str) -> GatewayAnswer:
    return GatewayAnswer(approved=False, reference=reference, reason="unknown_payment")


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except (KeyError, TypeError) as odd:
        raise GatewayUnavailable(f"Stripe: unreadable answer: {odd!r}") from odd
    except Refused as refusal:
        raise GatewayUnavailable(f"Stripe: {refusal.reason}") from refusal


def _check(key: str, amount: Money | None = None, reference: str = "-") -> None:
    if not _KEY.fullmatch(key):
        raise ValueError("key: 1 to 255 printable ASCII characters")
    if amount is not None and amount.amount <= 0:
        raise ValueError("amount: a whole number above zero")
    if not _REFERENCE.fullmatch(reference):
        raise ValueError("reference: 1 to 100 letters, digits, _ and -")
