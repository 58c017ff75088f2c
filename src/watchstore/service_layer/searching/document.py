"""What a watch can be found by: its bare reference and its words, each in a weight class."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from watchstore.domain.families import (
    DialFamily,
    MaterialFamily,
    MovementFamily,
    dial_family,
    material_family,
    movement_family,
)
from watchstore.service_layer.searching.text import bare, words

Weight = Literal["A", "B", "C"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchText:
    """The searchable facts of a watch as text; what is unknown stays empty."""

    brand: str
    reference: str
    collection: str = ""
    name: str = ""
    movement: str = ""
    calibre: str = ""
    case_material: str = ""
    case_diameter_mm: str = ""
    dial_colour: str = ""
    bracelet_material: str = ""
    water_resistance_m: str = ""
    year: str = ""


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """A row of the index. The bare reference is also a word (in lower case, weight A).

    In PostgreSQL `words` is a tsvector: every word once, with its weight.
    """

    reference: str
    words: Mapping[str, Weight]


def document_of(watch: WatchText) -> SearchDocument:
    """Index a watch; a word found in several places keeps its strongest weight."""
    reference = bare(watch.reference)
    found: dict[str, Weight] = dict.fromkeys(_specification(watch), "C")
    found |= dict.fromkeys(words(watch.name), "B")
    found |= dict.fromkeys(words(f"{watch.brand} {watch.collection} {watch.reference}"), "A")
    if reference:
        found[reference.lower()] = "A"
    return SearchDocument(reference, MappingProxyType(found))


def _specification(watch: WatchText) -> Iterator[str]:
    for text in (
        watch.movement,
        watch.calibre,
        watch.case_material,
        watch.dial_colour,
        watch.bracelet_material,
        watch.year,
        *_family_labels(watch),
    ):
        yield from words(text)
    yield from words(watch.calibre.replace(" ", "-"))
    yield from _measures(watch)


def _family_labels(watch: WatchText) -> Iterator[str]:
    material, dial = material_family(watch.case_material), dial_family(watch.dial_colour)
    movement = movement_family(watch.movement)
    if material not in (MaterialFamily.OTHER, MaterialFamily.UNKNOWN):
        yield material.label
    if dial not in (DialFamily.OTHER, DialFamily.UNKNOWN):
        yield dial.label
    if movement not in (MovementFamily.OTHER, MovementFamily.UNKNOWN):
        yield movement.label


def _measures(watch: WatchText) -> Iterator[str]:
    if watch.case_diameter_mm:
        yield from words(watch.case_diameter_mm)
        yield bare(watch.case_diameter_mm + "mm").lower()
    if watch.water_resistance_m:
        yield bare(watch.water_resistance_m + "m").lower()
