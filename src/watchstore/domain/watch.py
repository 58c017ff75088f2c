"""A catalogue item: brand > collection > reference, its specification, and whether it is shown."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final

from watchstore.domain.errors import IllegalTransition, InvalidValue
from watchstore.domain.identifiers import Reference, Slug, WatchId, plain_text


class Movement(StrEnum):
    AUTOMATIC = "automatic"
    MANUAL = "manual"
    QUARTZ = "quartz"
    SOLAR = "solar"
    OTHER = "other"


class Publication(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


# From here to there, inclusive: what a wristwatch can measure.
_RANGES: Final = {
    "diameter_mm": (Decimal(10), Decimal(80)),
    "thickness_mm": (Decimal(1), Decimal(40)),
    "lug_to_lug_mm": (Decimal(10), Decimal(90)),
    "lug_width_mm": (Decimal(4), Decimal(40)),
    "water_resistance_m": (0, 20_000),
    "power_reserve_h": (1, 20_000),
    "first_year": (1800, 2100),
}


@dataclass(frozen=True, slots=True)
class Specification:
    """What a buyer compares. Empty text or None where unknown; nothing is invented."""

    movement: Movement | None = None
    calibre: str = ""
    case_material: str = ""
    diameter_mm: Decimal | None = None
    thickness_mm: Decimal | None = None
    lug_to_lug_mm: Decimal | None = None
    lug_width_mm: Decimal | None = None
    dial_colour: str = ""
    bracelet_material: str = ""
    crystal: str = ""
    water_resistance_m: int | None = None
    power_reserve_h: int | None = None
    complications: tuple[str, ...] = ()
    first_year: int | None = None

    def __post_init__(self) -> None:
        for name, (least, most) in _RANGES.items():
            value = getattr(self, name)
            if value is not None and not least <= value <= most:
                raise InvalidValue(name, f"must be between {least} and {most}")
        for name in ("calibre", "case_material", "dial_colour", "bracelet_material", "crystal"):
            text = plain_text(getattr(self, name), name, longest=80, empty=True)
            object.__setattr__(self, name, text)


@dataclass(frozen=True, slots=True)
class Brand:
    name: str
    slug: Slug
    country: str = ""
    founded_year: int | None = None

    @classmethod
    def named(cls, name: str, *, country: str = "", founded_year: int | None = None) -> "Brand":
        text = plain_text(name, "brand", longest=60)
        return cls(text, Slug.of(text), country, founded_year)


@dataclass(frozen=True, slots=True)
class Watch:
    """One reference of a brand. (brand, reference.bare) is unique; `version` counts edits."""

    id: WatchId
    brand: str
    collection: str
    reference: Reference
    name: str
    slug: Slug
    created_at: datetime
    changed_at: datetime
    specification: Specification = field(default_factory=Specification)
    publication: Publication = Publication.DRAFT
    version: int = 1

    def publish(self, at: datetime) -> "Watch":
        if self.publication is Publication.PUBLISHED:
            raise IllegalTransition("The watch is published already.")
        return self._changed(at, publication=Publication.PUBLISHED)

    def withdraw(self, at: datetime) -> "Watch":
        if self.publication is not Publication.PUBLISHED:
            raise IllegalTransition("Only a published watch can be withdrawn.")
        return self._changed(at, publication=Publication.WITHDRAWN)

    def revise(
        self, at: datetime, *, collection: str, name: str, specification: Specification
    ) -> "Watch":
        """The watch with new facts; itself when nothing changed."""
        new = replace(self, collection=collection, name=name, specification=specification)
        return self if new == self else replace(new, changed_at=at, version=self.version + 1)

    def _changed(self, at: datetime, *, publication: Publication) -> "Watch":
        return replace(self, publication=publication, changed_at=at, version=self.version + 1)
