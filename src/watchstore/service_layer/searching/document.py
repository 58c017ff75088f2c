"""What a watch can be found by: its bare reference and its words, each in a weight class."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from watchstore.domain.families import Family, dial_family, material_family
from watchstore.domain.identifiers import Reference
from watchstore.domain.watch import Movement, Watch
from watchstore.service_layer.searching.text import words

Weight = Literal["A", "B", "C"]


# Families that say nothing about a watch.
_NAMELESS = ("other", "unknown")


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
    complications: str = ""


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """A row of the index. The bare reference is also a word (in lower case, weight A).

    In PostgreSQL `words` is a tsvector: every word once, with its weight.
    """

    reference: str
    words: Mapping[str, Weight]


def text_of(watch: Watch) -> WatchText:
    facts = watch.specification
    return WatchText(
        brand=watch.brand,
        reference=watch.reference.printed,
        collection=watch.collection,
        name=watch.name,
        movement=facts.movement or "",
        calibre=facts.calibre,
        case_material=facts.case_material,
        case_diameter_mm=f"{facts.diameter_mm.normalize():f}" if facts.diameter_mm else "",
        dial_colour=facts.dial_colour,
        bracelet_material=facts.bracelet_material,
        water_resistance_m=str(facts.water_resistance_m or ""),
        year=str(facts.first_year or ""),
        complications=" ".join(facts.complications),
    )


def document_of(watch: WatchText) -> SearchDocument:
    """Index a watch; a word found in several places keeps its strongest weight."""
    bare = Reference(watch.reference).bare
    found: dict[str, Weight] = dict.fromkeys(_specification(watch), "C")
    found |= dict.fromkeys(words(watch.name), "B")
    found |= dict.fromkeys(words(f"{watch.brand} {watch.collection} {watch.reference}"), "A")
    if bare:
        found[bare.lower()] = "A"
    return SearchDocument(bare, MappingProxyType(found))


def _specification(watch: WatchText) -> Iterator[str]:
    for text in (
        watch.movement,
        watch.calibre,
        watch.calibre.replace(" ", "-"),
        watch.case_material,
        watch.dial_colour,
        watch.bracelet_material,
        watch.year,
        watch.complications,
        *_other_names(watch),
    ):
        yield from words(text)
    yield from _measures(watch)


def _other_names(watch: WatchText) -> Iterator[str]:
    """What else a buyer may call it: pink gold is rose gold, manual is hand-wound."""
    families: tuple[Family, ...] = (
        material_family(watch.case_material),
        dial_family(watch.dial_colour),
    )
    yield from (family.label for family in families if family.code not in _NAMELESS)
    if watch.movement == Movement.MANUAL:
        yield "hand-wound"


def _measures(watch: WatchText) -> Iterator[str]:
    if watch.case_diameter_mm:
        yield from words(watch.case_diameter_mm)
        yield from words(f"{watch.case_diameter_mm}mm")
    if watch.water_resistance_m:
        yield from words(f"{watch.water_resistance_m}m")
