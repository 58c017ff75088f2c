from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

from tests.search.catalogue import documents, watches

from watchstore.domain.identifiers import Reference, Slug, WatchId
from watchstore.domain.watch import Movement, Specification, Watch
from watchstore.service_layer.searching.document import WatchText, document_of, text_of
from watchstore.service_layer.searching.text import tokens

NAUTILUS = WatchText(
    brand="Patek Philippe",
    collection="Nautilus",
    reference="5711/1A-010",
    name="Nautilus 5711 Blue",
    calibre="324 S C",
    case_material="Pink Gold",
    case_diameter_mm="40.5",
    dial_colour="Slate",
    water_resistance_m="120",
    movement="manual",
    year="2006",
)


def test_a_word_keeps_its_strongest_weight():
    held = document_of(NAUTILUS).words
    assert (held["nautilus"], held["blue"], held["pink"]) == ("A", "B", "C")
    assert held["5711"] == "A"


def test_the_bare_reference_is_a_word_of_weight_a():
    document = document_of(NAUTILUS)
    assert document.reference == "57111A010"
    assert document.words["57111a010"] == "A"


def test_measures_families_and_joined_calibres_are_words():
    held = document_of(NAUTILUS).words
    assert {"405mm", "120m", "2006", "324sc", "rose", "grey", "handwound"} <= held.keys()


def test_what_is_unknown_adds_no_word():
    held = document_of(WatchText(brand="Oris", reference="754")).words
    assert dict(held) == {"oris": "A", "754": "A"}


def test_every_word_of_the_catalogue_is_found_in_its_document():
    for watch, document in zip(watches(), documents(), strict=True):
        typed = tokens(f"{watch.brand} {watch.collection} {watch.reference} {watch.name}")
        assert set(typed) <= document.words.keys()


def test_a_watch_is_read_as_text():
    now = datetime(2026, 1, 1, tzinfo=UTC)
    watch = Watch(
        id=WatchId(UUID(int=1)),
        brand="Oris",
        collection="Aquis",
        reference=Reference.parse("01 733"),
        name="Aquis Date",
        slug=Slug.parse("oris-01733"),
        created_at=now,
        changed_at=now,
        specification=Specification(
            movement=Movement.AUTOMATIC, diameter_mm=Decimal("40.00"), complications=("date",)
        ),
    )
    assert text_of(watch) == WatchText(
        brand="Oris",
        collection="Aquis",
        reference="01 733",
        name="Aquis Date",
        movement="automatic",
        case_diameter_mm="40",
        complications="date",
    )
