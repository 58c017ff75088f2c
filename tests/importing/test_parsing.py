"""Cells: what is understood, and what is better told than guessed."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from watchstore.domain import Condition, Money, Movement, Publication
from watchstore.service_layer.importing import catalogue_rows, offer_rows
from watchstore.service_layer.importing.catalogue_rows import CatalogueRow
from watchstore.service_layer.importing.reading import Row
from watchstore.service_layer.importing.report import Fault

PLAIN = {"brand": "Sinn", "reference": "556", "name": "A"}


def row(cells: Mapping[str, str], line: int = 7) -> Row:
    return Row(line, PLAIN | cells, {field: field.upper() for field in cells})


def taken(cells: Mapping[str, str], default: str | None = None) -> CatalogueRow:
    parsed = catalogue_rows.parsed(row(cells), default)
    assert isinstance(parsed, CatalogueRow), parsed
    return parsed


def faults(cells: Mapping[str, str], default: str | None = None) -> list[str]:
    parsed = catalogue_rows.parsed(row(cells), default)
    assert isinstance(parsed, tuple)
    return [str(fault) for fault in parsed]


@pytest.mark.parametrize(
    ("field", "cell", "facts"),
    [
        ("case_diameter_mm", "34.00 mm", {"diameter_mm": Decimal(34)}),
        ("case_diameter_mm", "38,4mm", {"diameter_mm": Decimal("38.4")}),
        (
            "case_diameter_mm",
            "38.4/9.8",
            {"diameter_mm": Decimal("38.4"), "thickness_mm": Decimal("9.8")},
        ),
        ("thickness_mm", "12.5 mm", {"thickness_mm": Decimal("12.5")}),
        ("water_resistance_m", "30", {"water_resistance_m": 30}),
        ("water_resistance_m", "30.00 m", {"water_resistance_m": 30}),
        ("water_resistance_m", "10 ATM", {"water_resistance_m": 100}),
        ("water_resistance_m", "12.5bar", {"water_resistance_m": 125}),
        ("water_resistance_m", "0", {"water_resistance_m": 0}),
        ("power_reserve_h", "72 h", {"power_reserve_h": 72}),
        ("year", "1997", {"first_year": 1997}),
        ("year", "2006-2007", {"first_year": 2006}),
        ("year", "2011 - 2011", {"first_year": 2011}),
        ("year", "2002-??", {"first_year": 2002}),
        ("year", "2016/12", {"first_year": 2016}),
        ("year", "2019-", {"first_year": 2019}),
        ("year", "2019 – present", {"first_year": 2019}),  # noqa: RUF001
        ("year", "??", {}),
        ("movement", "automatic", {"movement": Movement.AUTOMATIC}),
        ("movement", "Self-winding", {"movement": Movement.AUTOMATIC}),
        ("movement", "Hand wound, 17 jewels", {"movement": Movement.MANUAL}),
        ("movement", "Solar quartz", {"movement": Movement.SOLAR}),
        ("movement", "other", {"movement": Movement.OTHER}),
        ("movement", "n/a", {}),
        ("movement", "Longines caliber L593 Hours, Minutes", {"calibre": "L593"}),
        (
            "movement",
            "Quartz, calibre L176",
            {"movement": Movement.QUARTZ, "calibre": "L176"},
        ),
        ("case_material", "YG", {"case_material": "Yellow Gold"}),
        ("case_material", "PT w/diamonds", {"case_material": "Platinum w/diamonds"}),
        ("case_material", "SSS", {"case_material": "SSS"}),
        ("case_material", "see Notes", {}),
        ("complications", "Moonphase | Date |", {"complications": ("Moonphase", "Date")}),
        ("complications", " | ", {}),
        ("dial_colour", "?", {}),
        ("dial_colour", "MOP guilloche", {"dial_colour": "MOP guilloche"}),
    ],
)
def test_a_fact_is_understood(field: str, cell: str, facts: dict[str, Any]) -> None:
    assert dict(taken({field: cell}).facts) == facts


def test_a_calibre_of_its_own_column_wins_over_the_one_in_the_movement() -> None:
    cells = {"movement": "IWC caliber 35111 Hours", "calibre": "C.35111"}
    assert taken(cells).facts == {"calibre": "C.35111"}


@pytest.mark.parametrize(
    ("field", "cell", "reason"),
    [
        ("case_diameter_mm", "31.0x24.5/8.0", "'31.0x24.5/8.0' is not a size such as 38.5 or"),
        ("case_diameter_mm", "380", "must be between 10 and 80"),
        ("thickness_mm", "38/9", "'38/9' is more than one size"),
        ("water_resistance_m", "100 ft", "'100 ft' is not a depth such as 100 m or 10 bar"),
        ("water_resistance_m", "30.5 m", "must be whole metres"),
        ("power_reserve_h", "three days", "'three days' is not a number of hours"),
        ("year", "2021?-2021?", "'2021?-2021?' is not a year such as 2006 or 2006-2007"),
        ("year", "1066", "must be between 1800 and 2100"),
        ("movement", "steam", "'steam' is none of automatic, manual, quartz, solar, other"),
        ("movement", "manual or quartz", "'manual or quartz' says manual and quartz"),
        ("condition", "tired", "'tired' is none of new, unworn, mint"),
        ("publication", "secret", "'secret' is none of draft, published, withdrawn"),
        ("calibre", "x" * 81, "must have at most 80 characters"),
        ("name", "x" * 201, "must have at most 200 characters"),
        ("name", "a\x07b", "must not hold control characters"),
        ("brand", "", "must not be empty"),
        ("brand", "日本", "must be lower-case words joined by hyphens"),
        ("reference", "---", "must hold letters or digits"),
        ("reference", " ", "must not be empty"),
    ],
)
def test_a_cell_that_is_not_understood_is_told(field: str, cell: str, reason: str) -> None:
    (told,) = faults({field: cell})
    assert told.startswith(f"line 7, {field.upper()}: {reason}")


def test_every_fault_of_a_row_is_told() -> None:
    told = faults({"reference": "", "year": "soon", "price_amount": "1.5"})
    assert [line.split(":")[0] for line in told] == [
        "line 7, REFERENCE",
        "line 7, YEAR",
        "line 7, price_currency",
    ]


def test_the_first_of_several_references_counts() -> None:
    assert taken({"reference": "L4.708.2.31.7 (aka: L47082317)"}).reference.printed == (
        "L4.708.2.31.7"
    )
    assert taken({"reference": '206.021 "Blome"'}).reference.printed == '206.021 "Blome"'


@pytest.mark.parametrize(
    ("cell", "column", "default", "price"),
    [
        ("$18,200", "", None, Money.of(18200, "USD")),
        ("US$ 18,200.50", "", None, Money.of("18200.50", "USD")),
        ("€20,000", "", None, Money.of(20000, "EUR")),
        ("20.000,50 €", "", None, Money.of("20000.50", "EUR")),
        ("CHF 1'200", "", None, Money.of(1200, "CHF")),
        ("1 200 EUR", "", None, Money.of(1200, "EUR")),
        ("11995,00", "EUR", None, Money.of(11995, "EUR")),
        ("11995.0", "", "USD", Money.of(11995, "USD")),
        ("11995.0", "gbp", "USD", Money.of(11995, "GBP")),
        ("$100", "CAD", None, Money.of(100, "CAD")),
        ("39,000,000", "INR", None, Money.of(39_000_000, "INR")),
        ("1.200", "KWD", None, Money.of("1.200", "KWD")),
        ("POR", "", None, None),
        ("???", "USD", None, None),
        ("see notes", "", None, None),
        ("", "", None, None),
        ("Price on request", "", None, None),
    ],
)
def test_a_price_is_understood(
    cell: str, column: str, default: str | None, price: Money | None
) -> None:
    cells = {"price_amount": cell, "price_currency": column}
    assert taken(cells, default).price == price


@pytest.mark.parametrize(
    ("cell", "column", "told"),
    [
        ("11995.0", "", "PRICE_CURRENCY: the price has no currency"),
        ("1.200", "EUR", "PRICE_AMOUNT: '1.200' can be read in two ways"),
        ("1.005,5,5", "EUR", "PRICE_AMOUNT: '1.005,5,5' is not a number"),
        ("1,23,45", "EUR", "PRICE_AMOUNT: '1,23,45' is not a number"),
        ("9.999", "USD", "PRICE_AMOUNT: '9.999' can be read in two ways"),
        ("0", "USD", "PRICE_AMOUNT: must be more than zero"),
        ("-5", "USD", "PRICE_AMOUNT: '-5' is not a price"),
        ("a lot", "USD", "PRICE_AMOUNT: 'a lot' is not a price"),
        ("$5 €", "", "PRICE_AMOUNT: '$5 €' is not a price"),
        ("€5", "USD", "PRICE_CURRENCY: is USD, but the price says €"),
        ("5", "GOLD", "PRICE_CURRENCY: 'GOLD' is not a currency this shop knows"),
        ("5 XYZ", "", "PRICE_AMOUNT: 'XYZ' is not a currency this shop knows"),
        ("9" * 30, "USD", "PRICE_AMOUNT: is too large"),
        ("5.5", "JPY", "PRICE_AMOUNT: must have at most 0 decimals"),
    ],
)
def test_a_price_that_is_not_understood_is_told(cell: str, column: str, told: str) -> None:
    assert faults({"price_amount": cell, "price_currency": column}) == [f"line 7, {told}"]


@pytest.mark.parametrize(
    ("cell", "condition"),
    [
        ("", Condition.NEW),
        ("Used", Condition.PRE_OWNED),
        ("Pre-Owned", Condition.PRE_OWNED),
        ("very_good", Condition.VERY_GOOD),
        ("Very Good", Condition.VERY_GOOD),
    ],
)
def test_a_condition_is_understood(cell: str, condition: Condition) -> None:
    assert taken({"condition": cell}).condition is condition


def test_a_formula_is_plain_text() -> None:
    formula = '=HYPERLINK("http://evil.example","x")'
    assert taken({"name": formula}).name == formula
    assert taken({"name": f"'{formula}"}).name == formula
    assert taken({"name": "'t Hooft"}).name == "'t Hooft"


def test_a_publication_is_read() -> None:
    assert taken({"publication": "Withdrawn"}).publication is Publication.WITHDRAWN


def test_an_offer_needs_a_condition_and_a_price() -> None:
    bare = {"condition": "", "price_amount": "POR", "price_currency": "", "box": "maybe"}
    told = offer_rows.parsed(row(bare), None)
    assert isinstance(told, tuple)
    assert [fault.column for fault in told] == ["CONDITION", "PRICE_AMOUNT", "BOX"]
    assert told[1] == Fault(7, "PRICE_AMOUNT", "a piece for sale needs a price")


def test_an_offer_is_read() -> None:
    cells = {
        "condition": "used",
        "price_amount": "$5",
        "box": "Yes",
        "papers": "",
        "year": "2004-2006",
        "source": "dealer",
    }
    offer = offer_rows.parsed(row(cells), None)
    assert isinstance(offer, offer_rows.OfferRow)
    assert (offer.condition, offer.price) == (Condition.PRE_OWNED, Money.of(5, "USD"))
    assert (offer.box, offer.papers, offer.year, offer.source) == (True, False, 2004, "dealer")
