"""Suggestions while typing: brands, collections, then single watches by their reference.

The caller understands the text (`typing=True`), fetches the watches of `references_meant`, and
has them ranked together with all brands and collections, which are few.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from watchstore.service_layer.queries.catalogue import Suggestion
from watchstore.service_layer.searching.document import SearchDocument, WatchText, document_of
from watchstore.service_layer.searching.ranking import hits
from watchstore.service_layer.searching.text import has_digit
from watchstore.service_layer.searching.understanding import Understanding
from watchstore.service_layer.searching.vocabulary import Speller

MOST, MOST_FETCHED = 8, 200
KINDS = ("brand", "collection", "watch")


@dataclass(frozen=True, slots=True)
class Suggestable:
    """A suggestion, the words that call it up, and how many watches it stands for."""

    suggestion: Suggestion
    document: SearchDocument
    watches: int = 1


def suggestable_brand(name: str, *, value: str, watches: int) -> Suggestable:
    document = document_of(WatchText(brand=name, reference=""))
    return Suggestable(Suggestion("brand", name, value), document, watches)


def suggestable_collection(brand: str, name: str, *, value: str, watches: int) -> Suggestable:
    document = document_of(WatchText(brand=brand, collection=name, reference=""))
    return Suggestable(Suggestion("collection", f"{brand} {name}", value), document, watches)


def suggestable_watch(watch: WatchText, *, slug: str) -> Suggestable:
    label = f"{watch.reference} {watch.brand} {watch.name or watch.collection}"
    return Suggestable(Suggestion("watch", label, slug), document_of(watch))


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
    return KINDS.index(made.kind), -entry.watches, made.label, made.value
