"""From the words of a catalogue to metals and dial colours."""

import re
from typing import Final

from watchstore.entrypoints.pictures.colours import DIALS

# The first family whose word occurs names the metal.
_METALS: Final = (
    ("bronze", "bronze"),
    ("honey gold", "rose gold"),
    ("white gold", "white gold"),
    ("rose gold", "rose gold"),
    ("pink gold", "rose gold"),
    ("red gold", "rose gold"),
    ("sedna", "rose gold"),
    ("everose", "rose gold"),
    ("king gold", "rose gold"),
    ("yellow gold", "yellow gold"),
    ("moonshine", "yellow gold"),
    ("gold", "yellow gold"),
    ("platinum", "platinum"),
    ("titanium", "titanium"),
    ("titacarb", "titanium"),
    ("tantalum", "titanium"),
    ("dlc", "black"),
    ("pvd", "black"),
    ("ceramic", "black"),
    ("carbon", "black"),
    ("tpt", "black"),
    ("stainless steel", "steel"),
    ("aluminium", "steel"),
    ("sapphire", "platinum"),
    ("resin", "black"),
)
_PRECIOUS: Final = ("rose gold", "yellow gold", "white gold", "bronze")
_COATED: Final = re.compile(r"(?<!gold )pvd|dlc")
_NUANCES: Final = (
    ("ice blue", "ice blue"),
    ("burgundy", "burgundy"),
    ("anthracite", "anthracite"),
    ("tiffany", "turquoise"),
    ("turquoise", "turquoise"),
    ("mother of pearl", "mother of pearl"),
    ("mop", "mother of pearl"),
    ("rhodium", "rhodium"),
    ("chocolate", "chocolate"),
    ("slate", "slate"),
    ("salmon", "salmon"),
    ("ivory", "ivory"),
    ("lavender", "lavender"),
    ("cream", "ivory"),
    ("opaline", "silver"),
    ("salmon", "salmon"),
    ("pavé", "diamond pavé"),
)
_PLASTICS: Final = {
    "black": "#24262a",
    "blue": "#2f5fa8",
    "white": "#e9e8e4",
    "grey": "#8b9095",
    "green": "#4a7a5c",
    "brown": "#9a6b4a",
    "pink": "#edb6c2",
    "red": "#c2353a",
    "yellow": "#f0c73d",
    "turquoise": "#6fc7cf",
    "beige": "#dccfb4",
    "purple": "#6a4a9a",
    "orange": "#e2762b",
    "silver": "#b9bdc0",
    "champagne": "#caa860",
    "multicolour": "#3f6fae",
}
_MATT: Final = ("black", "white", "grey", "beige", "ivory")


def metals_of(material: str) -> tuple[str, str]:
    """The metal of the case and, of a watch in two metals, that of its accents."""
    parts = [part.strip() for part in material.lower().split("&") if part.strip()]
    names = [_metal(part) for part in parts] or ["steel"]
    accents = [name for name in names[1:] if name != names[0]]
    if _COATED.search(material.lower()) and "gold" not in material.lower():
        return "black", ""
    if names[0] == "black" and accents:
        return next((name for name in accents if name in _PRECIOUS), "black"), ""
    return names[0], next((name for name in accents if name in _PRECIOUS), "")


def _metal(part: str) -> str:
    return next((metal for word, metal in _METALS if word in part), "steel")


def plastic_of(words: str, dial: str) -> str:
    """The colour of a plastic case: a colour in its name, else near that of its dial."""
    named = [
        (match.start(), name)
        for name in _PLASTICS
        if (match := re.search(rf"(?<!\w){name}(?!\w)", words))
    ]
    name = min(named)[1] if named else dial
    return _PLASTICS.get(name, _PLASTICS["black"])


def dial_of(colour: str, words: str) -> str:
    """A name of DIALS: a nuance said in the words, else what the catalogue says; "" if neither."""
    known = colour.lower()
    for word, nuance in _NUANCES:
        if re.search(rf"(?<!\w){word}(?!\w)", words) and known != "diamond pavé":
            return nuance
    if known in DIALS:
        return known
    colours = "|".join(DIALS)
    said = re.search(rf"(?<!\w)({colours})(?= (?:\w+ ){{0,2}}dial)|(?<=/ )({colours})(?!\w)", words)
    return said.group(1) or said.group(2) if said else ""


def is_matt(dial: str) -> bool:
    return dial in _MATT
