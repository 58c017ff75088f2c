"""The gateway's ledger of entries, summed up per payment."""

from collections.abc import Iterable
from typing import Any

from watchstore.domain.money import Currency, Money
from watchstore.service_layer.ports import GatewayPayment


def summed(entries: Iterable[dict[str, Any]]) -> tuple[GatewayPayment, ...]:
    """`entries` as `GET /v1/ledger` gives them, oldest first."""
    by_reference: dict[str, list[dict[str, Any]]] = {}
    for entry in entries:
        by_reference.setdefault(entry["reference"], []).append(entry)
    return tuple(_payment(own) for own in by_reference.values())


def _payment(entries: list[dict[str, Any]]) -> GatewayPayment:
    currency = Currency.parse(entries[0]["currency"])

    def moved(kind: str) -> Money:
        return Money(sum(one["amount"] for one in entries if one["kind"] == kind), currency)

    return GatewayPayment(
        reference=entries[0]["reference"],
        order_number=entries[0]["order_number"],
        authorised=moved("authorised"),
        captured=moved("captured"),
        refunded=moved("refunded"),
        voided=bool(moved("voided")),
    )
