"""Amounts, rates and days as they are written in a language; no process-wide locale is asked."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Final

from watchstore.domain.language import Language
from watchstore.domain.money import Money

_FIXED: Final = "\N{NO-BREAK SPACE}"
_SYMBOLS: Final = {"EUR": "€", "GBP": "£", "JPY": "¥", "USD": "$"}
_MONTHS: Final = {
    Language.EN: (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    Language.DE: (
        *("Januar", "Februar", "März", "April", "Mai", "Juni"),
        *("Juli", "August", "September", "Oktober", "November", "Dezember"),
    ),
}
_GERMAN: Final = str.maketrans(",.", ".,")


def money_text(money: Money, language: Language) -> str:
    """`$5,800.00`, `5.800,00 €`; a currency without a sign by its code."""
    digits = f"{abs(money.decimal):,}"
    sign = "\N{MINUS SIGN}" if money.amount < 0 else ""
    code = money.currency.code
    if language is Language.DE:
        return f"{sign}{digits.translate(_GERMAN)}{_FIXED}{_SYMBOLS.get(code, code)}"
    return f"{sign}{_SYMBOLS.get(code, code + _FIXED)}{digits}"


def percent_text(percent: Decimal, language: Language) -> str:
    digits = f"{percent.normalize():f}"
    if language is Language.DE:
        return f"{digits.translate(_GERMAN)}{_FIXED}%"
    return f"{digits}%"


def day_text(at: datetime, language: Language) -> str:
    """`22 November 2026`, `22. November 2026`: the day in UTC, as the books have it."""
    day = at.astimezone(UTC)
    dot = "." if language is Language.DE else ""
    return f"{day.day}{dot}{_FIXED}{_MONTHS[language][day.month - 1]} {day.year}"
