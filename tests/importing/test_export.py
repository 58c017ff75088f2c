"""The export: what any spreadsheet reads, and what an import of it does not change."""

import csv
import io
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.harness.language import a_watch, an_offer
from tests.harness.shop import House, memory_shop
from tests.harness.torture import repetitions
from tests.strategies import prices, specifications, texts

from watchstore.domain import Brand, Condition, Money, Reference, Specification
from watchstore.domain.errors import InvalidValue
from watchstore.service_layer.commands import CreateWatch, ImportCatalogue, OpenOffer, ReviseWatch
from watchstore.service_layer.importing.catalogue_export import COLUMNS, export_catalogue
from watchstore.service_layer.importing.escaping import escaped, unescaped
from watchstore.service_layer.importing.report import ImportReport
from watchstore.service_layer.importing.texts import UNDERSTOOD

# What reading would change, what a spreadsheet would run, and what looks like our own escape.
TRAPS = (
    *("=1+1", "+1", "-1", "@x", "'=1", "''+1", "'", "'t Hooft", "'YG", "YG", "SS w/diamonds"),
    *("?", "'??", "n/a", "See Notes", "-", "X1 (aka: Y2)", "'X1 (aka: Y2)", 'a "b", c;d'),
    *("＝1", "YG YG", "'YG YG"),  # noqa: RUF001
)
traps = st.sampled_from(TRAPS)


def exported(house: House, **options: Any) -> bytes:
    return b"".join(export_catalogue(house.shop.office, **options))


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline=""), strict=True))


@given(st.one_of(traps, texts(80)), st.sampled_from(sorted(UNDERSTOOD)))
def test_what_is_escaped_is_read_back_and_never_a_formula(text: str, column: str) -> None:
    cell = escaped(text, UNDERSTOOD[column])
    assert unescaped(cell, UNDERSTOOD[column]) == text
    assert not cell.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))  # noqa: RUF001


def with_traps(spec: Specification, calibre: str, case: str, dial: str) -> Specification:
    return replace(spec, calibre=calibre, case_material=case, dial_colour=dial)


def is_brand(name: str) -> bool:
    try:
        Brand.named(name)
    except InvalidValue:
        return False
    return True


watch_facts = st.fixed_dictionaries(
    {
        "brand": texts(40).filter(is_brand) | st.just("Sinn") | st.just("=Sinn"),
        "collection": traps | texts(40, shortest=0),
        "name": traps | texts(120),
        "specification": specifications
        | st.builds(with_traps, specifications, traps, traps, traps),
        "offers": st.lists(st.tuples(st.sampled_from(Condition), prices()), max_size=3),
        "state": st.sampled_from(("draft", "published", "withdrawn")),
    }
)
odd_references = st.sampled_from(("=A", "-B", "'C", "D (aka: E)", "+1", "F;G", 'H"I'))


def put(house: House, number: int, facts: dict[str, Any], odd: str) -> None:
    """Numbered, so that no two are the same reference or slug."""
    brand = Brand.named(facts["brand"])
    reference = Reference.parse(f"{odd} {number}")
    command = CreateWatch(
        house_brand(house, brand), "", reference, facts["name"], facts["specification"]
    )
    watch_id = house.rival.create_watch(command)
    if facts["collection"]:
        house.rival.revise_watch(
            ReviseWatch(watch_id, facts["collection"], facts["name"], facts["specification"])
        )
    if facts["state"] != "draft":
        house.rival.publish_watch(watch_id)
    if facts["state"] == "withdrawn":
        house.rival.withdraw_watch(watch_id)
    for condition, price in facts["offers"]:
        house.rival.open_offer(OpenOffer(watch_id, condition, price))


def house_brand(house: House, brand: Brand) -> Brand:
    with house.storage.begin() as uow:
        known = {each.slug: each for each in uow.watches.brands()}
    return known.get(brand.slug, brand)


@settings(max_examples=repetitions(60))
@given(st.lists(st.tuples(watch_facts, odd_references), max_size=6), st.integers(1, 4))
def test_importing_an_export_changes_nothing(
    catalogue: list[tuple[dict[str, Any], str]], page: int
) -> None:
    house = memory_shop()
    for number, (facts, odd) in enumerate(catalogue):
        put(house, number, facts, odd)
    version, data = house.shop.catalogue.version(), exported(house, page=page)
    report = house.shop.import_catalogue(ImportCatalogue(data))
    assert report == ImportReport(unchanged=len(catalogue))
    assert house.shop.catalogue.version() == version
    assert exported(house) == data


@settings(max_examples=repetitions(40))
@given(st.lists(st.tuples(watch_facts, odd_references), max_size=4))
def test_an_empty_shop_that_imports_an_export_exports_the_same(
    catalogue: list[tuple[dict[str, Any], str]],
) -> None:
    first, second = memory_shop(), memory_shop()
    for number, (facts, odd) in enumerate(catalogue):
        put(first, number, facts, odd)
    data = exported(first)
    report = second.shop.import_catalogue(ImportCatalogue(data))
    assert (report.created, report.faults) == (len(catalogue), ())
    assert sorted(exported(second).split(b"\r\n")) == sorted(data.split(b"\r\n"))


def test_the_format_is_rfc_4180(house: House) -> None:
    a_watch(house)
    data = exported(house)
    assert data.startswith(",".join(COLUMNS).encode() + b"\r\n")
    assert data.count(b"\r\n") == data.count(b"\n") == 2
    assert rows_of(data) == [
        dict.fromkeys(COLUMNS, "")
        | {
            "brand": "Grand Seiko",
            "collection": "Heritage",
            "reference": "SBGA211",
            "name": "Snowflake",
            "publication": "published",
        }
    ]


def test_a_name_that_a_spreadsheet_would_run_is_made_harmless(house: House) -> None:
    text = '=HYPERLINK("http://evil.example","click")'
    house.rival.create_watch(CreateWatch(Brand.named("Sinn"), "", Reference.parse("556"), text))
    assert rows_of(exported(house))[0]["name"] == f"'{text}"


def test_only_the_catalogues_own_offer_is_exported(house: House) -> None:
    watch_id = a_watch(house)
    an_offer(house, watch=watch_id, price="4000", condition=Condition.MINT)
    assert rows_of(exported(house))[0]["price_amount"] == ""
    house.rival.open_offer(OpenOffer(watch_id, Condition.NEW, Money.of("5800", "USD")))
    row = rows_of(exported(house))[0]
    assert (row["price_amount"], row["price_currency"], row["condition"]) == (
        "5800.00",
        "USD",
        "new",
    )


def test_of_several_new_offers_export_and_import_mean_the_same_one(house: House) -> None:
    watch_id = a_watch(house)
    text = "brand,reference,price\nGrand Seiko,SBGA211,$5800\n"
    house.shop.import_catalogue(ImportCatalogue(text.encode()))
    for price in range(1, 9):
        house.rival.open_offer(OpenOffer(watch_id, Condition.NEW, Money.of(price, "USD")))
    data = exported(house)
    assert rows_of(data)[0]["price_amount"] == "5800.00"
    assert house.shop.import_catalogue(ImportCatalogue(data)) == ImportReport(unchanged=1)


def test_every_page_is_there_once(house: House) -> None:
    for number in range(7):
        a_watch(house, f"R{number}")
    blocks = list(export_catalogue(house.shop.office, page=3))
    assert [block.count(b"\r\n") for block in blocks] == [1, 3, 3, 1]
    references = [row["reference"] for row in rows_of(b"".join(blocks))]
    assert sorted(references) == [f"R{number}" for number in range(7)]


def test_drafts_are_exported_too(house: House) -> None:
    a_watch(house, publish=False)
    assert [row["publication"] for row in rows_of(exported(house))] == ["draft"]


def test_the_shop_offers_the_export(house: House) -> None:
    a_watch(house)
    assert b"".join(house.shop.export_catalogue()) == exported(house)
