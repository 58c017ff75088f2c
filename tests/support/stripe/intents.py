"""PaymentIntents, charges and refunds as Stripe keeps them, in memory, with its test cards."""

import itertools
import re
import time
from dataclasses import dataclass, field
from typing import Any

# What the bank says to a test card: nothing, or (code, decline code).
CARDS: dict[str, tuple[str, str] | None] = {
    "pm_card_visa": None,
    "pm_card_chargeDeclined": ("card_declined", "generic_decline"),
    "pm_card_chargeDeclinedInsufficientFunds": ("card_declined", "insufficient_funds"),
    "pm_card_chargeDeclinedExpiredCard": ("expired_card", "expired_card"),
    "pm_card_threeDSecure2Required": None,
    "pm_card_authenticationRequired": None,
    "pm_card_threeDSecureRequiredChargeDeclined": ("card_declined", "generic_decline"),
    "pm_card_blocked": None,  # our own: the first capture is refused
}
CHALLENGED = {card for card in CARDS if "threeDSecure" in card or "authentication" in card}
CANCELABLE = {"requires_payment_method", "requires_capture", "requires_action", "processing"}
_QUERY = re.compile(r"metadata\['(\w+)'\]:'(.*)'")


class Fault(Exception):
    """An error that Stripe answers with."""

    def __init__(self, status: int, kind: str, message: str, **more: Any) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"error": {"type": kind, "message": message, **more}}


def invalid(message: str, code: str | None = None, **more: Any) -> Fault:
    said = {"code": code} if code else {}
    return Fault(400, "invalid_request_error", message, **said, **more)


def missing(kind: str, name: str, param: str) -> Fault:
    message = f"No such {kind}: '{name}'"
    return Fault(404, "invalid_request_error", message, code="resource_missing", param=param)


@dataclass
class Books:
    """`moved` is the ledger: everything that happened to money, oldest first. Not thread-safe."""

    intents: dict[str, dict[str, Any]] = field(default_factory=dict)
    refunds: dict[str, dict[str, Any]] = field(default_factory=dict)
    moved: list[tuple[str, str, int]] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    refunds_become: str = "succeeded"
    search_sees: bool = True
    cards_work_once: bool = False
    lets_go: bool = True
    _blocked: set[str] = field(default_factory=set)
    _numbers: Any = field(default_factory=lambda: itertools.count(1))

    def create(self, params: dict[str, Any]) -> dict[str, Any]:
        card = params["payment_method"]
        if card not in CARDS:
            raise missing("PaymentMethod", card, "payment_method")
        used = any(intent["payment_method"] == card for intent in self.intents.values())
        if self.cards_work_once and used:
            raise invalid("This PaymentMethod was used before, without a Customer.")
        amount = int(params["amount"])
        if amount > 99_999_999:
            raise invalid("Amount must be no more than $999,999.99", "amount_too_large")
        number = next(self._numbers)
        intent: dict[str, Any] = {
            "id": f"pi_{number:08d}",
            "object": "payment_intent",
            "amount": amount,
            "amount_capturable": 0,
            "amount_received": 0,
            "cancellation_reason": None,
            "capture_method": params["capture_method"],
            "client_secret": f"pi_{number:08d}_secret_{number * 7919:x}",
            "created": int(time.time()),
            "currency": params["currency"],
            "last_payment_error": None,
            "latest_charge": None,
            "livemode": False,
            "metadata": params.get("metadata", {}),
            "payment_method": card,
            "status": "requires_confirmation",
        }
        self.intents[intent["id"]] = intent
        if card in CHALLENGED:
            intent["status"] = "requires_action"
            self._tell("payment_intent.requires_action", intent)
            return intent
        if card == "pm_card_blocked":
            self._blocked.add(intent["id"])
        return self._charge(intent)

    def authenticate(self, client_secret: str, *, succeeds: bool) -> dict[str, Any]:
        """What Stripe.js and the bank do with the buyer."""
        (intent,) = (i for i in self.intents.values() if i["client_secret"] == client_secret)
        if intent["status"] != "requires_action":
            raise self._unexpected(intent, "authenticated")
        if succeeds:
            try:
                return self._charge(intent)
            except Fault:
                return intent
        error = {"code": "payment_intent_authentication_failure", "type": "card_error"}
        return self._fail(intent, error)

    def confirm(self, reference: str, params: dict[str, Any]) -> dict[str, Any]:
        """A page can do so with the secret, again and with another card."""
        intent = self.intent(reference)
        if intent["status"] != "requires_payment_method":
            raise self._unexpected(intent, "confirmed")
        intent["payment_method"] = params["payment_method"]
        return self._charge(intent)

    def capture(self, reference: str, params: dict[str, Any]) -> dict[str, Any]:
        intent = self.intent(reference)
        amount = int(params.get("amount_to_capture", intent["amount_capturable"]))
        if intent["status"] != "requires_capture":
            raise self._unexpected(intent, "captured")
        if amount > intent["amount_capturable"]:
            raise invalid("The amount is greater than what is capturable.", "amount_too_large")
        if reference in self._blocked:
            self._blocked.remove(reference)
            said = {"code": "card_declined", "decline_code": "card_blocked"}
            raise Fault(402, "card_error", "Your card was declined.", **said)
        intent["metadata"] |= params.get("metadata", {})
        intent["latest_charge"] |= {"captured": True, "amount_captured": amount}
        intent.update(status="succeeded", amount_capturable=0, amount_received=amount)
        self._move(intent, "captured", amount)
        self._tell("payment_intent.succeeded", intent)
        return intent

    def cancel(self, reference: str, params: dict[str, Any]) -> dict[str, Any]:
        intent = self.intent(reference)
        if intent["status"] not in CANCELABLE or not self.lets_go:
            raise self._unexpected(intent, "canceled")
        if intent["status"] == "requires_capture":
            intent["latest_charge"] |= {"refunded": True, "amount_refunded": intent["amount"]}
            self._move(intent, "voided", intent["amount"])
        intent.update(status="canceled", amount_capturable=0)
        intent["cancellation_reason"] = params.get("cancellation_reason")
        self._tell("payment_intent.canceled", intent)
        return intent

    def refund(self, params: dict[str, Any]) -> dict[str, Any]:
        intent = self.intent(params["payment_intent"])
        charge, amount = intent["latest_charge"], int(params["amount"])
        if not intent["amount_received"]:
            raise invalid(f"This PaymentIntent ({intent['id']}) has no charge to refund.")
        if amount > intent["amount_received"] - charge["amount_refunded"]:
            raise invalid("Refund amount is greater than unrefunded amount on charge")
        refund = {
            "id": f"re_{next(self._numbers):08d}",
            "object": "refund",
            "amount": amount,
            "currency": intent["currency"],
            "failure_reason": None,
            "metadata": params.get("metadata", {}),
            "payment_intent": intent["id"],
            "status": self.refunds_become,
        }
        self.refunds[refund["id"]] = refund
        charge["amount_refunded"] += amount
        self._move(intent, "refunded", amount)
        self._tell("refund.created", refund)
        self._tell("charge.refunded", charge)
        return refund

    def finish_refund(self, refund_id: str, status: str) -> None:
        """The bank has done it, or has not."""
        refund = self.refunds[refund_id]
        refund["status"] = status
        if status == "failed":
            refund["failure_reason"] = "expired_or_canceled_card"
            charge = self.intents[refund["payment_intent"]]["latest_charge"]
            charge["amount_refunded"] -= refund["amount"]
        self._tell("refund.failed" if status == "failed" else "refund.updated", refund)

    def expire(self, reference: str) -> None:
        """After seven days Stripe cancels what nobody captured."""
        self.cancel(reference, {"cancellation_reason": "automatic"})

    def intent(self, reference: str) -> dict[str, Any]:
        if reference not in self.intents:
            raise missing("payment_intent", reference, "intent")
        return self.intents[reference]

    def search(self, query: str) -> list[dict[str, Any]]:
        found = _QUERY.fullmatch(query)
        if found is None:
            raise invalid("We were unable to parse your search query.")
        name, value = found[1], found[2].replace("\\'", "'").replace("\\\\", "\\")
        if not self.search_sees:
            return []
        return [i for i in self.newest() if i["metadata"].get(name) == value]

    def newest(self) -> list[dict[str, Any]]:
        return list(self.intents.values())[::-1]

    def _charge(self, intent: dict[str, Any]) -> dict[str, Any]:
        declined = CARDS[intent["payment_method"]]
        if declined is not None:
            code, decline_code = declined
            error = {"code": code, "decline_code": decline_code, "type": "card_error"}
            self._fail(intent, error)
            said = {"code": code, "decline_code": decline_code, "payment_intent": dict(intent)}
            raise Fault(402, "card_error", "Your card was declined.", **said)
        intent["latest_charge"] = {
            "id": intent["id"].replace("pi_", "ch_"),
            "object": "charge",
            "amount": intent["amount"],
            "amount_captured": 0,
            "amount_refunded": 0,
            "captured": False,
            "metadata": dict(intent["metadata"]),
            "refunded": False,
            "status": "succeeded",
        }
        intent.update(status="requires_capture", amount_capturable=intent["amount"])
        self._move(intent, "authorised", intent["amount"])
        self._tell("payment_intent.amount_capturable_updated", intent)
        return intent

    def _fail(self, intent: dict[str, Any], error: dict[str, Any]) -> dict[str, Any]:
        intent.update(status="requires_payment_method", last_payment_error=error)
        self._move(intent, "declined", intent["amount"])
        self._tell("payment_intent.payment_failed", intent)
        return intent

    def _unexpected(self, intent: dict[str, Any], wanted: str) -> Fault:
        message = f"This PaymentIntent could not be {wanted}: its status is {intent['status']}."
        return invalid(message, "payment_intent_unexpected_state", payment_intent=dict(intent))

    def _move(self, intent: dict[str, Any], kind: str, amount: int) -> None:
        self.moved.append((intent["metadata"].get("order_number", ""), kind, amount))

    def _tell(self, kind: str, about: dict[str, Any]) -> None:
        number = next(self._numbers)
        event = {"id": f"evt_{number:08d}", "object": "event", "type": kind, "livemode": False}
        self.events.append({**event, "data": {"object": _told(about)}})


def _told(about: dict[str, Any]) -> dict[str, Any]:
    """As it is now: what happens to it later changes nothing in the event."""
    charge = about.get("latest_charge")
    told = {**about, "metadata": dict(about["metadata"])}
    return {**told, "latest_charge": charge["id"]} if charge else told
