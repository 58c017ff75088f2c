"""Every text is there in every language, and says the same things."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from decimal import Decimal
from string import Formatter

import pytest

from watchstore.domain import Address, Condition, Currency, Delivery, Language, Money
from watchstore.service_layer.wording import account_mails, goods, mails, order_mails, papers
from watchstore.service_layer.wording.amounts import day_text, money_text, percent_text
from watchstore.service_layer.wording.places import country_text, label

EN, DE = Language.EN, Language.DE
TABLES = {
    "papers": papers.WORDS,
    "frame": mails.FRAME,
    "account": account_mails.ACCOUNT,
    "order": order_mails.ORDER,
    "return": order_mails.RETURN,
}
# The same word in both languages.
ALIKE = {"papers.reference"}


def texts(words: Mapping[str, object], within: str = "") -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, value in words.items():
        if isinstance(value, Mapping):
            found |= texts(value, f"{within}{name}.")
        else:
            found[f"{within}{name}"] = value if isinstance(value, tuple) else (value,)
    return found


def holes(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)


@pytest.mark.parametrize("table", TABLES)
def test_every_text_is_in_every_language(table):
    words = TABLES[table]
    assert set(words) == set(Language)
    english, german = texts(asdict(words[EN])), texts(asdict(words[DE]))
    assert set(english) == set(german)
    for name, one in english.items():
        other = german[name]
        assert len(one) == len(other), name
        for said, gesagt in zip(one, other, strict=True):
            assert said.strip(), name
            assert gesagt.strip(), name
            assert holes(said) == holes(gesagt), name
            assert said != gesagt or f"{table}.{name}" in ALIKE, name


@pytest.mark.parametrize("language", Language)
def test_everything_that_is_sold_has_a_name(language):
    assert set(goods.CONDITIONS[language]) == set(Condition)
    assert set(goods.DELIVERIES[language]) == set(Delivery)


@pytest.mark.parametrize(
    ("amount", "code", "english", "german"),
    [
        (580_000, "USD", "$5,800.00", "5.800,00\xa0$"),
        (-123_456_789, "EUR", "\u2212€1,234,567.89", "\u22121.234.567,89\xa0€"),
        (5_800, "JPY", "¥5,800", "5.800\xa0¥"),
        (1, "CHF", "CHF\xa00.01", "0,01\xa0CHF"),
        (1_234_567, "KWD", "KWD\xa01,234.567", "1.234,567\xa0KWD"),
        (0, "GBP", "£0.00", "0,00\xa0£"),
    ],
)
def test_amounts(amount, code, english, german):
    money = Money(amount, Currency(code))
    assert (money_text(money, EN), money_text(money, DE)) == (english, german)


def test_rates_and_days():
    assert (percent_text(Decimal("19.00"), EN), percent_text(Decimal(19), DE)) == ("19%", "19\xa0%")
    assert percent_text(Decimal("25.5"), DE) == "25,5\xa0%"
    at = datetime(2026, 3, 1, tzinfo=UTC)
    assert (day_text(at, EN), day_text(at, DE)) == ("1\xa0March 2026", "1.\xa0März 2026")
    for month in range(1, 13):
        assert day_text(at.replace(month=month), EN)


def test_a_day_is_told_in_utc():
    late = datetime.fromisoformat("2026-12-31T23:30:00-02:00")
    assert day_text(late, EN) == "1\xa0January 2027"


def test_a_label_has_no_empty_line():
    address = Address.parse(
        name="Ada", street="Rue 1", city="Genève", postcode="1204", country="CH"
    )
    assert label(address, DE) == ("Ada", "Rue 1", "1204 Genève", "Schweiz")
    assert country_text("AQ", EN) == "AQ"
