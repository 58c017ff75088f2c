"""Prices as people write them. Where a figure can be read in two ways, none is guessed."""

import re
from typing import Final

from watchstore.domain.errors import InvalidValue
from watchstore.domain.money import Currency, Money
from watchstore.service_layer.importing.texts import stated
from watchstore.service_layer.importing.words import short

_ON_REQUEST: Final = {"", "por", "poa", "on request", "price on request"}
_SYMBOLS: Final = {"$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "₹": "INR"}
_DOLLARS: Final = {"USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN"}
_SIGN: Final = r"US\$|[$€£₹]|[A-Za-z]{3}"
_PRICE: Final = re.compile(
    rf"(?P<before>{_SIGN})?\s*(?P<figure>[0-9][0-9.,' \u2019]*)\s*(?P<after>{_SIGN})?"
)
_GROUPED: Final = re.compile(r"[0-9]{1,3}(?:([,' \u2019])[0-9]{3})(?:\1[0-9]{3})*(?:\.[0-9]+)?")
_EUROPEAN: Final = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]{1,2}|[0-9]+,[0-9]{1,2}")
_PLAIN: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?")


def price(cell: str, currency: str, default: str | None) -> Money | None:
    """None: price on request. Raises InvalidValue without a currency, said or by default."""
    if stated(cell).casefold() in _ON_REQUEST:
        return None
    found = _PRICE.fullmatch(cell)
    if found is None or (found["before"] and found["after"]):
        raise InvalidValue("price_amount", f"{short(cell)} is not a price")
    unit = _currency(found["before"] or found["after"] or "", currency, default)
    money = Money.of(_figure(found["figure"].strip(), unit), unit.code)
    if money.amount <= 0:
        raise InvalidValue("price_amount", "must be more than zero")
    return money


def _currency(sign: str, stated_currency: str, default: str | None) -> Currency:
    said = _known(_SYMBOLS.get(sign, sign), "price_amount") if sign else None
    if stated_currency:
        column = _known(stated_currency, "price_currency")
        if said in (None, column) or (sign == "$" and column.code in _DOLLARS):
            return column
        raise InvalidValue("price_currency", f"is {column}, but the price says {sign}")
    if said is not None:
        return said
    if default is None:
        raise InvalidValue("price_currency", "the price has no currency")
    return Currency.parse(default)


def _known(code: str, column: str) -> Currency:
    try:
        return Currency.parse(code)
    except InvalidValue as wrong:
        raise InvalidValue(column, wrong.reason) from None


def _figure(text: str, unit: Currency) -> str:
    if _GROUPED.fullmatch(text):
        return re.sub(r"[,' \u2019]", "", text)
    if _EUROPEAN.fullmatch(text):
        return text.replace(".", "").replace(",", ".")
    if not _PLAIN.fullmatch(text):
        raise InvalidValue("price_amount", f"{short(text)} is not a number")
    # 1.200 is twelve hundred to half of Europe, and one point two to the rest.
    if len(text.partition(".")[2]) == 3 and unit.exponent < 3:
        raise InvalidValue("price_amount", f"{short(text)} can be read in two ways")
    return text
