"""How rows look in JSON: as they are, but amount and currency together under `price`."""

from collections.abc import Iterable
from typing import Any

from watchstore.service_layer.queries import FacetValue, OfferRow, WatchCard, WatchPassport


def card(row: WatchCard) -> dict[str, Any]:
    """Written out, as the hottest code: a loop over the fields, or orjson's own, takes longer."""
    return {
        "slug": row.slug,
        "brand": row.brand,
        "collection": row.collection,
        "reference": row.reference,
        "name": row.name,
        "movement": row.movement,
        "case_material": row.case_material,
        "diameter_mm": row.diameter_mm,
        "dial_colour": row.dial_colour,
        "year": row.year,
        "price": price(row.amount, row.currency),
        "condition": row.condition,
        "availability": row.availability,
    }


def facet(values: Iterable[FacetValue]) -> list[dict[str, Any]]:
    return [{"value": each.value, "label": each.label, "count": each.count} for each in values]


def passport(row: WatchPassport) -> dict[str, Any]:
    fields = {name: getattr(row, name) for name in _PASSPORT}
    return fields | {"offers": [offer(each) for each in row.offers]}


def offer(row: OfferRow) -> dict[str, Any]:
    fields = {name: getattr(row, name) for name in _OFFER}
    return fields | {"price": price(row.amount, row.currency)}


def price(amount: int | None, currency: str | None) -> dict[str, Any] | None:
    """Whole minor units; None is "price on request"."""
    return None if amount is None else {"amount": amount, "currency": currency}


_PASSPORT = tuple(name for name in WatchPassport.__slots__ if name != "offers")
_OFFER = tuple(name for name in OfferRow.__slots__ if name not in {"amount", "currency"})
