"""Which columns there are, and by which other names files know them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from watchstore.domain.errors import InvalidValue
from watchstore.service_layer.importing.report import Fault

ALIASES: Final[Mapping[str, tuple[str, ...]]] = {
    "brand": ("maker", "manufacturer"),
    "collection": ("family", "series"),
    "reference": ("ref", "ref_no", "reference_number"),
    "name": ("model", "model_name", "title"),
    "movement": ("movement_type", "winding"),
    "calibre": ("caliber",),
    "case_material": ("case", "material"),
    "case_diameter_mm": ("case_diameter", "diameter", "diameter_mm", "case_size"),
    "thickness_mm": ("thickness", "case_thickness"),
    "lug_to_lug_mm": ("lug_to_lug",),
    "lug_width_mm": ("lug_width",),
    "dial_colour": ("dial", "dial_color"),
    "bracelet_material": ("bracelet", "strap"),
    "crystal": ("glass",),
    "water_resistance_m": ("water_resistance",),
    "power_reserve_h": ("power_reserve",),
    "complications": ("functions",),
    "year": ("first_year", "production_year"),
    "condition": ("state",),
    "box": (),
    "papers": (),
    "price_amount": ("price", "amount", "asking_price"),
    "price_currency": ("currency",),
    "publication": ("status",),
    "source": (),
    "scope": ("scope_of_delivery",),
}
_REQUIRED: Final = ("brand", "reference")
_FIELDS: Final = {
    **{alias: field for field, aliases in ALIASES.items() for alias in aliases},
    **{field: field for field in ALIASES},
}


def field_of(header: str) -> str | None:
    """`Case Diameter` -> `case_diameter_mm`; None for a column nobody knows."""
    return _FIELDS.get(re.sub(r"[\W_]+", "_", header.strip().casefold()).strip("_"))


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each field is, and what the file calls it."""

    count: int
    positions: Mapping[str, int]
    headers: Mapping[str, str]
    faults: tuple[Fault, ...]

    @classmethod
    def parse(cls, headers: Sequence[str], line: int) -> "Columns":
        positions: dict[str, int] = {}
        faults: list[Fault] = []
        for position, header in enumerate(headers):
            field = field_of(header)
            if field is None and header.strip():
                faults.append(Fault(line, _shown(header), "is no column of the catalogue: ignored"))
            elif field in positions:
                first, second = _shown(headers[positions[field]]), _shown(header)
                raise InvalidValue("file", f"line {line}: {first} and {second} mean the same")
            elif field is not None:
                positions[field] = position
        _require(positions, line)
        names = {field: _shown(headers[position]) for field, position in positions.items()}
        return cls(len(headers), positions, names, tuple(faults))


def _shown(header: str) -> str:
    """A header as a report quotes it: it comes from outside, and goes to terminals."""
    return "".join(char if char.isprintable() else "?" for char in header.strip()[:40])


def _require(positions: Mapping[str, int], line: int) -> None:
    missing = [field for field in _REQUIRED if field not in positions]
    if missing:
        raise InvalidValue("file", f"line {line}: a header with {' and '.join(missing)} is missing")
