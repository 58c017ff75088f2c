"""Which pages a run has to look at: those of what changed, or all of them."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from watchstore.entrypoints.publishing.cards import Card, card_of
from watchstore.entrypoints.publishing.landings import Key, keys_of
from watchstore.entrypoints.publishing.notes import Notes
from watchstore.entrypoints.publishing.shelf import Shelf
from watchstore.service_layer.ports import Overtaken
from watchstore.service_layer.queries import PageQueries, WatchPassport

_AT_ONCE: Final = 250


@dataclass(frozen=True, slots=True)
class Plan:
    """`watches` and `landings` are to be looked at, `gone` and `empty` have no page any more."""

    version: int
    shelf: Shelf
    watches: Collection[str]
    landings: Collection[Key]
    gone: Collection[str]
    empty: Collection[Key]

    def makers(self, before: Notes) -> set[str]:
        """The slugs of the brands of which something is looked at, or gone."""
        slugs = {before.cards[slug].brand_slug for slug in self.gone}
        slugs |= {self.shelf.cards[slug].brand_slug for slug in self.watches}
        return slugs | {key.code for key in self.landings if key.facet == "brand"}


def plan(notes: Notes, source: PageQueries, *, whole: bool) -> Plan:
    """Raises Overtaken when what is published is newer than the source."""
    told = source.changes(since=0 if whole else notes.version)
    if told.version < notes.version:
        raise Overtaken(f"version {notes.version} is published, and this is {told.version}")
    before = {} if whole else notes.cards
    edited = {*told.shown, *told.gone}
    news = {watch.slug: card_of(watch) for watch in passports(source, told.shown)}
    after = {slug: card for slug, card in before.items() if slug not in edited} | news
    gone = notes.cards.keys() - after.keys()
    shelf = Shelf(after, source.makers())
    touched = set(shelf) if whole else set(_touched(notes, news, gone))
    return Plan(
        told.version,
        shelf,
        sorted(news.keys() | (after.keys() & _neighbours(notes, gone))),
        [key for key in touched if key in shelf],
        gone,
        [key for key in touched if key not in shelf],
    )


def passports(source: PageQueries, slugs: Collection[str]) -> Iterator[WatchPassport]:
    """Some at a time: a catalogue may be larger than the memory."""
    ordered = list(slugs)
    for start in range(0, len(ordered), _AT_ONCE):
        yield from source.watches(ordered[start : start + _AT_ONCE])


def _neighbours(notes: Notes, gone: Collection[str]) -> set[str]:
    """Whose pages link to what is gone."""
    lost = set(gone)
    return {slug for slug, near in notes.near.items() if not lost.isdisjoint(near)}


def _touched(notes: Notes, news: dict[str, Card], gone: Iterable[str]) -> Iterator[Key]:
    """The landings that show a watch which changed, or did so before."""
    for slug, card in news.items():
        yield from keys_of(card)
        if slug in notes.cards:
            yield from keys_of(notes.cards[slug])
    for slug in gone:
        yield from keys_of(notes.cards[slug])
