"""Offers: each row is one piece, and the same row is the same piece for ever."""

from uuid import UUID

import pytest
from tests.harness.language import a_watch
from tests.harness.shop import House
from tests.harness.steps import Crash

from watchstore.domain import OfferId
from watchstore.service_layer.commands import ImportOffers
from watchstore.service_layer.importing.report import Fault, OffersReport
from watchstore.service_layer.queries import OfferRow

HEADER = "brand,reference,condition,year,box,papers,price_amount,price_currency,source\n"
USED = "Grand Seiko,SBGA211,used,,,,4000,USD,dealer\n"
NEW = "Grand Seiko,SBGA211,new,,,,5800,USD,dealer\n"


def imported(house: House, rows: str, *, dry_run: bool = False) -> OffersReport:
    return house.shop.import_offers(ImportOffers((HEADER + rows).encode(), dry_run=dry_run))


def offers(house: House) -> list[OfferRow]:
    watch = house.shop.office.watch("grand-seiko-heritage-sbga211")
    assert watch is not None
    return list(watch.offers)


@pytest.fixture(autouse=True)
def snowflake(house: House) -> None:
    a_watch(house)


def test_each_used_row_is_a_piece_with_its_own_offer(house: House) -> None:
    assert imported(house, USED * 3) == OffersReport(received=3, offers_opened=3)
    assert [(each.condition, each.amount, each.free) for each in offers(house)] == (
        [("pre_owned", 400_000, 1)] * 3
    )


def test_new_rows_of_one_price_share_an_offer(house: House) -> None:
    dearer = NEW.replace("5800", "5900")
    assert imported(house, NEW * 3 + dearer) == OffersReport(received=4, offers_opened=2)
    assert [(each.amount, each.free) for each in offers(house)] == [(580_000, 3), (590_000, 1)]


def test_a_second_run_creates_nothing(house: House) -> None:
    imported(house, USED * 2 + NEW * 2)
    version = house.shop.catalogue.version()
    assert imported(house, USED * 2 + NEW * 2) == OffersReport(unchanged=4)
    assert house.shop.catalogue.version() == version


def test_one_more_row_is_one_more_piece(house: House) -> None:
    imported(house, USED + NEW)
    assert imported(house, NEW * 2 + USED * 2) == OffersReport(
        received=2, unchanged=2, offers_opened=1
    )


def test_spelling_and_punctuation_do_not_make_another_piece(house: House) -> None:
    imported(house, USED)
    assert imported(house, USED.replace("SBGA211", "sbga-211").replace("Grand", "GRAND")) == (
        OffersReport(unchanged=1)
    )


def test_what_the_row_says_of_the_piece_is_kept(house: House) -> None:
    imported(house, USED.replace("used,,,,", "used,2011,yes,x,"))
    (offer,) = offers(house)
    assert (offer.note, offer.box, offer.papers) == ("Made in 2011", True, True)


def test_an_unknown_reference_is_told_and_the_rest_taken(house: House) -> None:
    report = imported(house, USED + USED.replace("SBGA211", "SBGA999") + "Nobody,1,new,,,,1,USD,\n")
    assert (report.received, report.refused) == (1, 2)
    assert report.faults == (
        Fault(3, "reference", "is not in the catalogue"),
        Fault(4, "reference", "is not in the catalogue"),
    )


def test_a_dry_run_tells_the_same_and_writes_nothing(house: House) -> None:
    rows = (USED + NEW) * 250 + "Sinn,1,new,,,,1,USD,\n" + "bad\n"
    promised = imported(house, rows, dry_run=True)
    assert offers(house) == []
    assert imported(house, rows) == promised
    assert (promised.received, promised.offers_opened, promised.refused) == (500, 251, 2)


def test_a_piece_for_an_offer_that_was_closed_is_told(house: House) -> None:
    imported(house, NEW)
    house.shop.close_offer(OfferId(UUID(offers(house)[0].id)))
    report = imported(house, NEW * 2)
    assert (report.received, report.unchanged, report.refused) == (0, 1, 1)
    assert report.faults == (Fault(3, "", "its offer was closed"),)


def test_a_kill_in_the_middle_loses_no_piece_and_doubles_none(house: House) -> None:
    house.steps.crash("commit:before", time=2)
    with pytest.raises(Crash):
        imported(house, USED * 450)
    assert len(offers(house)) == 200
    assert imported(house, USED * 450) == OffersReport(
        received=250, unchanged=200, offers_opened=250
    )


def test_progress_is_told_by_the_chunk(house: House) -> None:
    told: list[tuple[int, int]] = []
    house.shop.import_offers(
        ImportOffers((HEADER + USED * 250).encode()),
        progress=lambda done, total: told.append((done, total)),
    )
    assert told == [(200, 250), (250, 250)]
