"""Polished metal is a ramp of seven tones; plastic is a gentle ramp of one colour."""

from functools import lru_cache
from typing import Final

from watchstore.entrypoints.pictures.colours import darker, lighter

Ramp = tuple[str, ...]

RAMPS: Final[dict[str, Ramp]] = {
    "steel": ("#fafbfb", "#b4b8bc", "#e9ebec", "#7a7f84", "#dfe2e4", "#9da2a7", "#f3f4f5"),
    "white gold": ("#fbfaf7", "#bdbab3", "#eceae5", "#85827b", "#e3e0da", "#a6a39c", "#f5f3ee"),
    "platinum": ("#fcfdfe", "#bfc6cd", "#eef1f4", "#87909a", "#e5e9ed", "#aab2bb", "#f7f9fa"),
    "yellow gold": ("#fff4d4", "#d3a956", "#f4d993", "#94702f", "#ebcd86", "#bb9145", "#f9e6b4"),
    "rose gold": ("#ffebe0", "#cf967a", "#f2c7ae", "#8a5641", "#e8b79b", "#b67c60", "#f9d8c7"),
    "titanium": ("#d3d2cf", "#96948f", "#bbb9b5", "#6a6865", "#b0aeaa", "#85837f", "#c9c7c4"),
    "black": ("#66686c", "#202124", "#414347", "#0e0f10", "#37393c", "#191a1c", "#54565a"),
    "blued": ("#6f93d8", "#24468f", "#4468b4", "#142a5c", "#345aa6", "#1c3874", "#5a7fc6"),
    "bronze": ("#f3d8b0", "#a67a47", "#d3a973", "#674824", "#c39960", "#8c6536", "#e0bd8d"),
}


@lru_cache(maxsize=256)
def ramp(metal: str) -> Ramp:
    """The seven tones of a named metal, or of a plastic in that colour."""
    return RAMPS.get(metal) or _plastic(metal)


def _plastic(colour: str) -> Ramp:
    return (
        lighter(colour, 0.34),
        lighter(colour, 0.06),
        lighter(colour, 0.16),
        darker(colour, 0.2),
        lighter(colour, 0.1),
        darker(colour, 0.1),
        lighter(colour, 0.26),
    )


def is_metal(name: str) -> bool:
    return name in RAMPS


def bright(metal: str) -> str:
    return ramp(metal)[2]


def middle(metal: str) -> str:
    return ramp(metal)[4]


def dark(metal: str) -> str:
    return darker(ramp(metal)[3], 0.35)
