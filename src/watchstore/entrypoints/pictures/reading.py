"""look_of(...): what a watch looks like, inferred from what the catalogue knows of it."""

from dataclasses import replace
from decimal import Decimal
from typing import Final

from watchstore.entrypoints.pictures.colours import DIALS, darker, is_light
from watchstore.entrypoints.pictures.families import FAMILIES
from watchstore.entrypoints.pictures.kinds import BRANDS, KINDS
from watchstore.entrypoints.pictures.look import Look, Texture
from watchstore.entrypoints.pictures.metals import is_metal
from watchstore.entrypoints.pictures.substances import dial_of, metals_of, plastic_of
from watchstore.entrypoints.pictures.traits import Trait, gathered
from watchstore.entrypoints.pictures.words import STRAPS, WORDS

Number = Decimal | float | None
_PLASTIC: Final = ("bioceramic", "resin")
_STRAP_OF: Final[dict[str, Trait]] = {
    "leather": {"strap": "leather"},
    "rubber": {"strap": "rubber"},
    "nato fabric": {"strap": "fabric"},
    "fabric": {"strap": "fabric"},
}
_LEATHERS: Final = {
    "black": "#1d1c1d",
    "blue": "#22304a",
    "green": "#263a30",
    "grey": "#4a4a4c",
    "brown": "#4a3022",
    "chocolate": "#3b271d",
    "white": "#2a2422",
    "burgundy": "#4c1c24",
    "champagne": "#5a3a26",
    "red": "#4c1c20",
    "pink": "#8c6a64",
    "purple": "#372a44",
    "salmon": "#5a3a28",
    "slate": "#2f3236",
    "turquoise": "#3c6a70",
}
_FABRICS: Final = {"black": "#26282b", "blue": "#24385c", "green": "#4a5340", "beige": "#8d8062"}


def look_of(
    *,
    brand: str,
    collection: str = "",
    name: str = "",
    movement: str = "",
    case_material: str = "",
    diameter_mm: Number = None,
    dial_colour: str = "",
    bracelet_material: str = "",
    complications: tuple[str, ...] = (),
    year: int | None = None,
    water_resistance_m: int | None = None,
    thickness_mm: Number = None,
    lug_to_lug_mm: Number = None,
    lug_width_mm: Number = None,
) -> Look:
    words = " ".join((brand, collection, name, movement, *complications)).lower()
    trait = _style(words, water_resistance_m, year)
    trait.update(_strap(words, bracelet_material))
    metal, accent = metals_of(case_material)
    look = Look(
        label=" ".join(part for part in (brand, name or collection) if part),
        diameter_mm=_float(diameter_mm),
        thickness_mm=_float(thickness_mm),
        lug_to_lug_mm=_float(lug_to_lug_mm),
        lug_width_mm=_float(lug_width_mm),
        metal=metal,
        accent=accent,
    )
    return _coloured(replace(look, **trait), words, case_material.lower(), dial_colour)


def _float(value: Number) -> float | None:
    return None if value is None else float(value)


def _style(words: str, depth: int | None, year: int | None) -> Trait:
    """From the general to the particular: depth and brand, kind of watch, family, single words."""
    trait: Trait = {"guarded_crown": True} if (depth or 0) >= 200 else {}
    for rules in (BRANDS, KINDS, FAMILIES, WORDS):
        trait.update(gathered(words, rules))
    if trait.get("lume") and year is not None and year < 1998:
        trait["lume"] = "#e5d7ab"  # tritium has aged to cream
    return trait


def _strap(words: str, material: str) -> Trait:
    known = _STRAP_OF.get(material.lower())
    if known:
        return known
    return gathered(words.partition("/")[2] or words, STRAPS)


def _coloured(look: Look, words: str, material: str, dial_colour: str) -> Look:
    dial = "skeleton" if look.texture == "skeleton" else dial_of(dial_colour, words)
    dial = dial or _usual_dial(look)
    look = replace(look, dial=dial, texture=_texture(look, dial))
    if any(word in material for word in _PLASTIC) or look.shape == "resin":
        look = _in_plastic(look, words)
    if look.bezel in {"dive", "two-colour"} and look.bezel_colours[0] == "#17181a":
        look = replace(look, bezel_colours=_insert(look))
    if look.bezel == "tachymeter" and look.contrast_counters is False:
        look = replace(look, contrast_counters=dial in {"white", "ivory"})
    return _on_strap(_untangled(look))


def _untangled(look: Look) -> Look:
    """One place, one thing: the moon displaces a counter, a counter the date."""
    counters = tuple(hour for hour in look.counters if hour != look.moon)
    crowded = look.date in {*counters, look.moon} or (look.date == 3 and look.layout != "centre")
    return replace(look, counters=counters, date=4.5 if crowded and look.date else look.date)


def _usual_dial(look: Look) -> str:
    return "black" if look.lume and look.bezel in {"dive", "two-colour", "tachymeter"} else "silver"


def _texture(look: Look, dial: str) -> Texture:
    special: dict[str, Texture] = {
        "diamond pavé": "stones",
        "mother of pearl": "pearl",
        "skeleton": "skeleton",
        "see-through": "skeleton",
    }
    return special.get(dial, look.texture)


def _in_plastic(look: Look, words: str) -> Look:
    """A case of plastic takes its colour from the words; metal parts of it stay metal."""
    colour = plastic_of(words if look.shape == "resin" else "", look.dial)
    accent = look.accent if is_metal(look.accent) else ""
    return replace(
        look, metal=colour, accent=accent, furniture="steel", strap_colour=_strap_in(look, colour)
    )


def _strap_in(look: Look, colour: str) -> str:
    return darker(colour, 0.12) if look.shape == "resin" else look.strap_colour


def _insert(look: Look) -> tuple[str, str]:
    """Unless its colours are said, an insert follows a coloured dial, darker."""
    upper, lower = look.bezel_colours
    if lower != "#17181a" or look.dial not in {"blue", "green", "red", "brown", "burgundy", "grey"}:
        return upper, lower
    shade = darker(DIALS[look.dial], 0.25)
    return shade, shade


def _on_strap(look: Look) -> Look:
    if look.strap == "leather":
        return replace(look, strap_colour=_LEATHERS.get(look.dial, "#3d2a1f"))
    if look.strap == "fabric" and look.strap_colour != "#202226":
        return replace(look, strap_colour=_FABRICS.get(look.dial, "#4b4a46"))
    if look.strap == "rubber":
        base = DIALS.get(look.dial, "#1c1d1f")
        return replace(look, strap_colour="#1f2023" if is_light(base) else darker(base, 0.2))
    return look
