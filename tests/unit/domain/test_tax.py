"""Tax by destination and day, in the prices or on top of them."""

from datetime import date
from decimal import Decimal

import pytest

from watchstore.domain import Currency, Destination, Money, Taxation, TaxPolicy
from watchstore.domain.tax import EU, eu_vat

EUR = Currency("EUR")
TODAY = date(2026, 3, 1)
# Council Directive 2006/112/EC, article 96: the standard rates in force on that day.
RATES = {
    "AT": "20", "BE": "21", "BG": "20", "HR": "25", "CY": "19", "CZ": "21", "DK": "25",
    "EE": "24", "FI": "25.5", "FR": "20", "DE": "19", "GR": "24", "HU": "27", "IE": "23",
    "IT": "22", "LV": "21", "LT": "21", "LU": "17", "MT": "18", "NL": "21", "PL": "23",
    "PT": "23", "RO": "21", "SK": "23", "SI": "22", "ES": "21", "SE": "25",
}  # fmt: skip


def percent(country: str, on: date = TODAY, postcode: str = "") -> Decimal | None:
    return eu_vat(Destination(country, postcode), on)


def test_the_union_has_27_members_with_their_standard_rates():
    assert len(EU) == 27
    assert {country: percent(country) for country in EU} == {
        country: Decimal(rate) for country, rate in RATES.items()
    }


@pytest.mark.parametrize(
    ("country", "day", "rate"),
    [
        ("DE", date(2020, 6, 30), "19"),
        ("DE", date(2020, 7, 1), "16"),
        ("DE", date(2020, 12, 31), "16"),
        ("DE", date(2021, 1, 1), "19"),
        ("EE", date(2025, 6, 30), "22"),
        ("EE", date(2025, 7, 1), "24"),
        ("FI", date(2024, 8, 31), "24"),
        ("FI", date(2024, 9, 1), "25.5"),
        ("RO", date(2025, 7, 31), "19"),
        ("RO", date(2025, 8, 1), "21"),
        ("SK", date(2024, 12, 31), "20"),
    ],
)
def test_a_rate_holds_from_its_first_day(country, day, rate):
    assert percent(country, day) == Decimal(rate)


@pytest.mark.parametrize(
    ("country", "postcode", "rate"),
    [
        ("ES", "28001", Decimal(21)),
        ("ES", "35001", None),
        ("DE", "78266", None),
        ("FI", "AX-22100", None),
        ("FR", "97400", None),
        ("MC", "98000", Decimal(20)),
        ("CH", "1204", None),
    ],
)
def test_the_territory_of_the_tax_is_not_that_of_the_members(country, postcode, rate):
    assert percent(country, TODAY, postcode) == rate


def test_what_leaves_the_union_is_not_taxed():
    policy = TaxPolicy()
    assert policy.of(Destination("DE"), TODAY) == Taxation("DE", Decimal(19))
    assert policy.of(Destination("US"), TODAY).percent == 0
    assert not policy.of(Destination("CH"), TODAY).of(Money(580_000, EUR))


def test_another_regime_goes_before():
    def swiss(to: Destination, _on: date) -> Decimal | None:
        return Decimal("8.1") if to.country == "CH" else None

    policy = TaxPolicy((swiss, eu_vat), included=False)
    assert policy.of(Destination("CH"), TODAY) == Taxation("CH", Decimal("8.1"), included=False)
    assert policy.of(Destination("DE"), TODAY).percent == 19
    assert policy.of(Destination("US"), TODAY).percent == 0


def test_tax_is_contained_in_a_price_or_added_to_it():
    price = Money(11_900, EUR)
    assert Taxation("DE", Decimal(19)).of(price) == Money(1_900, EUR)
    assert Taxation("DE", Decimal(19), included=False).of(price) == Money(2_261, EUR)


def test_half_a_cent_goes_to_the_even_one():
    assert Taxation("AT", Decimal(20)).of(Money(9, EUR)) == Money(2, EUR)  # 1.5
    assert Taxation("AT", Decimal(20)).of(Money(15, EUR)) == Money(2, EUR)  # 2.5
    huge = 9 + 6 * 10**17
    assert Taxation("AT", Decimal(20)).of(Money(huge, EUR)).amount == 10**17 + 2
