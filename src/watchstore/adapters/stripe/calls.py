"""Calls to Stripe: one try each, bounded in time; answers are plain dictionaries."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

import stripe

from watchstore.service_layer.ports import GatewayUnavailable

Intent = dict[str, Any]

PAGE: Final = 100
_CHARGE: Final = "latest_charge"

# It would write a file into the home folder, and tell Stripe about this machine.
stripe.enable_telemetry = False


class Refused(Exception):
    """Stripe decided against it, and says so again when asked with the same key.

    `by_card` is the bank's word about the card; everything else is about the request.
    """

    def __init__(self, refusal: stripe.StripeError) -> None:
        super().__init__(str(refusal))
        said: dict[str, Any] = refusal.error.to_dict() if refusal.error else {}
        self.by_card = isinstance(refusal, stripe.CardError)
        self.missing = said.get("param") if said.get("code") == "resource_missing" else None
        self.reason = str(said.get("decline_code") or said.get("code") or "refused")
        self.reference = str((said.get("payment_intent") or {}).get("id", ""))


class Unsure(GatewayUnavailable):
    """A fault of Stripe's own: it may have acted, and repeats the fault under the same key."""


@dataclass(frozen=True, slots=True)
class Said:
    """`replayed`: the answer is an earlier one, and may be out of date."""

    body: dict[str, Any]
    replayed: bool


class StripeCalls:
    """Safe to share between threads."""

    def __init__(self, secret_key: str, *, api_url: str, timeout: tuple[float, float]) -> None:
        self._http = stripe.RequestsClient(timeout=timeout)
        client = stripe.StripeClient(
            secret_key,
            base_addresses={"api": api_url.rstrip("/")} if api_url else {},
            http_client=self._http,
            max_network_retries=0,  # who repeats a call, and when, is the shop's own business
        )
        self._intents, self._refunds = client.v1.payment_intents, client.v1.refunds

    def create(self, key: str, params: Any) -> Said:
        return _said(lambda: self._intents.create(params, {"idempotency_key": key}))

    def capture(self, key: str, reference: str, params: Any) -> Said:
        return _said(lambda: self._intents.capture(reference, params, {"idempotency_key": key}))

    def cancel(self, key: str, reference: str) -> Said:
        return _said(lambda: self._intents.cancel(reference, {}, {"idempotency_key": key}))

    def refund(self, key: str, params: Any) -> Said:
        return _said(lambda: self._refunds.create(params, {"idempotency_key": key}))

    def intent(self, reference: str) -> Intent:
        return _said(lambda: self._intents.retrieve(reference, {"expand": [_CHARGE]})).body

    def intents(self, **narrowed: Any) -> Iterator[Intent]:
        """Newest first, page by page."""
        params: Any = {"limit": PAGE, "expand": [f"data.{_CHARGE}"], **narrowed}
        with _translated():
            for one in self._intents.list(params).auto_paging_iter():
                yield one.to_dict()

    def search(self, name: str, value: str) -> list[str]:
        """The ids of the intents with that in their metadata; the newest may be missing."""
        quoted = value.replace("\\", "\\\\").replace("'", "\\'")
        query: Any = {"query": f"metadata['{name}']:'{quoted}'", "limit": PAGE}
        with _translated():
            return [one.id for one in self._intents.search(query).auto_paging_iter()]

    def refunds(self, reference: str) -> Iterator[dict[str, Any]]:
        params: Any = {"payment_intent": reference, "limit": PAGE}
        with _translated():
            for one in self._refunds.list(params).auto_paging_iter():
                yield one.to_dict()

    def close(self) -> None:
        self._http.close()  # type: ignore[no-untyped-call]


def _said(call: Callable[[], stripe.StripeObject]) -> Said:
    with _translated():
        answer = call()
    if not isinstance(answer, stripe.StripeObject):  # whatever else is valid JSON
        raise GatewayUnavailable("Stripe: unreadable answer")
    response = answer.last_response
    replayed = response is not None and response.headers.get("Idempotent-Replayed") == "true"
    return Said(answer.to_dict(), replayed)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except stripe.IdempotencyError as misuse:
        raise ValueError(f"idempotency_key_reused: {misuse.user_message}") from misuse
    except (stripe.CardError, stripe.InvalidRequestError) as refusal:
        raise Refused(refusal) from refusal
    except stripe.StripeError as silence:
        status = silence.http_status or 0
        kind = Unsure if status >= HTTPStatus.INTERNAL_SERVER_ERROR else GatewayUnavailable
        raise kind(f"Stripe: {type(silence).__name__} {status or ''}".strip()) from silence
