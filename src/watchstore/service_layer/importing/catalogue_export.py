"""The catalogue as CSV (RFC 4180): what an import of the same file would not change."""

import csv
import io
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from watchstore.domain.identifiers import OfferId, Reference
from watchstore.domain.money import Currency, Money
from watchstore.domain.offer import Condition
from watchstore.service_layer.importing.escaping import escaped
from watchstore.service_layer.importing.identities import catalogue_offer
from watchstore.service_layer.importing.texts import UNDERSTOOD
from watchstore.service_layer.queries import OfferRow, OfficeQueries, WatchPassport

PAGE: Final = 200
COLUMNS: Final = (
    "brand",
    "collection",
    "reference",
    "name",
    "movement",
    "calibre",
    "case_material",
    "case_diameter_mm",
    "dial_colour",
    "bracelet_material",
    "water_resistance_m",
    "year",
    "price_amount",
    "price_currency",
    "condition",
    "publication",
    "thickness_mm",
    "lug_to_lug_mm",
    "lug_width_mm",
    "crystal",
    "power_reserve_h",
    "complications",
)


def export_catalogue(office: OfficeQueries, *, page: int = PAGE) -> Iterator[bytes]:
    """The header, then a block per page of watches; each page is a question of its own."""
    yield _block([COLUMNS])
    after = ""
    while watches := office.passports(after=after, limit=page):
        yield _block([_cells(watch) for watch in watches])
        after = watches[-1].slug


def _block(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()


def _cells(watch: WatchPassport) -> list[str]:
    cells = _texts(watch) | _figures(watch) | _price(watch)
    return [cells[column] for column in COLUMNS]


def _texts(watch: WatchPassport) -> dict[str, str]:
    texts = {column: getattr(watch, column) for column in UNDERSTOOD}
    texts["complications"] = _joined(watch.complications)
    return {column: escaped(text, UNDERSTOOD[column]) for column, text in texts.items()}


def _joined(parts: Sequence[str]) -> str:
    """Blank, which an import lets stand, where the delimiter is part of the text."""
    return "" if any("|" in part for part in parts) else " | ".join(parts)


def _figures(watch: WatchPassport) -> dict[str, str]:
    return {
        "movement": watch.movement or "",
        "publication": watch.publication,
        "case_diameter_mm": _decimal(watch.diameter_mm),
        "thickness_mm": _decimal(watch.thickness_mm),
        "lug_to_lug_mm": _decimal(watch.lug_to_lug_mm),
        "lug_width_mm": _decimal(watch.lug_width_mm),
        "water_resistance_m": _whole(watch.water_resistance_m),
        "power_reserve_h": _whole(watch.power_reserve_h),
        "year": _whole(watch.year),
    }


def _price(watch: WatchPassport) -> dict[str, str]:
    offer = _own(watch)
    if offer is None:
        return dict.fromkeys(("price_amount", "price_currency", "condition"), "")
    money = Money(offer.amount, Currency(offer.currency))
    return {
        "price_amount": str(money.decimal),
        "price_currency": offer.currency,
        "condition": offer.condition,
    }


def _own(watch: WatchPassport) -> OfferRow | None:
    """The offer that an import of the row would reprice: see `pricing_rows`."""
    bare = Reference(watch.reference).bare
    for condition in Condition:
        own = catalogue_offer(watch.brand_slug, bare, condition)
        if found := _named(own, condition, watch.offers):
            return found
    return None


def _named(own: OfferId, condition: Condition, offers: Sequence[OfferRow]) -> OfferRow | None:
    named = [offer for offer in offers if offer.id == str(own)]
    shared = [offer for offer in offers if offer.condition == condition == Condition.NEW]
    return next(iter(named or sorted(shared, key=lambda offer: offer.id)), None)


def _decimal(value: float | None) -> str:
    # The shortest text that gives the same float back; no trailing zero.
    return "" if value is None else f"{Decimal(repr(value)).normalize():f}"


def _whole(value: int | None) -> str:
    return "" if value is None else str(value)
