"""What an intent or a refund of Stripe's means here."""

from typing import Any

from watchstore.adapters.stripe.calls import Intent
from watchstore.domain.money import Currency, Money
from watchstore.service_layer.ports import (
    GatewayAnswer,
    GatewayOutcome,
    GatewayPayment,
    GatewayPending,
)


def authorisation(intent: Intent) -> GatewayOutcome:
    """How an authorisation stands. One that was let go of again had been approved."""
    reference, status = str(intent["id"]), intent["status"]
    if status in {"requires_capture", "succeeded"} or is_voided(intent):
        return GatewayAnswer(approved=True, reference=reference)
    if status == "requires_action":
        return GatewayPending(reference, str(intent["client_secret"]))
    if status in {"canceled", "requires_payment_method"}:
        return GatewayAnswer(approved=False, reference=reference, reason=_why_not(intent))
    return GatewayPending(reference)


def refunded(refund: dict[str, Any], reference: str) -> GatewayOutcome:
    status = refund["status"]
    if status == "succeeded":
        return GatewayAnswer(approved=True, reference=reference)
    if status in {"failed", "canceled"}:
        reason = str(refund.get("failure_reason") or status)
        return GatewayAnswer(approved=False, reference=reference, reason=reason)
    return GatewayPending(reference)


def payment(intent: Intent) -> GatewayPayment:
    currency = Currency(str(intent["currency"]).upper())
    charge = _charge(intent)
    captured = int(intent["amount_received"])
    return GatewayPayment(
        reference=str(intent["id"]),
        order_number=str(metadata(intent).get("order_number", "")),
        authorised=Money(int(charge["amount"]) if charge else 0, currency),
        captured=Money(captured, currency),
        # What is let go of without a capture is called refunded as well.
        refunded=Money(int(charge["amount_refunded"]) if charge and captured else 0, currency),
        voided=is_voided(intent),
    )


def is_voided(intent: Intent) -> bool:
    return intent["status"] == "canceled" and _charge(intent) is not None


def metadata(found: dict[str, Any]) -> dict[str, Any]:
    return dict(found.get("metadata") or {})


def _charge(intent: Intent) -> dict[str, Any] | None:
    """The charge that the bank approved; one that failed is none. The intent is expanded."""
    charge: dict[str, Any] | None = intent.get("latest_charge")
    return charge if charge and charge["status"] == "succeeded" else None


def _why_not(intent: Intent) -> str:
    error = intent.get("last_payment_error") or {}
    said = error.get("decline_code") or error.get("code") or intent.get("cancellation_reason")
    return str(said or "abandoned")
