"""What a watch looks like: everything the drawing depends on, and nothing else."""

from dataclasses import dataclass
from typing import Final, Literal

Shape = Literal[
    "round", "cushion", "rectangle", "square", "tonneau", "octagon", "porthole", "ellipse", "resin"
]
Bezel = Literal[
    "smooth", "thin", "fluted", "dive", "two-colour", "tachymeter", "screwed", "stones", "coin"
]
Texture = Literal[
    "sunray",
    "plain",
    "grain",
    "waves",
    "tapestry",
    "guilloche",
    "bars",
    "pearl",
    "stones",
    "skeleton",
]
Indices = Literal[
    "batons", "dots", "roman", "arabic", "aviator", "field", "stones", "sparse", "digits", "none"
]
Hands = Literal["baton", "dauphine", "leaf", "sword", "pencil", "ring", "pomme", "broad"]
Strap = Literal[
    "three-link",
    "five-link",
    "round-link",
    "integrated",
    "mesh",
    "leather",
    "rubber",
    "fabric",
    "resin",
]
Layout = Literal["centre", "off-centre", "windows", "digital", "ana-digital"]

UNKNOWN_WIDTH_MM: Final = 40.0
NO_COLOURS: Final = ("#17181a", "#17181a")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Colours are "#rrggbb"; a place on the dial is its hour. `diameter_mm` None is drawn as 40."""

    label: str
    diameter_mm: float | None = None
    thickness_mm: float | None = None
    lug_to_lug_mm: float | None = None
    lug_width_mm: float | None = None
    shape: Shape = "round"
    aspect: float = 1.0  # height over width
    by_length: bool = False  # its "diameter" is its height
    metal: str = "steel"  # a name of metals.RAMPS, or the colour of a plastic
    accent: str = ""  # a second metal: bezel, crown, centre links; "" is the same metal
    furniture: str = ""  # the metal of hands and indices; "" follows the case
    bezel: Bezel = "smooth"
    bezel_colours: tuple[str, str] = NO_COLOURS
    layout: Layout = "centre"
    dial: str = "silver"  # a name of colours.DIALS
    texture: Texture = "sunray"
    indices: Indices = "batons"
    hands: Hands = "baton"
    lume: str = ""
    counters: tuple[int, ...] = ()
    contrast_counters: bool = False
    pushers: bool = False
    running_seconds: bool = True  # a seconds hand at the centre
    date: float | None = None
    big_date: bool = False
    day: bool = False
    moon: int | None = None
    second_zone: str = ""
    power_reserve: bool = False
    strap: Strap = "leather"
    strap_colour: str = "#3a2a20"
    guarded_crown: bool = False

    @property
    def width_mm(self) -> float:
        size = self.diameter_mm or UNKNOWN_WIDTH_MM
        return size / self.aspect if self.by_length else size
