"""Colours and how they mix; the dial colours a catalogue names."""

from functools import lru_cache
from typing import Final

# The middle tone of each dial colour.
DIALS: Final = {
    "black": "#1b1c1f",
    "silver": "#d3d5d6",
    "blue": "#1f4272",
    "white": "#f1f1ee",
    "grey": "#77797d",
    "green": "#1f4f3c",
    "champagne": "#dcc48c",
    "skeleton": "#3c3d40",
    "brown": "#4e3426",
    "pink": "#e5bcb8",
    "diamond pavé": "#d9dde1",
    "beige": "#dccdb0",
    "purple": "#4d3460",
    "rhodium": "#a7aaad",
    "red": "#8c2126",
    "multicolour": "#3a5a86",
    "turquoise": "#7cc9c4",
    "yellow": "#e6be3c",
    "ivory": "#efe7d2",
    "gold": "#cda85a",
    "mother of pearl": "#e9e7e6",
    "slate": "#454a51",
    "chocolate": "#432a20",
    "see-through": "#6b7075",
    "mirror": "#c3c8cd",
    "orange": "#d8702a",
    "salmon": "#dfa389",
    "superluminova": "#dfead6",
    "taupe": "#8c7d70",
    "bronze": "#8a6a43",
    "lavender": "#b9aed2",
    "ice blue": "#b9d3e0",
    "burgundy": "#591a25",
    "anthracite": "#37393d",
}


@lru_cache(maxsize=4096)
def mix(one: str, other: str, share: float) -> str:
    """`one` with `share` (0..1) of `other` in it."""
    pairs = ((int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def lighter(colour: str, share: float) -> str:
    return mix(colour, "#ffffff", share)


def darker(colour: str, share: float) -> str:
    return mix(colour, "#000000", share)


@lru_cache(maxsize=1024)
def brightness(colour: str) -> float:
    """How light a colour looks, 0..1."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def is_light(colour: str) -> bool:
    return brightness(colour) > 0.55
