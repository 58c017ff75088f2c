"""What imports ask for: many rows in one question or one statement."""

from uuid import uuid4

import pytest
from tests.harness.records import (
    BRAND,
    NOW,
    a_piece,
    a_serial,
    a_watch,
    an_offer,
    keep_offer,
    keep_order,
    put_offer,
)

from watchstore.domain import Brand, PieceId, Publication, Reference, WatchId
from watchstore.domain.errors import Duplicate


def keep_watches(storage, *watches):
    with storage.begin() as uow:
        uow.watches.keep_brand(BRAND)
        uow.watches.add_many(watches)
        uow.commit()


class TestWatches:
    def test_are_added_together(self, storage):
        watches = [a_watch() for _ in range(5)]
        before = storage.catalogue.version()
        keep_watches(storage, *watches)
        with storage.begin() as uow:
            assert [uow.watches.get(watch.id) for watch in watches] == watches
        assert storage.catalogue.version() > before

    def test_are_added_all_or_none(self, storage):
        kept = a_watch()
        keep_watches(storage, kept)
        new, taken = a_watch(), a_watch(reference=kept.reference)
        with pytest.raises(Duplicate):
            keep_watches(storage, new, taken)
        with storage.begin() as uow:
            assert uow.watches.find(BRAND.name, new.reference) is None

    def test_are_found_together_in_the_order_of_their_ids(self, storage):
        watches = [a_watch() for _ in range(4)]
        keep_watches(storage, *watches)
        wanted = [(BRAND.name, watch.reference) for watch in watches[1:]]
        with storage.begin() as uow:
            found = uow.watches.find_many([*wanted, (BRAND.name, Reference("NONE"))])
        assert found == tuple(sorted(watches[1:], key=lambda watch: watch.id))

    def test_that_were_found_are_locked(self, storage, threads, until_waiting):
        watch = a_watch()
        keep_watches(storage, watch)

        def read():
            with storage.begin() as uow:
                return uow.watches.get(watch.id).name

        with storage.begin() as uow:
            (found,) = uow.watches.find_many([(BRAND.name, watch.reference)])
            rival = threads.submit(read)
            until_waiting(1)
            uow.watches.save(
                found.revise(NOW, collection="", name="New", specification=found.specification)
            )
            uow.commit()
        assert rival.result(10) == "New"

    def test_may_be_none(self, storage):
        keep_watches(storage)
        with storage.begin() as uow:
            assert uow.watches.find_many([]) == ()


class TestBrands:
    def test_are_all_given(self, storage):
        with storage.begin() as uow:
            uow.watches.keep_brand(BRAND)
            uow.watches.keep_brand(Brand.named("Omega", country="Switzerland"))
            assert set(uow.watches.brands()) == {
                BRAND,
                Brand.named("Omega", country="Switzerland"),
            }


class TestOffers:
    def test_of_watches_are_given_closed_ones_too(self, storage):
        with storage.begin() as uow:
            watch = a_watch()
            uow.watches.keep_brand(BRAND)
            uow.watches.add(watch)
            offers = [an_offer(watch), an_offer(watch, closed_at=NOW)]
            for offer in offers:
                uow.offers.add(offer)
            put_offer(uow)
            found = uow.offers.of_watches([watch.id, WatchId(uuid4())])
            assert found == tuple(sorted(offers, key=lambda offer: offer.id))
            assert uow.offers.of_watches([]) == ()


class TestPieces:
    def test_are_known_when_they_are_there_even_sold(self, storage):
        offer, (sold, free) = keep_offer(storage, 2)
        order = keep_order(storage, offer, sold)
        with storage.begin() as uow:
            uow.pieces.sell(order.id, NOW)
            uow.commit()
        with storage.begin() as uow:
            assert uow.pieces.known([sold, free, PieceId(uuid4())]) == {sold, free}
            assert uow.pieces.known([]) == frozenset()

    def test_of_one_delivery_are_added_all_or_none(self, storage):
        offer, _ = keep_offer(storage)
        twins = [a_piece(offer, serial=a_serial("S1")) for _ in range(2)]
        with pytest.raises(Duplicate), storage.begin() as uow:
            uow.pieces.add([a_piece(offer), *twins])
        assert storage.office.pieces(offer.id) == ()


class TestPassports:
    def test_come_by_slug_drafts_too(self, storage):
        watches = [a_watch(publication=state) for state in Publication]
        keep_watches(storage, *watches)
        slugs = sorted(watch.slug.text for watch in watches)
        first = storage.office.passports(limit=2)
        rest = storage.office.passports(after=first[-1].slug, limit=2)
        assert [each.slug for each in (*first, *rest)] == slugs
