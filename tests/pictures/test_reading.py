"""What is inferred from a catalogue's words."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from watchstore.domain.identifiers import Reference, Slug, WatchId
from watchstore.domain.watch import Specification, Watch
from watchstore.entrypoints.pictures import look_of, look_of_watch

CASES = [
    ("Rolex", "Submariner", "Submariner Date", {"bezel": "dive", "indices": "dots", "date": 3}),
    ("Rolex", "GMT-Master", "GMT-Master II Pepsi", {"bezel": "two-colour"}),
    ("Rolex", "Datejust 36", "Datejust 36", {"bezel": "fluted", "strap": "five-link"}),
    ("Rolex", "Datejust 36", "Datejust 36 / Domed / Oyster", {"bezel": "smooth"}),
    ("Rolex", "Day-Date 36", "Day-Date 36", {"day": True, "strap": "round-link"}),
    ("Rolex", "Daytona", "Daytona", {"counters": (3, 6, 9), "pushers": True}),
    ("Omega", "Speedmaster Moonwatch", "Moonwatch", {"bezel": "tachymeter", "moon": None}),
    ("Cartier", "Tank", "Tank Louis", {"shape": "rectangle", "indices": "roman"}),
    ("Cartier", "Santos de Cartier", "Santos", {"shape": "square"}),
    ("Audemars Piguet", "Royal Oak", "Royal Oak", {"shape": "octagon", "strap": "integrated"}),
    ("Patek Philippe", "Nautilus", "Nautilus", {"shape": "porthole", "texture": "bars"}),
    ("Hamilton", "Khaki Field", "Khaki Field", {"indices": "field"}),
    ("IWC", "Pilot", "Pilot Mark XVIII", {"indices": "aviator"}),
    ("Casio", "G-Shock 6900", "DW-6900 Red", {"layout": "digital", "metal": "#c2353a"}),
    ("Casio", "G-Shock GA-110", "GA-110", {"layout": "ana-digital"}),
    ("A. Lange & Söhne", "Lange 1", "Lange 1", {"layout": "off-centre", "big_date": True}),
    ("Seiko", "Presage", "Presage Moonphase", {"moon": 6}),
    ("Nobody", "", "Small Seconds", {"counters": (6,), "running_seconds": False}),
]


@pytest.mark.parametrize(("brand", "collection", "name", "expected"), CASES)
def test_words_make_the_style(brand, collection, name, expected):
    look = look_of(brand=brand, collection=collection, name=name)
    assert {key: getattr(look, key) for key in expected} == expected


@pytest.mark.parametrize(
    ("material", "metal", "accent"),
    [
        ("", "steel", ""),
        ("Stainless Steel", "steel", ""),
        ("Stainless Steel & Yellow Gold", "steel", "yellow gold"),
        ("Stainless Steel & Ceramic", "steel", ""),
        ("Ceramic & Rose Gold", "rose gold", ""),
        ("Pink Gold", "rose gold", ""),
        ("Stainless Steel & DLC", "black", ""),
        ("Carbon TPT", "black", ""),
        ("Unobtainium", "steel", ""),
    ],
)
def test_materials_become_metals(material, metal, accent):
    look = look_of(brand="Nobody", case_material=material)
    assert (look.metal, look.accent) == (metal, accent)


@pytest.mark.parametrize(
    ("said", "name", "dial"),
    [
        ("Blue", "", "blue"),
        ("", "Datejust Ice Blue Dial", "ice blue"),
        ("White", "Serenade / MOP", "mother of pearl"),
        ("Silver", "Blue Strap", "silver"),
        ("", "", "silver"),
        ("Octarine", "", "silver"),
    ],
)
def test_the_dial_takes_the_nuance_its_name_tells(said, name, dial):
    assert look_of(brand="Nobody", name=name, dial_colour=said).dial == dial


def test_the_strap_is_the_known_one_else_what_the_name_says():
    known = look_of(brand="Omega", name="X / Bracelet", bracelet_material="NATO Fabric")
    said = look_of(brand="Omega", name="X / Black / Alligator")
    usual = look_of(brand="Omega", name="X")
    assert (known.strap, said.strap, usual.strap) == ("fabric", "leather", "three-link")


def test_the_moon_and_the_date_do_not_stand_on_a_counter():
    look = look_of(brand="Mido", name="Chronograph Moonphase Powermatic")
    assert look.moon == 6
    assert 6 not in look.counters
    assert look.date not in look.counters


def test_a_watch_of_the_domain_looks_like_what_is_known_of_it():
    at = datetime(2026, 11, 22, tzinfo=UTC)
    known = Specification(
        diameter_mm=Decimal("39.5"), lug_width_mm=Decimal(21), complications=("moonphase",)
    )
    watch = Watch(
        WatchId("w1"), "Nobody", "", Reference("1"), "One", Slug("nobody-1"), at, at, known
    )
    look = look_of_watch(watch)
    assert (look.label, look.diameter_mm, look.lug_width_mm) == ("Nobody One", 39.5, 21.0)
    assert look.moon == 6


def test_words_inside_other_words_do_not_count():
    assert look_of(brand="Nobody", name="Grayson Datebook").indices == "batons"
    assert look_of(brand="Nobody", name="Raytheon").bezel == "smooth"
