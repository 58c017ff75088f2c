"""Colours that follow from a look: the print on its dial, the metal of its hands."""

from typing import Final

from watchstore.entrypoints.pictures.colours import DIALS, brightness, darker, is_light, mix
from watchstore.entrypoints.pictures.look import Look
from watchstore.entrypoints.pictures.metals import is_metal, ramp

_WHITE: Final = frozenset({"steel", "white gold", "platinum"})
_BROAD: Final = frozenset({"sword", "broad", "pencil", "ring"})


def dial_colour(look: Look) -> str:
    return DIALS.get(look.dial, look.dial if look.dial.startswith("#") else DIALS["silver"])


def is_pale(look: Look) -> bool:
    return is_light(dial_colour(look))


def print_on(colour: str) -> str:
    """Dark on light, light on dark."""
    return "#2c2d30" if is_light(colour) else "#f0efeb"


def printing(look: Look) -> str:
    return print_on(dial_colour(look))


def furniture(look: Look) -> str:
    """The metal of hands and indices: as the case, but never lost on the dial."""
    metal = look.furniture or look.accent or look.metal
    if metal == "titanium" or not is_metal(metal):
        metal = "steel"
    if metal in {"black", "blued"} and brightness(dial_colour(look)) < 0.4:
        return "steel"
    if look.lume and is_pale(look) and look.hands in _BROAD and metal in _WHITE:
        return "black"
    pale = metal in _WHITE and brightness(dial_colour(look)) > 0.9
    return "steel" if pale else metal


def facet(look: Look, *, bright: bool) -> str:
    """A facet of a hand or an index; deeper on a pale dial, where polish shows as darkness."""
    tones = ramp(furniture(look))
    if furniture(look) == "blued":
        return tones[2] if bright else tones[3]
    if brightness(dial_colour(look)) > 0.5:
        return mix(tones[1], tones[2], 0.35) if bright else darker(tones[3], 0.42)
    return tones[0] if bright else mix(tones[3], tones[1], 0.4)
