"""Few families for many raw materials and colours: what a facet offers."""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final, Self


class Family(Enum):
    """A facet value: a stable code for addresses and storage, a label for people."""

    def __new__(cls, code: str, label: str) -> Self:
        member = object.__new__(cls)
        member._value_ = code
        member.label = label
        return member

    label: str

    @property
    def code(self) -> str:
        return str(self.value)


class MaterialFamily(Family):
    STEEL = "steel", "Steel"
    COATED_STEEL = "coated-steel", "Coated steel"
    STEEL_AND_GOLD = "steel-and-gold", "Steel and gold"
    YELLOW_GOLD = "yellow-gold", "Yellow gold"
    ROSE_GOLD = "rose-gold", "Rose gold"
    WHITE_GOLD = "white-gold", "White gold"
    MIXED_GOLD = "mixed-gold", "Mixed gold"
    PLATINUM = "platinum", "Platinum"
    TITANIUM = "titanium", "Titanium"
    CERAMIC = "ceramic", "Ceramic"
    BRONZE = "bronze", "Bronze"
    ALUMINIUM = "aluminium", "Aluminium"
    CARBON = "carbon", "Carbon"
    SAPPHIRE = "sapphire", "Sapphire"
    RESIN = "resin", "Resin"
    OTHER = "other", "Other"
    UNKNOWN = "unknown", "Not stated"


class DialFamily(Family):
    BLACK = "black", "Black"
    WHITE = "white", "White"
    SILVER = "silver", "Silver"
    GREY = "grey", "Grey"
    BLUE = "blue", "Blue"
    GREEN = "green", "Green"
    RED = "red", "Red"
    PINK = "pink", "Pink"
    ORANGE = "orange", "Orange"
    YELLOW = "yellow", "Yellow"
    GOLD = "gold", "Gold and champagne"
    BROWN = "brown", "Brown"
    PURPLE = "purple", "Purple"
    SKELETON = "skeleton", "Skeleton"
    MOTHER_OF_PEARL = "mother-of-pearl", "Mother of pearl"
    GEMSTONES = "gemstones", "Gemstones"
    MULTICOLOUR = "multicolour", "Multicolour"
    OTHER = "other", "Other"
    UNKNOWN = "unknown", "Not stated"


_GOLDS: Final[Mapping[str, MaterialFamily]] = MappingProxyType(
    {
        "white gold": MaterialFamily.WHITE_GOLD,
        "rose gold": MaterialFamily.ROSE_GOLD,
        "pink gold": MaterialFamily.ROSE_GOLD,
        "red gold": MaterialFamily.ROSE_GOLD,
        "everose": MaterialFamily.ROSE_GOLD,
        "sedna": MaterialFamily.ROSE_GOLD,
        "king gold": MaterialFamily.ROSE_GOLD,
        "bronze gold": MaterialFamily.ROSE_GOLD,
        "gold": MaterialFamily.YELLOW_GOLD,
    }
)
# The order decides which part names the whole: a ceramic bezel on titanium is titanium.
_METALS: Final[tuple[tuple[str, MaterialFamily], ...]] = (
    ("platinum", MaterialFamily.PLATINUM),
    ("titanium", MaterialFamily.TITANIUM),
    ("bronze", MaterialFamily.BRONZE),
    ("carbon", MaterialFamily.CARBON),
    ("tpt", MaterialFamily.CARBON),
    ("titacarb", MaterialFamily.CARBON),
    ("bioceramic", MaterialFamily.RESIN),
    ("resin", MaterialFamily.RESIN),
    ("plastic", MaterialFamily.RESIN),
    ("ceramic", MaterialFamily.CERAMIC),
    ("sapphire", MaterialFamily.SAPPHIRE),
    ("aluminium", MaterialFamily.ALUMINIUM),
    ("aluminum", MaterialFamily.ALUMINIUM),
)
_COATINGS: Final = ("pvd", "dlc", "coated")
_DIALS: Final[tuple[tuple[DialFamily, str], ...]] = (
    (DialFamily.MOTHER_OF_PEARL, "mother of pearl|mother-of-pearl|mop"),
    (DialFamily.MULTICOLOUR, "multicolour|multicolor|rainbow"),
    (DialFamily.GEMSTONES, "diamond|pave|pavé|gemstone|opal|malachite|meteorite"),
    (DialFamily.SKELETON, "skeleton|see-through|openworked|transparent|sapphire"),
    (DialFamily.BLACK, "black|onyx"),
    (DialFamily.WHITE, "white|ivory|cream|enamel|superluminova"),
    (DialFamily.SILVER, "silver|mirror"),
    (DialFamily.GREY, "grey|gray|rhodium|slate|anthracite|ruthenium|taupe"),
    (DialFamily.BLUE, "blue|navy|turquoise"),
    (DialFamily.GREEN, "green|olive|mint"),
    (DialFamily.RED, "red|burgundy|bordeaux"),
    (DialFamily.PINK, "pink|salmon|rose"),
    (DialFamily.ORANGE, "orange|coral"),
    (DialFamily.YELLOW, "yellow"),
    (DialFamily.GOLD, "champagne|gold"),
    (DialFamily.BROWN, "brown|chocolate|bronze|beige|copper|havana|tobacco"),
    (DialFamily.PURPLE, "purple|lavender|violet|aubergine"),
)


def material_family(raw: str) -> MaterialFamily:
    """The family of a case material such as `Stainless Steel & Rose Gold PVD`."""
    parts = [part.strip() for part in raw.casefold().split("&") if part.strip()]
    if not parts:
        return MaterialFamily.UNKNOWN
    # "Rose Gold PVD" is a coating, not gold.
    coated = any(coating in part for part in parts for coating in _COATINGS)
    solid = [part for part in parts if not any(coating in part for coating in _COATINGS)]
    golds = {gold for part in solid if (gold := _gold(part))}
    steel = any("steel" in part for part in parts)
    if golds:
        return _with_gold(golds, steel=steel)
    if steel:
        return _steel(parts, coated=coated)
    return _first(_METALS, " ".join(parts))


def dial_family(raw: str) -> DialFamily:
    """The family of a dial colour such as `Mother of Pearl` or `Slate`."""
    colour = raw.strip().casefold()
    if not colour:
        return DialFamily.UNKNOWN
    found = (family for family, names in _DIALS if any(name in colour for name in names.split("|")))
    return next(found, DialFamily.OTHER)


def _gold(part: str) -> MaterialFamily | None:
    return next((family for name, family in _GOLDS.items() if name in part), None)


def _with_gold(golds: set[MaterialFamily], *, steel: bool) -> MaterialFamily:
    if steel:
        return MaterialFamily.STEEL_AND_GOLD
    return golds.pop() if len(golds) == 1 else MaterialFamily.MIXED_GOLD


def _steel(parts: list[str], *, coated: bool) -> MaterialFamily:
    if any("platinum" in part for part in parts):
        return MaterialFamily.PLATINUM
    return MaterialFamily.COATED_STEEL if coated else MaterialFamily.STEEL


def _first(table: tuple[tuple[str, MaterialFamily], ...], text: str) -> MaterialFamily:
    return next((family for name, family in table if name in text), MaterialFamily.OTHER)
