"""What an importer meets in life: 78 rows of raw cells, each taken or told why not."""

import pytest
from tests.harness.shop import House

from watchstore.entrypoints.demo.loading import FOLDER, load_demo
from watchstore.entrypoints.import_lines import import_lines
from watchstore.service_layer.commands import ImportCatalogue

MESSY = (FOLDER / "messy.csv").read_bytes()
# Rolex and Omega come without a currency.
WITHOUT_CURRENCY = (
    *(2, 4, 6, 8, 10, 12, 13, 18, 19, 20, 25, 31, 32, 36, 38, 44, 45, 47, 48, 49, 51, 53),
    *(59, 62, 63, 64, 65, 74),
)
ONCE = "only the first row of a reference counts"
# Two vintage Omegas have no reference, one case is a rectangle, one year is a guess.
NOT_UNDERSTOOD = {
    "line 32, reference: must not be empty",
    "line 46, case_diameter: '31.0x24.5/8.0' is not a size such as 38.5 or 38.5/9.8",
    "line 60, year: '2021?-2021?' is not a year such as 2006 or 2006-2007",
    "line 74, reference: must not be empty",
}


def test_prices_without_a_currency_are_told_and_the_rest_is_taken(house: House) -> None:
    report = house.shop.import_catalogue(ImportCatalogue(MESSY))
    assert {str(fault) for fault in report.faults} == NOT_UNDERSTOOD | {
        *(f"line {line}, currency: the price has no currency" for line in WITHOUT_CURRENCY),
        f"line 55, reference: repeats line 50: {ONCE}",
        f"line 79, reference: repeats line 78: {ONCE}",
    }
    assert next(import_lines(report)) == (
        "46 created, 0 revised, 0 unchanged, 32 refused, 10 offers opened, 0 repriced"
    )


def test_with_a_currency_only_what_repeats_or_is_unclear_is_left(house: House) -> None:
    report = house.shop.import_catalogue(ImportCatalogue(MESSY, default_currency="USD"))
    repeats = {
        13: 10,
        19: 2,
        38: 8,
        44: 31,
        45: 31,
        53: 48,
        55: 50,
        63: 62,
        64: 31,
        65: 10,
        79: 78,
    }
    assert list(import_lines(report))[1:] == sorted(
        NOT_UNDERSTOOD
        | {
            f"line {line}, reference: repeats line {first}: {ONCE}"
            for line, first in repeats.items()
        },
        key=lambda line: int(line.split()[1].strip(",")),
    )
    assert (report.created, report.refused, report.offers_opened) == (63, 15, 27)


@pytest.mark.parametrize("currency", [None, "USD"])
def test_a_second_run_changes_nothing(house: House, currency: str | None) -> None:
    command = ImportCatalogue(MESSY, default_currency=currency, publish=True)
    first = house.shop.import_catalogue(command)
    version = house.shop.catalogue.version()
    again = house.shop.import_catalogue(command)
    assert (again.created, again.revised, again.offers_opened, again.repriced) == (0, 0, 0, 0)
    assert (again.unchanged, again.faults) == (first.created, first.faults)
    assert house.shop.catalogue.version() == version


def test_brands_take_the_spelling_of_the_catalogue(house: House) -> None:
    load_demo(house.rival)
    brands = {brand.name for brand in house.shop.catalogue.brands()}
    house.shop.import_catalogue(ImportCatalogue(MESSY, default_currency="USD", publish=True))
    assert {brand.name for brand in house.shop.catalogue.brands()} == brands


def test_what_was_taken_reads_as_a_collector_would_expect(house: House) -> None:
    house.shop.import_catalogue(ImportCatalogue(MESSY, publish=True))
    watch = house.shop.catalogue.watch("a-lange-and-sohne-245-021")
    assert watch is not None
    assert watch.name == '1815 "Kalenderwoche" (Huber)'
    assert (watch.case_material, watch.diameter_mm, watch.thickness_mm) == (
        "Yellow Gold",
        38.4,
        9.8,
    )
    assert (watch.year, watch.calibre, watch.bracelet_material) == (2006, "L045.1", "croc (brown)")
    (offer,) = watch.offers
    assert (offer.amount, offer.currency, offer.condition) == (20_000_00, "EUR", "new")
