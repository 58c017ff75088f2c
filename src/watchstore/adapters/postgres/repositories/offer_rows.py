"""An offer as a row, and back."""

from typing import Any

from sqlalchemy import Row

from watchstore.domain.identifiers import OfferId, WatchId
from watchstore.domain.money import Currency, Money
from watchstore.domain.offer import Condition, Offer


def offer_values(offer: Offer) -> dict[str, object]:
    return {
        "id": offer.id,
        "watch_id": offer.watch_id,
        "condition": offer.condition.value,
        "amount": offer.price.amount,
        "currency": offer.price.currency.code,
        "opened_at": offer.opened_at,
        "note": offer.note,
        "closed_at": offer.closed_at,
        "version": offer.version,
    }


def to_offer(row: Row[Any]) -> Offer:
    return Offer(
        OfferId(row.id),
        WatchId(row.watch_id),
        Condition(row.condition),
        Money(row.amount, Currency(row.currency)),
        row.opened_at,
        note=row.note,
        closed_at=row.closed_at,
        version=row.version,
    )
