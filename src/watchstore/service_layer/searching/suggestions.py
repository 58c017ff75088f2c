"""Suggestions while typing: brands, collections, then single watches by their reference.

The caller understands the text (`typing=True`), fetches the watches of `references_meant`, and
has them ranked together with all brands and collections, which are few.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from watchstore.service_layer.searching.document import SearchDocument, WatchText, document_of
from watchstore.service_layer.searching.ranking import hits
from watchstore.service_layer.searching.text import has_digit
from watchstore.service_layer.searching.understanding import Understanding
from watchstore.service_layer.searching.vocabulary import Speller

MOST, MOST_FETCHED = 8, 200
Kind = Literal["brand", "collection", "reference"]
KINDS: tuple[Kind, ...] = ("brand", "collection", "reference")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A line under the search field; `slug` only where it leads to one watch."""

    kind: Kind
    label: str
    detail: str = ""
    slug: str = ""


@dataclass(frozen=True, slots=True)
class Suggestable:
    """A suggestion with the words that call it up."""

    suggestion: Suggestion
    document: SearchDocument
    watches: int = 1


def brand(name: str, watches: int) -> Suggestable:
    text = WatchText(brand=name, reference="")
    return Suggestable(Suggestion("brand", name), document_of(text), watches)


def collection(brand_name: str, name: str, watches: int) -> Suggestable:
    text = WatchText(brand=brand_name, collection=name, reference="")
    return Suggestable(Suggestion("collection", name, brand_name), document_of(text), watches)


def reference(text: WatchText, slug: str) -> Suggestable:
    detail = f"{text.brand} {text.name or text.collection}"
    return Suggestable(Suggestion("reference", text.reference, detail, slug), document_of(text))


def references_meant(meant: Understanding, speller: Speller) -> tuple[str, ...]:
    """The bare references worth fetching as suggestables, nearest first."""
    found: dict[str, None] = {}
    for term in meant.terms:
        for step in term.sure:
            for word in filter(has_digit, step.words):
                bares = speller.openings(word.upper(), MOST_FETCHED) if step.prefix else ()
                found |= dict.fromkeys(bares or speller.openings(word.upper(), 1))
    return tuple(found)[:MOST_FETCHED]


def suggest(
    meant: Understanding, suggestables: Iterable[Suggestable], most: int = MOST
) -> tuple[Suggestion, ...]:
    """The best tier; of equals brands come first, then what names more watches."""
    entries = sorted(suggestables, key=_rank)
    found = hits(((entry, entry.document) for entry in entries), meant)
    return tuple(entry.suggestion for entry, _ in found[:most])


def _rank(entry: Suggestable) -> tuple[int, int, str, str]:
    made = entry.suggestion
    return KINDS.index(made.kind), -entry.watches, made.label, made.detail
