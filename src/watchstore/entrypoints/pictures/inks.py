"""Colours that follow from a look: the print on its dial, the metal of its hands."""

from watchstore.entrypoints.pictures.colours import DIALS, brightness, is_light
from watchstore.entrypoints.pictures.look import Look
from watchstore.entrypoints.pictures.metals import is_metal


def dial_colour(look: Look) -> str:
    return DIALS.get(look.dial, look.dial if look.dial.startswith("#") else DIALS["silver"])


def printing(look: Look) -> str:
    """What is printed on the dial: dark on light, light on dark."""
    return "#2c2d30" if is_light(dial_colour(look)) else "#f0efeb"


def furniture(look: Look) -> str:
    """The metal of hands and indices: as the case, but never lost on the dial."""
    metal = look.furniture or look.accent or look.metal
    if metal in {"titanium"} or not is_metal(metal):
        metal = "steel"
    if metal == "black" and brightness(dial_colour(look)) < 0.3:
        return "steel"
    pale = metal in {"steel", "white gold", "platinum"} and brightness(dial_colour(look)) > 0.9
    return "steel" if pale else metal
