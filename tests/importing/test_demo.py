"""The demo: real references, each row of offers.csv a piece, some new pieces beside them."""

import shutil
from hashlib import sha256
from pathlib import Path

import pytest
from tests.harness.shop import House, memory_shop

from watchstore.entrypoints.demo import DemoDataMissing, DemoReport, load_demo
from watchstore.entrypoints.demo.loading import FOLDER
from watchstore.service_layer.importing.report import ImportReport, OffersReport


def stock(house: House) -> list[tuple[str, str, int, int]]:
    """No ids: those of watches differ from one shop to the next."""
    return [
        (row.reference, row.condition, row.amount, row.free) for row in house.shop.office.stock()
    ]


def test_the_demo_is_what_its_notice_says(house: House) -> None:
    report = load_demo(house.rival)
    assert report.catalogue == ImportReport(created=2126)
    assert (report.offers.received, report.offers.refused) == (527, 72)
    assert {fault.reason for fault in report.offers.faults} == {"is not in the catalogue"}
    assert (report.new.offers_opened, report.new.received) == (150, 457)
    assert sum(brand.watches for brand in house.shop.catalogue.brands()) == 2126


def test_every_priced_reference_is_for_sale_and_no_other(house: House) -> None:
    load_demo(house.rival)
    rows = house.shop.office.stock()
    assert len({(row.brand, row.reference) for row in rows}) == 511
    assert sum(row.free for row in rows) == 527 + 457
    assert all(1 <= row.free <= 5 for row in rows)
    assert {row.condition for row in rows} == {"new", "pre_owned"}
    assert all(row.free == 1 for row in rows if row.condition == "pre_owned")


def test_brands_come_with_their_country(house: House) -> None:
    load_demo(house.rival)
    brands = {brand.name: brand for brand in house.shop.catalogue.brands()}
    assert len(brands) == 45
    assert (brands["Nomos Glashütte"].country, brands["Nomos Glashütte"].founded_year) == (
        "Germany",
        1990,
    )


def test_a_second_load_changes_nothing(house: House) -> None:
    first = load_demo(house.rival)
    version, before = house.shop.catalogue.version(), stock(house)
    assert load_demo(house.rival) == DemoReport(
        ImportReport(unchanged=2126),
        OffersReport(unchanged=527, refused=72, faults=first.offers.faults),
        OffersReport(unchanged=457),
    )
    assert (house.shop.catalogue.version(), stock(house)) == (version, before)


def test_two_shops_get_the_same_stock(house: House) -> None:
    other = memory_shop()
    load_demo(house.rival)
    load_demo(other.rival)
    assert stock(house) == stock(other)


@pytest.mark.parametrize("name", ["catalogue.csv", "offers.csv", "brands.csv"])
def test_a_missing_file_is_named_and_nothing_is_loaded(
    house: House, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "demo"
    shutil.copytree(FOLDER, folder)
    (folder / name).unlink()
    with pytest.raises(DemoDataMissing, match=f"needs the file .*{name}"):
        load_demo(house.rival, folder=folder)
    assert house.shop.office.watches().total == 0


@pytest.mark.parametrize(
    ("name", "digest"),
    [
        ("catalogue.csv", "9c0df83d243b901b"),
        ("offers.csv", "1772558030ee8ac0"),
        ("brands.csv", "c53550b9116822c9"),
        ("messy.csv", "59ee262146ccb597"),
    ],
)
def test_the_files_are_the_published_ones(name: str, digest: str) -> None:
    """Line ends and the BOM are part of them: no editor or checkout may touch either."""
    assert sha256((FOLDER / name).read_bytes()).hexdigest()[:16] == digest
