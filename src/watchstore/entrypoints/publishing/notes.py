"""What the publisher writes down for itself: what is published, and from which content."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Final

from watchstore.entrypoints.publishing.cards import Card

_FORMAT: Final = 1
_VALUES: Final = attrgetter(*Card.__slots__)  # the last one is `codes`


@dataclass(frozen=True, slots=True)
class Written:
    """A file as it was last written: a digest of what it was made from, and the day."""

    digest: str
    day: str


@dataclass(frozen=True, slots=True)
class Notes:
    """`version` is the catalogue's that all pages are at, `look` that of the templates.

    `near` names the watches that the page of a watch links to: when one of them is withdrawn,
    that page is written anew.
    """

    version: int = 0
    look: str = ""
    release: str = ""
    cards: Mapping[str, Card] = field(default_factory=dict)
    near: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: Mapping[str, Written] = field(default_factory=dict)


def read_notes(text: bytes) -> Notes:
    """Empty ones when these are of another format, or cut off: everything is written anew."""
    try:
        found = json.loads(text)
    except ValueError:
        return Notes()
    if found.get("format") != _FORMAT:
        return Notes()
    cards = (Card(*(*plain, tuple(codes))) for *plain, codes in found["cards"])
    return Notes(
        found["version"],
        found["look"],
        found["release"],
        {card.slug: card for card in cards},
        {slug: tuple(near) for slug, near in found["near"].items()},
        {path: Written(*row) for path, row in found["files"].items()},
    )


def written_notes(notes: Notes) -> bytes:
    found = {
        "format": _FORMAT,
        "version": notes.version,
        "look": notes.look,
        "release": notes.release,
        "cards": [_VALUES(card) for card in notes.cards.values()],
        "near": notes.near,
        "files": {path: [file.digest, file.day] for path, file in notes.files.items()},
    }
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()
