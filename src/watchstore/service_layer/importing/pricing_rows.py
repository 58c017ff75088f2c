"""The price in a catalogue row: it opens the one offer that the catalogue has of a watch, or
reprices it. Pieces with an offer of their own keep their price, whatever a catalogue says."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from watchstore.domain.events import OfferRepriced
from watchstore.domain.identifiers import OfferId
from watchstore.domain.money import Money
from watchstore.domain.offer import Condition, Offer
from watchstore.domain.watch import Watch
from watchstore.service_layer.cataloguing import add_offer
from watchstore.service_layer.importing.catalogue_rows import CatalogueRow
from watchstore.service_layer.importing.identities import catalogue_offer
from watchstore.service_layer.importing.tally import CatalogueTally
from watchstore.service_layer.ports import UnitOfWork


def price_rows(
    applied: Sequence[tuple[CatalogueRow, Watch]],
    uow: UnitOfWork,
    tally: CatalogueTally,
    now: datetime,
) -> None:
    priced = [(row, watch) for row, watch in applied if row.price is not None]
    offers = defaultdict(list)
    for offer in uow.offers.of_watches([watch.id for _, watch in priced]):
        offers[offer.watch_id].append(offer)
    for row, watch in priced:
        if row.price is not None:
            _price(row, row.price, watch, offers[watch.id], uow=uow, tally=tally, now=now)


def _price(
    row: CatalogueRow,
    price: Money,
    watch: Watch,
    offers: Sequence[Offer],
    *,
    uow: UnitOfWork,
    tally: CatalogueTally,
    now: datetime,
) -> None:
    own = catalogue_offer(row.brand.slug.text, row.reference.bare, row.condition)
    standing = catalogues_own(own, row.condition, [offer for offer in offers if offer.is_open])
    if standing is not None:
        _reprice(standing, price, uow, tally)
    elif any(offer.id == own for offer in offers):
        tally.faults.append(row.fault("price_amount", "its offer was closed: the price is ignored"))
    else:
        add_offer(uow, Offer(own, watch.id, row.condition, price, now))
        tally.offers_opened += 1


def catalogues_own(own: OfferId, condition: Condition, offers: Sequence[Offer]) -> Offer | None:
    """New pieces share one offer, whoever opened it; any other has to be the catalogue's."""
    named = [offer for offer in offers if offer.id == own]
    shared = [
        offer for offer in offers if offer.condition is condition and condition is Condition.NEW
    ]
    return next(iter(named or sorted(shared, key=lambda offer: offer.id)), None)


def _reprice(offer: Offer, price: Money, uow: UnitOfWork, tally: CatalogueTally) -> None:
    repriced = offer.reprice(price)
    if repriced == offer:
        return
    uow.offers.save(repriced)
    uow.outbox.append(offer.id, OfferRepriced(str(offer.id), price.amount, price.currency.code))
    tally.repriced += 1
