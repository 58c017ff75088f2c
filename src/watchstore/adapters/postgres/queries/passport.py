"""Everything there is to know of one watch: one statement, its open offers the cheapest first."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from sqlalchemy import (
    ARRAY,
    Connection,
    Row,
    Select,
    Text,
    and_,
    bindparam,
    cast,
    func,
    select,
    true,
)

from watchstore.adapters.postgres.queries.stock import stock_of
from watchstore.adapters.postgres.schema import brands, offers, watches
from watchstore.domain.watch import Publication
from watchstore.service_layer.queries import Availability, OfferRow, WatchPassport

_STOCK = stock_of()
_PASSPORT: Select[Any] = (
    select(
        watches,
        brands.c.slug.label("brand_slug"),
        brands.c.country,
        offers.c.id.label("offer_id"),
        offers.c.condition,
        offers.c.amount,
        offers.c.currency,
        offers.c.note,
        offers.c.version.label("offer_version"),
        _STOCK.c.free,
        (_STOCK.c.held + _STOCK.c.ordered).label("reserved"),
        _STOCK.c.box,
        _STOCK.c.papers,
    )
    .select_from(
        watches.join(brands, brands.c.name == watches.c.brand)
        .outerjoin(offers, and_(offers.c.watch_id == watches.c.id, offers.c.closed_at.is_(None)))
        .outerjoin(_STOCK, true())
    )
    .order_by(offers.c.amount, offers.c.id)
)
BY_SLUG: Select[Any] = _PASSPORT.where(watches.c.slug == bindparam("slug"))
_SLUG = watches.c.slug.collate("C")  # by code point, whatever language the database sorts by
_PAGE = (
    select(watches.c.slug)
    .where(bindparam("after") < _SLUG)
    .order_by(_SLUG)
    .limit(bindparam("limit"))
)
_BY_SLUGS: Select[Any] = _PASSPORT.order_by(None).order_by(_SLUG, offers.c.amount, offers.c.id)
PAGE: Select[Any] = _BY_SLUGS.where(watches.c.slug.in_(_PAGE))
PUBLISHED: Select[Any] = _BY_SLUGS.where(
    watches.c.slug == func.any(cast(bindparam("slugs"), ARRAY(Text))),
    watches.c.publication == Publication.PUBLISHED.value,
)


def passport(connection: Connection, question: Select[Any], slug: str) -> WatchPassport | None:
    """`question` is BY_SLUG, or a narrower form of it."""
    rows = connection.execute(question, {"slug": slug}).all()
    return _passport(rows) if rows else None


def passports_of(
    connection: Connection, question: Select[Any], params: Mapping[str, object]
) -> tuple[WatchPassport, ...]:
    """`question` is PAGE or PUBLISHED."""
    rows = connection.execute(question, params)
    watch_by_watch = groupby(rows, key=lambda row: row.slug)
    return tuple(_passport(list(group)) for _, group in watch_by_watch)


def _passport(rows: Sequence[Row[Any]]) -> WatchPassport:
    """The watch is the same on every row; a watch without offers has one row without any."""
    row = rows[0]
    shown = tuple(_offer(each) for each in rows if each.offer_id is not None)
    return WatchPassport(
        id=str(row.id),
        slug=row.slug,
        brand=row.brand,
        brand_slug=row.brand_slug,
        country=row.country,
        collection=row.collection,
        reference=row.reference,
        name=row.name,
        publication=row.publication,
        movement=row.movement,
        calibre=row.calibre,
        case_material=row.case_material,
        diameter_mm=_number(row.diameter_mm),
        thickness_mm=_number(row.thickness_mm),
        lug_to_lug_mm=_number(row.lug_to_lug_mm),
        lug_width_mm=_number(row.lug_width_mm),
        dial_colour=row.dial_colour,
        bracelet_material=row.bracelet_material,
        crystal=row.crystal,
        water_resistance_m=row.water_resistance_m,
        power_reserve_h=row.power_reserve_h,
        complications=tuple(row.complications),
        year=row.first_year,
        offers=shown,
        availability=Availability.of_watch(offer.availability for offer in shown).value,
        version=row.version,
        changed_at=row.changed_at.isoformat(),
    )


def _offer(row: Row[Any]) -> OfferRow:
    return OfferRow(
        id=str(row.offer_id),
        condition=row.condition,
        amount=row.amount,
        currency=row.currency,
        note=row.note,
        box=row.box,
        papers=row.papers,
        free=row.free,
        reserved=row.reserved,
        availability=Availability.of_offer(free=row.free, reserved=row.reserved).value,
        version=row.offer_version,
    )


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
