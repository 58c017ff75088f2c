"""Tax by destination: each regime is a named policy that gives a rate, or knows nothing of it.

The rates are the standard ones of VAT in the European Union (Directive 2006/112/EC, article 96),
each with the day from which it holds; watches enjoy no reduced rate anywhere.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from watchstore.domain.money import Money

_NONE: Final = Decimal(0)


@dataclass(frozen=True, slots=True)
class Destination:
    """Where the goods change hands; the country is ISO 3166-1 alpha-2."""

    country: str
    postcode: str = ""


@dataclass(frozen=True, slots=True)
class Taxation:
    """The tax of one sale: `included` in the prices, or added to them."""

    country: str | None = None
    percent: Decimal = _NONE
    included: bool = True

    def of(self, amount: Money) -> Money:
        """The tax in `amount`, or on top of it; rounded once, by the shop's one rule."""
        percent = Fraction(self.percent)
        whole = 100 + percent if self.included else Fraction(100)
        return amount.share(percent / whole)


UNTAXED: Final = Taxation()

Regime = Callable[[Destination, date], Decimal | None]

# (from year, month, day, percent), the latest first.
_EU_VAT: Final[Mapping[str, tuple[tuple[date, Decimal], ...]]] = {
    country: tuple((date.fromisoformat(since), Decimal(percent)) for since, percent in rates)
    for country, rates in {
        "AT": [("1984-01-01", "20")],
        "BE": [("1996-01-01", "21")],
        "BG": [("1999-01-01", "20")],
        "HR": [("2012-03-01", "25")],
        "CY": [("2014-01-13", "19")],
        "CZ": [("2013-01-01", "21")],
        "DK": [("1992-01-01", "25")],
        "EE": [("2025-07-01", "24"), ("2024-01-01", "22"), ("2009-07-01", "20")],
        "FI": [("2024-09-01", "25.5"), ("2013-01-01", "24")],
        "FR": [("2014-01-01", "20")],
        "DE": [("2021-01-01", "19"), ("2020-07-01", "16"), ("2007-01-01", "19")],
        "GR": [("2016-06-01", "24")],
        "HU": [("2012-01-01", "27")],
        "IE": [("2021-03-01", "23"), ("2020-09-01", "21"), ("2012-01-01", "23")],
        "IT": [("2013-10-01", "22")],
        "LV": [("2012-07-01", "21")],
        "LT": [("2009-09-01", "21")],
        "LU": [("2024-01-01", "17"), ("2023-01-01", "16"), ("2015-01-01", "17")],
        "MT": [("2004-01-01", "18")],
        "NL": [("2012-10-01", "21")],
        "PL": [("2011-01-01", "23")],
        "PT": [("2011-01-01", "23")],
        "RO": [("2025-08-01", "21"), ("2017-01-01", "19")],
        "SK": [("2025-01-01", "23"), ("2011-01-01", "20")],
        "SI": [("2013-07-01", "22")],
        "ES": [("2012-09-01", "21")],
        "SE": [("1990-07-01", "25")],
    }.items()
}
EU: Final = frozenset(_EU_VAT)
# Inside a member state, but outside the territory of the common VAT (article 6), by postcode.
_OUTSIDE: Final[Mapping[str, tuple[str, ...]]] = {
    "DE": ("27498", "78266"),  # Heligoland, Büsingen
    "ES": ("35", "38", "51", "52"),  # the Canaries, Ceuta, Melilla
    "FI": ("22",),  # Åland
    "FR": ("97", "98"),  # overseas
    "GR": ("63086", "63087"),  # Mount Athos
    "IT": ("22061", "23041"),  # Campione, Livigno
}
# Article 7: Monaco counts as France.
_COUNTS_AS: Final = {"MC": "FR"}


def eu_vat(to: Destination, on: date) -> Decimal | None:
    """The standard rate where the goods arrive."""
    country = _COUNTS_AS.get(to.country, to.country)
    postcode = "".join(char for char in to.postcode if char.isdigit())
    if country not in _EU_VAT or postcode.startswith(_OUTSIDE.get(to.country, ())):
        return None
    return next((percent for since, percent in _EU_VAT[country] if since <= on), None)


def export(_to: Destination, _on: date) -> Decimal | None:
    """Goods that leave the customs territory are exempt (article 146)."""
    return _NONE


@dataclass(frozen=True, slots=True)
class TaxPolicy:
    """The first regime that knows a destination taxes it."""

    regimes: tuple[Regime, ...] = (eu_vat, export)
    included: bool = True

    def of(self, to: Destination, on: date) -> Taxation:
        rates = (regime(to, on) for regime in self.regimes)
        percent = next((rate for rate in rates if rate is not None), _NONE)
        return Taxation(to.country, percent, self.included)
