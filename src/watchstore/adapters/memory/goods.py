"""Watches of the catalogue, and the offers of them. Every edit ages what was cached."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from watchstore.adapters.memory.one import locked, saved
from watchstore.adapters.memory.store import At, Transaction, UniqueViolation
from watchstore.adapters.memory.tables import BRANDS, OFFERS, WATCHES
from watchstore.domain.errors import Duplicate
from watchstore.domain.identifiers import OfferId, Reference, WatchId
from watchstore.domain.offer import Offer
from watchstore.domain.watch import Brand, Publication, Watch
from watchstore.service_layer.ports import ForSale

# Called after each edit of what the catalogue shows of a watch.
Edited = Callable[[WatchId], None]


class MemoryWatches:
    def __init__(self, tx: Transaction, edited: Edited) -> None:
        self._tx = tx
        self._edited = edited

    def keep_brand(self, brand: Brand) -> None:
        if self._tx.insert_or_ignore(BRANDS, brand.name, brand):
            return
        kept = self._tx.lock(BRANDS, brand.name)
        if kept is None:
            raise Duplicate(f"Another brand is at {brand.slug}.")
        known = replace(
            kept,
            country=kept.country or brand.country,
            founded_year=kept.founded_year or brand.founded_year,
        )
        if known != kept:
            saved(self._tx, BRANDS, brand.name, known)

    def add(self, watch: Watch) -> None:
        try:
            self._tx.insert(WATCHES, watch.id, watch)
        except UniqueViolation:
            raise Duplicate(f"{watch.brand} {watch.reference} is in the catalogue.") from None
        self._edited(watch.id)

    def get(self, watch_id: WatchId) -> Watch:
        return locked(self._tx, WATCHES, watch_id)

    def find(self, brand: str, reference: Reference) -> Watch | None:
        at = At("watch_brand_reference_key", (brand, reference.bare))
        found = self._tx.lock_where(WATCHES, at=at)
        return found[0] if found else None

    def save(self, watch: Watch) -> None:
        saved(self._tx, WATCHES, watch.id, watch)
        self._edited(watch.id)

    def brands(self) -> tuple[Brand, ...]:
        return tuple(self._tx.scan(BRANDS))

    def find_many(self, wanted: Collection[tuple[str, Reference]]) -> tuple[Watch, ...]:
        keys = {(brand, reference.bare) for brand, reference in wanted}
        found = [
            watch
            for key in keys
            for watch in self._tx.scan(WATCHES, at=At("watch_brand_reference_key", key))
        ]
        locked_now = (self._tx.lock(WATCHES, each) for each in sorted(watch.id for watch in found))
        return tuple(watch for watch in locked_now if watch is not None)

    def add_many(self, watches: Sequence[Watch]) -> None:
        for watch in watches:
            self.add(watch)


class MemoryOffers:
    def __init__(self, tx: Transaction, edited: Edited) -> None:
        self._tx = tx
        self._edited = edited

    def add(self, offer: Offer) -> None:
        self._tx.insert(OFFERS, offer.id, offer)
        self._edited(offer.watch_id)

    def get(self, offer_id: OfferId) -> Offer:
        return locked(self._tx, OFFERS, offer_id)

    def save(self, offer: Offer) -> None:
        saved(self._tx, OFFERS, offer.id, offer)
        self._edited(offer.watch_id)

    def of_watches(self, watch_ids: Collection[WatchId]) -> tuple[Offer, ...]:
        found = [
            offer.id
            for watch_id in set(watch_ids)
            for offer in self._tx.scan(OFFERS, at=At("offer_watch_id_fkey", watch_id))
        ]
        locked_now = (self._tx.lock(OFFERS, offer_id) for offer_id in sorted(found))
        return tuple(offer for offer in locked_now if offer is not None)

    def for_sale(self, offer_ids: Collection[OfferId]) -> Mapping[OfferId, ForSale]:
        found = ((offer_id, self._sale(offer_id)) for offer_id in offer_ids)
        return {offer_id: sale for offer_id, sale in found if sale is not None}

    def _sale(self, offer_id: OfferId) -> ForSale | None:
        offer = self._tx.get(OFFERS, offer_id)
        watch = self._tx.get(WATCHES, offer.watch_id) if offer and offer.is_open else None
        if offer is None or watch is None or watch.publication is not Publication.PUBLISHED:
            return None
        return ForSale(offer, watch.brand, watch.reference.printed, watch.name)
