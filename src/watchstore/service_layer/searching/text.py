"""Folding: the one way in which catalogue text and typed text become comparable words."""

import re
import unicodedata
from collections.abc import Iterator

# What NFKD leaves alone although people type it with plain letters.
_PLAIN = str.maketrans(
    {"ø": "o", "œ": "oe", "æ": "ae", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}  # noqa: RUF001
    | dict.fromkeys("’‘‛`´ʼ′", "'")  # noqa: RUF001
    | dict.fromkeys("“”„«»″", '"')
    | dict.fromkeys("‐‑‒–—−", "-")  # noqa: RUF001
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_PART = r"[^\W_]+"
_COMPOUND = re.compile(rf"{_PART}(?:[-'./&+]{_PART})*")
_WORD = re.compile(_PART)
# A buyer types the figure, the dial says the numeral.
_NUMERALS = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "xi": "11"}


def fold(text: str) -> str:
    """Lower case without accents, with plain quotes and dashes."""
    plain = text.translate(_PLAIN)
    bare_letters = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", plain)
        if not unicodedata.combining(letter)
    )
    return bare_letters.casefold().translate(_PLAIN)


def tokens(text: str) -> list[str]:
    """The folded runs of letters and digits, in order: how a query is read."""
    return _WORD.findall(fold(text))


def words(text: str) -> Iterator[str]:
    """Every word a text can be found by: `Day-Date II` gives day, date, daydate, ii and 2."""
    for spelling in {fold(text), fold(unicodedata.normalize("NFC", text).translate(_UMLAUTS))}:
        for compound in _COMPOUND.findall(spelling):
            parts = _WORD.findall(compound)
            yield from parts
            yield from (_NUMERALS[part] for part in parts if part in _NUMERALS)
            if len(parts) > 1:
                yield "".join(parts)


def has_digit(word: str) -> bool:
    return any(letter.isdigit() for letter in word)
