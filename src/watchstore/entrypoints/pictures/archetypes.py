"""The kinds of watch that everyone knows, as traits: diver, racer, pilot, field, dress..."""

from typing import Final

from watchstore.entrypoints.pictures.traits import Trait

GLOW: Final = "#e4efdf"
BLACK: Final = ("#17181a", "#17181a")
DIVER: Final[Trait] = {
    "bezel": "dive",
    "bezel_colours": BLACK,
    "indices": "dots",
    "hands": "sword",
    "lume": GLOW,
    "guarded_crown": True,
    "texture": "plain",
    "strap": "three-link",
}
CHRONO: Final[Trait] = {
    "counters": (3, 6, 9),
    "pushers": True,
    "date": None,
    "hands": "baton",
    "indices": "batons",
}
RACER: Final[Trait] = {**CHRONO, "bezel": "tachymeter", "bezel_colours": BLACK, "lume": GLOW}
DRESS: Final[Trait] = {
    "strap": "leather",
    "hands": "dauphine",
    "indices": "sparse",
    "bezel": "thin",
    "running_seconds": False,
    "lume": "",
}
CLASSIC: Final[Trait] = {
    "strap": "leather",
    "hands": "leaf",
    "indices": "roman",
    "bezel": "thin",
    "lume": "",
}
PILOT: Final[Trait] = {
    "indices": "aviator",
    "hands": "broad",
    "lume": GLOW,
    "texture": "plain",
    "strap": "leather",
    "bezel": "smooth",
}
FIELD: Final[Trait] = {
    "indices": "field",
    "hands": "sword",
    "lume": GLOW,
    "texture": "plain",
    "strap": "fabric",
    "bezel": "smooth",
}
INTEGRATED: Final[Trait] = {"strap": "integrated", "hands": "baton", "lume": GLOW, "date": 3}
OCTAGON: Final[Trait] = {
    **INTEGRATED,
    "shape": "octagon",
    "bezel": "screwed",
    "texture": "tapestry",
}
RECTANGLE: Final[Trait] = {
    "shape": "rectangle",
    "aspect": 1.3,
    "indices": "roman",
    "hands": "sword",
    "bezel": "thin",
    "running_seconds": False,
    "strap": "leather",
    "date": None,
    "lume": "",
    "texture": "sunray",
}
RESIN: Final[Trait] = {
    "shape": "resin",
    "aspect": 1.07,
    "by_length": True,
    "strap": "resin",
    "bezel": "smooth",
    "hands": "pencil",
    "lume": GLOW,
    "texture": "plain",
}
LANGE_TIME: Final[Trait] = {
    "layout": "off-centre",
    "indices": "roman",
    "hands": "leaf",
    "texture": "plain",
    "running_seconds": False,
    "big_date": True,
    "counters": (),
    "bezel": "smooth",
    "strap": "leather",
    "lume": "",
    "date": None,
    "moon": None,
}
