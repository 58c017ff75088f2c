"""The languages of the shop: its words, and how it writes prices and numbers."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from watchstore.domain.money import Currency, Money

_SYMBOLS: Final = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}
_NBSP: Final = "\u00a0"


@dataclass(frozen=True, slots=True)
class Language:
    """`prefix` starts every address in this language. English words are their own keys.

    `values` are what the catalogue says: materials, colours, conditions.
    """

    code: str
    prefix: str
    name: str
    words: Mapping[str, str] = field(default_factory=dict, repr=False)
    values: Mapping[str, str] = field(default_factory=dict, repr=False)

    def say(self, text: str, **values: object) -> str:
        said = self.words.get(text) or self.values.get(text, text)
        return said.format(**values) if values else said

    def name_value(self, text: str) -> str:
        """A value of the catalogue; the parts of a mixture one by one."""
        return f" {self.say('&')} ".join(map(self.say, text.split(" & ")))

    def price(self, amount: int, currency: str) -> str:
        """As the browser's Intl.NumberFormat writes it, so that a refresh moves nothing."""
        money = Money(amount, Currency.parse(currency))
        digits = 0 if money.decimal == money.decimal.to_integral_value() else None
        figures = f"{money.decimal:,.{digits}f}" if digits == 0 else f"{money.decimal:,}"
        symbol = _SYMBOLS.get(currency)
        if self.code == "de":
            return f"{_german(figures)}{_NBSP}{symbol or currency}"
        return f"{symbol}{figures}" if symbol else f"{currency}{_NBSP}{figures}"

    def number(self, value: float) -> str:
        figures = f"{value:,.2f}".rstrip("0").rstrip(".")
        return _german(figures) if self.code == "de" else figures


def _german(figures: str) -> str:
    return figures.translate(str.maketrans(",.", ".,"))


def load_languages(frontend: Path) -> tuple[Language, ...]:
    """English, and every language that has files in `texts`."""
    texts = frontend / "texts"
    words, values = (
        json.loads((texts / name).read_text(encoding="utf-8"))
        for name in ("de.json", "de.values.json")
    )
    return (Language("en", "", "English"), Language("de", "de/", "Deutsch", words, values))
