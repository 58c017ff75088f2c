"""Text in a cell that a spreadsheet, or our own reading, would take for something else.

On the way out such a text gets an apostrophe in front: a spreadsheet then shows it and does not
run it (CWE-1236). On the way in that apostrophe, and no other, is taken away.
"""

from collections.abc import Callable
from typing import Final, TypeAlias

# How a column reads free text: `YG` may become `Yellow Gold`.
Understand: TypeAlias = Callable[[str], str]

_FORMULA: Final = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\t", "\r", "\n")


def escaped(text: str, understand: Understand) -> str:
    return f"'{text}" if _misread(text, understand) else text


def unescaped(cell: str, understand: Understand) -> str:
    """The text that `escaped` was given; any other cell as the column understands it."""
    if cell.startswith("'") and _misread(cell[1:], understand):
        return cell[1:]
    return understand(cell)


def _misread(text: str, understand: Understand) -> bool:
    quotes = len(text) - len(text.lstrip("'"))
    return any(_changes(text[start:], understand) for start in range(quotes + 1))


def _changes(text: str, understand: Understand) -> bool:
    return text.startswith(_FORMULA) or understand(text) != text
