"""The import as a use case: idempotent, whole chunks, dry runs, prices and states."""

from uuid import UUID

import pytest
from tests.harness.language import a_watch, an_offer
from tests.harness.shop import House
from tests.harness.steps import Crash

from watchstore.adapters.memory import MemoryStorage
from watchstore.adapters.memory.tables import EVENTS
from watchstore.domain import Brand, Condition, DomainError, Money, OfferId, WatchId
from watchstore.domain.errors import InvalidValue
from watchstore.service_layer.commands import ImportCatalogue, OpenOffer, RepriceOffer
from watchstore.service_layer.importing.report import Fault, ImportReport
from watchstore.service_layer.ports import ConcurrencyConflict
from watchstore.service_layer.queries import OfferRow, WatchPassport

HEADER = "brand,collection,reference,name,case_diameter_mm,price_amount,price_currency,condition\n"
SNOWFLAKE = HEADER + "Grand Seiko,Heritage,SBGA211,Snowflake,41,5800,USD,\n"


def imported(house: House, text: str, **options: object) -> ImportReport:
    command = ImportCatalogue(text.encode(), **({"publish": True} | options))  # type: ignore[arg-type]
    return house.shop.import_catalogue(command)


def watch_at(house: House, slug: str) -> WatchPassport:
    watch = house.shop.office.watch(slug)
    assert watch is not None
    return watch


def offers_at(house: House, slug: str) -> list[tuple[str, int, str]]:
    return [(each.condition, each.amount, each.currency) for each in watch_at(house, slug).offers]


def only_offer(house: House, slug: str) -> OfferRow:
    (offer,) = watch_at(house, slug).offers
    return offer


def written(steps: list[str]) -> set[str]:
    """The steps that would have changed something, had they been committed."""
    changing = ("add", "save", "append", "keep", "commit")
    return {step for step in steps if step.rpartition(".")[2].startswith(changing)}


def many(count: int) -> str:
    return HEADER + "".join(
        f"Sinn,Dive,U{number},Diver {number},41,{1000 + number},EUR,\n" for number in range(count)
    )


def test_a_row_makes_a_published_watch_with_one_offer(house: House) -> None:
    report = imported(house, SNOWFLAKE)
    assert report == ImportReport(created=1, offers_opened=1)
    watch = watch_at(house, "grand-seiko-heritage-sbga211")
    assert (watch.publication, watch.name, watch.diameter_mm) == ("published", "Snowflake", 41.0)
    assert offers_at(house, watch.slug) == [("new", 580_000, "USD")]


def test_new_references_are_drafts_unless_told_otherwise(house: House) -> None:
    imported(house, SNOWFLAKE, publish=False)
    assert watch_at(house, "grand-seiko-heritage-sbga211").publication == "draft"


def test_a_second_run_writes_nothing(house: House) -> None:
    imported(house, many(450))
    version = house.shop.catalogue.version()
    before = len(house.steps.seen)
    assert imported(house, many(450)) == ImportReport(unchanged=450)
    assert written(house.steps.seen[before:]) == set()
    assert house.shop.catalogue.version() == version


def test_a_changed_row_revises_and_reprices(house: House) -> None:
    imported(house, SNOWFLAKE)
    changed = SNOWFLAKE.replace("41,5800", "41.5,6100")
    assert imported(house, changed) == ImportReport(revised=1, repriced=1)
    watch = watch_at(house, "grand-seiko-heritage-sbga211")
    assert (watch.diameter_mm, offers_at(house, watch.slug)) == (41.5, [("new", 610_000, "USD")])


def test_a_blank_cell_states_nothing_and_erases_nothing(house: House) -> None:
    imported(house, SNOWFLAKE)
    blank = "brand,reference,name,case_diameter_mm,price\nGrand Seiko,sbga 211,,,\n"
    assert imported(house, blank) == ImportReport(unchanged=1)


def test_a_price_list_needs_no_names(house: House) -> None:
    imported(house, SNOWFLAKE)
    prices = "brand,ref,price\nGrand Seiko,SBGA211,$6000\nGrand Seiko,SBGA999,$1\n"
    assert imported(house, prices) == ImportReport(
        refused=1,
        repriced=1,
        unchanged=1,
        faults=(Fault(3, "name", "a new reference needs a name"),),
    )


def test_faults_come_in_the_order_of_the_file(house: House) -> None:
    text = "brand,reference,name,year,odd\nSinn,1,,,\nSinn,2,b,soon,\nSinn,3,,,\nSinn,4,d,e,f,g\n"
    assert [fault.line for fault in imported(house, text).faults] == [1, 2, 3, 4, 5]


def events(house: House) -> list[str]:
    storage = house.storage
    assert isinstance(storage, MemoryStorage)
    rows = storage._store.transaction().scan(EVENTS)
    return [row.event.name for row in sorted(rows, key=lambda row: row.number)]


def test_what_happened_is_told_once(house: House) -> None:
    text = "brand,reference,name,publication\nSinn,1,a,draft\n"
    imported(house, text)
    assert events(house) == ["watch.created"]
    imported(house, text.replace("draft", "published"))
    assert events(house)[1:] == ["watch.published"]
    imported(house, text.replace("a,draft", "b,withdrawn"))
    assert events(house)[2:] == ["watch.revised", "watch.withdrawn"]
    imported(house, text.replace("a,draft", "b,withdrawn"))
    assert len(events(house)) == 4


def test_what_happened_to_prices_is_told_with_them(house: House) -> None:
    imported(house, SNOWFLAKE)
    imported(house, SNOWFLAKE.replace("5800", "6100"))
    assert sorted(events(house)) == [
        "offer.opened",
        "offer.repriced",
        "watch.created",
        "watch.published",
    ]


def test_a_dry_run_tells_the_same_and_writes_nothing(house: House) -> None:
    text = many(450) + "Sinn,Dive,U3,Twice,41,,,\nSinn,,,,,,,\n"
    promised = imported(house, text, dry_run=True)
    assert house.shop.office.watches().total == 0
    assert house.shop.catalogue.version() == 0
    assert imported(house, text) == promised
    assert (promised.created, promised.refused) == (450, 2)


def test_a_dry_run_of_changes_tells_the_same_too(house: House) -> None:
    imported(house, many(10))
    text = many(20).replace(",41,", ",42,")
    promised = imported(house, text, dry_run=True)
    assert promised == ImportReport(created=10, revised=10, offers_opened=10)
    assert imported(house, text) == promised


def test_prices_never_touch_a_piece_with_an_offer_of_its_own(house: House) -> None:
    watch_id = a_watch(house)
    own = an_offer(house, watch=watch_id, price="4000", condition=Condition.PRE_OWNED)
    text = SNOWFLAKE + "Omega,Sea,210.30,Diver,42,100,USD,used\n"
    assert imported(house, text).offers_opened == 2
    offers = watch_at(house, "grand-seiko-heritage-sbga211").offers
    assert {(each.id == str(own), each.amount) for each in offers} == {
        (True, 400_000),
        (False, 580_000),
    }
    used = SNOWFLAKE.replace(",USD,", ",USD,used")
    assert imported(house, used) == ImportReport(unchanged=1, offers_opened=1)
    assert imported(house, used.replace("5800", "5700")) == ImportReport(unchanged=1, repriced=1)
    assert str(own) in {
        each.id
        for each in watch_at(house, "grand-seiko-heritage-sbga211").offers
        if each.amount == 400_000
    }


def test_new_pieces_share_one_offer_whoever_opened_it(house: House) -> None:
    offer = an_offer(house, watch=a_watch(house), price="5000")
    assert imported(house, SNOWFLAKE).repriced == 1
    assert only_offer(house, "grand-seiko-heritage-sbga211").id == str(offer)


def test_an_offer_that_staff_closed_stays_closed(house: House) -> None:
    imported(house, SNOWFLAKE)
    offer = only_offer(house, "grand-seiko-heritage-sbga211")
    house.shop.close_offer(OfferId(UUID(offer.id)))
    fault = Fault(2, "price_amount", "its offer was closed: the price is ignored")
    assert imported(house, SNOWFLAKE) == ImportReport(unchanged=1, faults=(fault,))
    assert watch_at(house, "grand-seiko-heritage-sbga211").offers == ()


def test_prices_can_be_left_out(house: House) -> None:
    assert imported(house, SNOWFLAKE, prices=False) == ImportReport(created=1)


def test_the_file_decides_on_publication_where_it_says_so(house: House) -> None:
    header = "brand,reference,name,publication\n"
    states = "Sinn,1,a,draft\nSinn,2,b,published\nSinn,3,c,withdrawn\nSinn,4,d,\n"
    imported(house, header + states, publish=False)

    def found() -> list[str]:
        return [watch_at(house, f"sinn-{number}").publication for number in (1, 2, 3, 4)]

    assert found() == ["draft", "published", "withdrawn", "draft"]
    report = imported(
        house,
        header + "Sinn,1,a,withdrawn\nSinn,2,b,withdrawn\nSinn,3,c,draft\nSinn,4,d,published\n",
    )
    assert report.revised == 2
    assert [str(fault) for fault in report.faults] == [
        "line 2, publication: Only a published watch can be withdrawn.",
        "line 4, publication: A watch that was published cannot become a draft again.",
    ]
    assert found() == ["draft", "withdrawn", "withdrawn", "published"]


def test_publishing_new_ones_does_not_bring_back_what_was_withdrawn(house: House) -> None:
    imported(house, SNOWFLAKE)
    watch = watch_at(house, "grand-seiko-heritage-sbga211")
    house.shop.withdraw_watch(WatchId(UUID(watch.id)))
    assert imported(house, SNOWFLAKE) == ImportReport(unchanged=1)


def test_two_watches_of_one_address_cost_the_second_only(house: House) -> None:
    text = "brand,collection,reference,name\nSinn,A,B C,one\nSinn,A B,C,two\nSinn,,D,three\n"
    report = imported(house, text)
    assert (report.created, report.refused) == (2, 1)
    assert str(report.faults[0]) == (
        "line 3, reference: it, or its address sinn-a-b-c, is in the catalogue already"
    )


def test_a_kill_in_the_middle_leaves_whole_chunks(house: House) -> None:
    house.steps.crash("outbox.append:after", time=555)
    with pytest.raises(Crash):
        imported(house, many(450))
    assert house.shop.office.watches().total == 200
    assert imported(house, many(450)) == ImportReport(created=250, unchanged=200, offers_opened=250)


def test_a_rival_who_makes_the_same_reference_meanwhile_costs_that_row_only(house: House) -> None:
    house.steps.at("watches.keep_brand:before", lambda: a_watch(house))
    report = imported(house, SNOWFLAKE + "Sinn,Dive,U1,Diver,41,1000,EUR,\n")
    assert (report.created, report.refused, report.offers_opened) == (1, 1, 1)
    assert [fault.line for fault in report.faults] == [2]
    assert imported(house, SNOWFLAKE).offers_opened == 1


def test_a_conflict_begins_the_chunk_again_and_counts_it_once(house: House) -> None:
    def conflict() -> None:
        raise ConcurrencyConflict

    house.steps.at("commit:before", conflict, time=2)
    assert imported(house, many(450)) == ImportReport(created=450, offers_opened=450)


def test_progress_is_told_by_the_chunk(house: House) -> None:
    told: list[tuple[int, int]] = []
    command = ImportCatalogue((many(450) + "Sinn,,,,,,,\n").encode())
    house.shop.import_catalogue(command, progress=lambda done, total: told.append((done, total)))
    assert told == [(200, 450), (400, 450), (450, 450)]


def test_what_is_known_of_brands_is_kept_with_their_first_watch(house: House) -> None:
    known = (Brand.named("Grand Seiko", country="Japan", founded_year=1960), Brand.named("Sinn"))
    imported(house, SNOWFLAKE, brands=known)
    (brand,) = house.shop.catalogue.brands()
    assert (brand.name, brand.country, brand.founded_year) == ("Grand Seiko", "Japan", 1960)


def test_what_is_known_of_brands_later_is_filled_in(house: House) -> None:
    imported(house, SNOWFLAKE)
    told = (Brand.named("GRAND SEIKO", country="Japan"),)
    assert imported(house, SNOWFLAKE, brands=told) == ImportReport(unchanged=1)
    (brand,) = house.shop.catalogue.brands()
    assert (brand.name, brand.country) == ("Grand Seiko", "Japan")


def test_a_default_currency_has_to_be_one(house: House) -> None:
    with pytest.raises(InvalidValue):
        imported(house, SNOWFLAKE, default_currency="GOLD")


def test_a_file_that_is_none_changes_nothing(house: House) -> None:
    with pytest.raises(DomainError):
        imported(house, "\0")
    assert house.shop.office.watches().total == 0


def test_a_rival_edit_between_two_runs_is_what_counts(house: House) -> None:
    imported(house, SNOWFLAKE)
    offer = only_offer(house, "grand-seiko-heritage-sbga211")
    house.rival.reprice_offer(RepriceOffer(OfferId(UUID(offer.id)), Money.of(1, "USD")))
    assert imported(house, SNOWFLAKE) == ImportReport(unchanged=1, repriced=1)
    assert only_offer(house, "grand-seiko-heritage-sbga211").amount == 580_000


def test_of_two_new_offers_the_first_by_id_is_the_catalogues(house: House) -> None:
    watch_id = a_watch(house)
    ids = [
        house.rival.open_offer(OpenOffer(watch_id, Condition.NEW, Money.of(price, "USD")))
        for price in (1, 2)
    ]
    imported(house, SNOWFLAKE)
    amounts = {
        each.id: each.amount for each in watch_at(house, "grand-seiko-heritage-sbga211").offers
    }
    assert amounts[str(min(ids))] == 580_000
    assert amounts[str(max(ids))] in (100, 200)
