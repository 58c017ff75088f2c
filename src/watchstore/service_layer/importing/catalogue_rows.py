"""A row of a catalogue file -> what it states, or everything that is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from watchstore.domain.identifiers import Reference, plain_text
from watchstore.domain.money import Money
from watchstore.domain.offer import Condition
from watchstore.domain.watch import Brand, Publication, Specification
from watchstore.service_layer.importing import measures, words
from watchstore.service_layer.importing.cells import Cells
from watchstore.service_layer.importing.reading import Row
from watchstore.service_layer.importing.report import Fault

_TEXTS: Final = ("calibre", "case_material", "dial_colour", "bracelet_material", "crystal")
_MEASURES: Final = {
    "thickness_mm": ("thickness_mm", measures.millimetres),
    "lug_to_lug_mm": ("lug_to_lug_mm", measures.millimetres),
    "lug_width_mm": ("lug_width_mm", measures.millimetres),
    "water_resistance_m": ("water_resistance_m", measures.depth),
    "power_reserve_h": ("power_reserve_h", measures.hours),
    "year": ("first_year", measures.first_year),
}


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """`facts` are those fields of a Specification that the row states: a blank states nothing."""

    row: Row
    brand: Brand
    reference: Reference
    collection: str
    name: str
    facts: Mapping[str, Any]
    condition: Condition
    price: Money | None
    publication: Publication | None

    @property
    def identity(self) -> tuple[str, str]:
        return self.brand.name, self.reference.bare

    def fault(self, field: str, reason: str) -> Fault:
        return self.row.fault(field, reason)


def parsed(row: Row, default_currency: str | None) -> CatalogueRow | tuple[Fault, ...]:
    cells = Cells(row)
    brand, reference = cells.brand(), cells.reference()
    collection, name = _text(cells, "collection", longest=80), _text(cells, "name", longest=200)
    facts = _facts(cells)
    condition = cells.stated("condition", words.condition) or Condition.NEW
    price = cells.price(default_currency)
    publication = cells.stated("publication", words.publication)
    if brand is None or reference is None or cells.faults:
        return tuple(cells.faults)
    return CatalogueRow(
        row, brand, reference, collection, name, facts, condition, price, publication
    )


def _text(cells: Cells, field: str, *, longest: int) -> str:
    text = cells.text(field)
    return cells.parsed(field, lambda: plain_text(text, field, longest=longest, empty=True)) or ""


def _facts(cells: Cells) -> dict[str, Any]:
    found = _driven(cells) | _size(cells)
    for field in _TEXTS:
        found |= _fact(cells, field, field, cells.text(field) or None)
    found |= _fact(cells, "complications", "complications", _parts(cells.text("complications")))
    for field, (name, parse) in _MEASURES.items():
        found |= _fact(cells, field, name, cells.stated(field, parse))
    return found


def _parts(text: str) -> tuple[str, ...] | None:
    """`Moonphase | Date` -> both."""
    parts = (part.strip() for part in text.split("|"))
    return tuple(part for part in parts if part) or None


def _driven(cells: Cells) -> dict[str, Any]:
    within = words.calibre_within(cells.row.cell("movement"))
    movement = _fact(cells, "movement", "movement", cells.stated("movement", words.movement))
    return _fact(cells, "movement", "calibre", within or None) | movement


def _size(cells: Cells) -> dict[str, Any]:
    field = "case_diameter_mm"
    diameter, thickness = cells.stated(field, measures.size) or (None, None)
    known = _fact(cells, field, "thickness_mm", thickness)
    return known | _fact(cells, field, "diameter_mm", diameter)


def _fact(cells: Cells, field: str, name: str, value: object) -> dict[str, Any]:
    """The fact, if there is one that a watch can have."""
    if value is None:
        return {}
    facts: dict[str, Any] = {name: value}
    known = cells.parsed(field, lambda: Specification(**facts))
    return {} if known is None else {name: getattr(known, name)}
