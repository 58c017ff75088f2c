"""What an import asks of a storage: many rows in few statements, and files in and out."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from time import process_time
from uuid import uuid4

import pytest
from tests.harness.racing import answers, race
from tests.harness.records import BRAND, a_piece, a_watch, an_offer, put_offer

from watchstore.domain import Brand, PieceId, Reference, Slug, WatchId
from watchstore.domain.errors import Duplicate
from watchstore.entrypoints.demo import load_demo
from watchstore.entrypoints.demo.loading import FOLDER
from watchstore.service_layer.commands import ImportCatalogue, ImportOffers
from watchstore.service_layer.importing.report import ImportReport, OffersReport

CATALOGUE = (FOLDER / "catalogue.csv").read_bytes()
SINN = Brand.named("Sinn")


def sinn(number: int, **more):
    facts = {"brand": SINN.name, "slug": Slug.parse(f"sinn-{number}"), **more}
    return a_watch(reference=Reference(f"U-{number}"), **facts)


@pytest.fixture
def watches(storage):
    made = [sinn(number) for number in range(5)]
    with storage.begin() as uow:
        uow.watches.keep_brand(SINN)
        uow.watches.add_many(made)
        uow.commit()
    return made


class TestManyWatches:
    def test_they_are_found_by_brand_and_bare_reference(self, storage, watches):
        wanted = [("Sinn", Reference("u1")), ("Sinn", Reference("U 3")), ("Sinn", Reference("U9"))]
        with storage.begin() as uow:
            found = uow.watches.find_many([*wanted, *wanted, ("Oris", Reference("U1"))])
            assert found == tuple(sorted((watches[1], watches[3]), key=lambda watch: watch.id))
            assert uow.watches.find_many([]) == ()

    def test_they_are_locked(self, storage, watches, until_waiting):
        with ThreadPoolExecutor(1) as other, storage.begin() as uow:
            uow.watches.find_many([("Sinn", watches[0].reference)])

            def rival():
                with storage.begin() as second:
                    return second.watches.get(watches[0].id).name

            waiting = other.submit(rival)
            until_waiting(1)
            uow.watches.save(replace(watches[0], name="Changed", version=2))
            uow.commit()
            assert waiting.result(10) == "Changed"

    def test_of_many_all_are_added_or_none(self, storage, watches):
        for twin in (sinn(3), sinn(77, slug=watches[0].slug)):
            with storage.begin() as uow:
                with pytest.raises(Duplicate), uow.savepoint():
                    uow.watches.add_many([sinn(10), twin, sinn(11)])
                assert uow.watches.find("Sinn", Reference("U10")) is None
                uow.commit()

    @pytest.mark.usefixtures("watches")
    def test_adding_many_is_an_edit_of_the_catalogue(self, storage):
        before = storage.catalogue.version()
        with storage.begin() as uow:
            uow.watches.add_many([sinn(10), sinn(11)])
            uow.commit()
        assert storage.catalogue.version() == before + 1

    @pytest.mark.usefixtures("watches")
    def test_brands_are_all_there(self, storage):
        told = replace(BRAND, country="Japan", founded_year=1960)
        with storage.begin() as uow:
            uow.watches.keep_brand(told)
            assert set(uow.watches.brands()) == {SINN, told}


class TestManyOffers:
    def test_closed_ones_are_found_too_in_the_order_of_their_id(self, storage, watches):
        first, second, _ = watches[:3]
        offers = [an_offer(first), an_offer(second), an_offer(first)]
        offers[2] = offers[2].close(offers[2].opened_at)
        with storage.begin() as uow:
            for offer in offers:
                uow.offers.add(offer)
            uow.offers.add(an_offer(watches[2]))
            uow.commit()
        with storage.begin() as uow:
            found = uow.offers.of_watches([second.id, first.id, first.id, WatchId(uuid4())])
            assert found == tuple(sorted(offers, key=lambda offer: offer.id))
            assert uow.offers.of_watches([]) == ()

    def test_pieces_are_known_or_not(self, storage):
        with storage.begin() as uow:
            piece = a_piece(put_offer(uow))
            uow.pieces.add([piece])
            assert uow.pieces.known([piece.id, PieceId(uuid4())]) == {piece.id}
            assert uow.pieces.known([]) == frozenset()


class TestPassports:
    def test_every_watch_is_there_once_whatever_the_page(self, storage, watches):
        with storage.begin() as uow:
            uow.offers.add(an_offer(watches[0]))
            uow.offers.add(an_offer(watches[0]))
            uow.commit()
        slugs, after = [], ""
        while page := storage.office.passports(after=after, limit=2):
            assert len(page) <= 2
            slugs += [watch.slug for watch in page]
            after = page[-1].slug
        assert slugs == sorted(watch.slug.text for watch in watches)

    def test_they_are_the_same_as_one_by_one(self, storage, watches):
        with storage.begin() as uow:
            uow.offers.add(an_offer(watches[0]))
            uow.offers.add(an_offer(watches[0]))
            uow.commit()
        pages = storage.office.passports()
        assert pages == tuple(storage.office.watch(watch.slug) for watch in pages)

    @pytest.mark.usefixtures("watches")
    def test_slugs_are_compared_by_code_point(self, storage):
        texts = ["ab", "a-c", "a1", "a-b-c", "z", "a"]
        with storage.begin() as uow:
            for number, text in enumerate(texts):
                uow.watches.add(sinn(100 + number, slug=Slug.parse(text)))
            uow.commit()
        found = [watch.slug for watch in storage.office.passports(limit=4)]
        assert found == sorted(texts)[:4]


class TestTheDemo:
    def test_it_loads_in_time_and_once(self, house):
        began = process_time()  # other tests may keep the machine busy meanwhile
        first = load_demo(house.rival)
        assert process_time() - began < 10
        assert (first.catalogue.created, first.offers.received, first.offers.refused) == (
            2126,
            527,
            72,
        )
        version = house.storage.catalogue.version()
        again = load_demo(house.rival)
        assert again.catalogue == ImportReport(unchanged=2126)
        assert (again.offers.unchanged, again.new) == (527, OffersReport(unchanged=457))
        data = b"".join(house.rival.export_catalogue())
        assert data.count(b"\r\n") == 2127
        assert house.rival.import_catalogue(ImportCatalogue(data)) == ImportReport(unchanged=2126)
        assert house.storage.catalogue.version() == version


class TestTwoAtOnce:
    def test_two_imports_of_one_file_make_each_watch_and_offer_once(self, house):
        part = b"\r\n".join(CATALOGUE.split(b"\r\n")[:301]) + b"\r\n"
        command = ImportCatalogue(part, publish=True)
        reports = answers(race([lambda: house.rival.import_catalogue(command)] * 3))
        assert sum(report.created for report in reports) == 300
        assert all(report.created + report.unchanged + report.refused == 300 for report in reports)
        assert house.rival.import_catalogue(command) == ImportReport(unchanged=300)
        stock = house.storage.office.stock()
        assert len(stock) == len({(row.brand, row.reference) for row in stock})

    def test_two_imports_of_the_same_pieces_receive_each_once(self, house):
        known = b"brand,reference,name\r\nRolex,126300,Datejust\r\n"
        house.rival.import_catalogue(ImportCatalogue(known))
        rows = "Rolex,126300,used,,,,5,USD,x\r\n" * 50 + "Rolex,126300,new,,,,9,USD,x\r\n" * 50
        header = "brand,reference,condition,year,box,papers,price_amount,price_currency,source\r\n"
        command = ImportOffers((header + rows).encode())
        reports = answers(race([lambda: house.rival.import_offers(command)] * 3))
        assert sorted((report.received, report.unchanged) for report in reports) == [
            (0, 100),
            (0, 100),
            (100, 0),
        ]
