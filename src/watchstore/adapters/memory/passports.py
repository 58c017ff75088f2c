"""Everything there is to know of one watch, for buyers and for staff."""

from decimal import Decimal

from watchstore.adapters.memory.plain import Stock, iso
from watchstore.adapters.memory.reading import Reader
from watchstore.domain.offer import Offer
from watchstore.domain.piece import Piece
from watchstore.domain.watch import Watch
from watchstore.service_layer.queries import Availability, OfferRow, WatchPassport


def passport(reader: Reader, watch: Watch) -> WatchPassport:
    brand, spec = reader.brand_of(watch), watch.specification
    offers = tuple(_offer_rows(reader, watch))
    return WatchPassport(
        id=str(watch.id),
        slug=watch.slug.text,
        brand=watch.brand,
        brand_slug=brand.slug.text,
        country=brand.country,
        collection=watch.collection,
        reference=watch.reference.printed,
        name=watch.name,
        publication=watch.publication.value,
        movement=spec.movement.value if spec.movement else None,
        calibre=spec.calibre,
        case_material=spec.case_material,
        diameter_mm=_number(spec.diameter_mm),
        thickness_mm=_number(spec.thickness_mm),
        lug_to_lug_mm=_number(spec.lug_to_lug_mm),
        lug_width_mm=_number(spec.lug_width_mm),
        dial_colour=spec.dial_colour,
        bracelet_material=spec.bracelet_material,
        crystal=spec.crystal,
        water_resistance_m=spec.water_resistance_m,
        power_reserve_h=spec.power_reserve_h,
        complications=spec.complications,
        year=spec.first_year,
        offers=offers,
        availability=Availability.of_watch(offer.availability for offer in offers).value,
        version=watch.version,
        changed_at=iso(watch.changed_at),
    )


def _offer_rows(reader: Reader, watch: Watch) -> list[OfferRow]:
    """The cheapest first."""
    offers = sorted(reader.open_offers(watch.id), key=lambda offer: (offer.price.amount, offer.id))
    return [_row(offer, reader.pieces(offer.id), reader.stock(offer.id)) for offer in offers]


def _row(offer: Offer, pieces: list[Piece], stock: Stock) -> OfferRow:
    """Box and papers are promised only when every piece has them."""
    return OfferRow(
        id=str(offer.id),
        condition=offer.condition.value,
        amount=offer.price.amount,
        currency=offer.price.currency.code,
        note=offer.note,
        box=bool(pieces) and all(piece.box for piece in pieces),
        papers=bool(pieces) and all(piece.papers for piece in pieces),
        free=stock.free,
        reserved=stock.reserved,
        availability=stock.availability.value,
        version=offer.version,
    )


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
