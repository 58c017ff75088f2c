"""The words around every mail."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from watchstore.domain.language import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameWords:
    greeting: str
    greeting_unnamed: str
    closing: str
    why: str


FRAME: Final[Mapping[Language, FrameWords]] = {
    Language.EN: FrameWords(
        greeting="Hello {name},",
        greeting_unnamed="Hello,",
        closing="Kind regards",
        why="You get this mail because of an order or an account at {shop}.",
    ),
    Language.DE: FrameWords(
        greeting="Guten Tag {name},",
        greeting_unnamed="Guten Tag,",
        closing="Mit freundlichen Grüßen",
        why="Sie erhalten diese Mail wegen einer Bestellung oder eines Kontos bei {shop}.",
    ),
}
