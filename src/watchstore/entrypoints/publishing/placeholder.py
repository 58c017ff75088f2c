"""A plain drawing of a watch from its attributes."""

from typing import Final

from watchstore.domain.families import dial_family, material_family
from watchstore.service_layer.queries import WatchPassport

_DIALS: Final = {
    "black": "#1d1f23", "white": "#f4f2ec", "silver": "#d9d8d3", "grey": "#777a7f",
    "blue": "#1f3a63", "green": "#1f4d3f", "red": "#7a1f24", "pink": "#d9a7a3",
    "brown": "#5a3d2b", "gold": "#d8bd85", "purple": "#4b2f57", "yellow": "#d9b44a",
    "orange": "#c8652a",
}  # fmt: skip
_CASES: Final = {
    "yellow-gold": "#cfa94e", "rose-gold": "#c98f72", "steel-and-gold": "#c9b27a",
    "titanium": "#8f8d89", "ceramic": "#2a2b2e", "bronze": "#8a6a45", "resin": "#3a3c40",
}  # fmt: skip


def picture(watch: WatchPassport) -> str:
    dial = _DIALS.get(dial_family(watch.dial_colour).code, "#cfcdc6")
    case = _CASES.get(material_family(watch.case_material).code, "#b9bbbf")
    radius = 5.3 * min(max(watch.diameter_mm or 40, 24), 50)
    hands = "#f4f2ec" if dial in {"#1d1f23", "#1f3a63", "#1f4d3f", "#7a1f24"} else "#26282c"
    strap = radius * 0.62
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 1000">'
        '<rect width="800" height="1000" fill="#eceae5"/>'
        f'<rect x="{400 - strap:.0f}" y="60" width="{2 * strap:.0f}" height="880" rx="40"'
        f' fill="#3b2c24"/><circle cx="400" cy="500" r="{radius:.0f}" fill="{case}"/>'
        f'<circle cx="400" cy="500" r="{radius * 0.85:.0f}" fill="{dial}"/>'
        f'<g stroke="{hands}" stroke-width="9" stroke-linecap="round">'
        f'<path d="M400 500L{400 - radius * 0.4:.0f} {500 - radius * 0.27:.0f}'
        f"M400 500L{400 + radius * 0.56:.0f} {500 - radius * 0.44:.0f}"
        '"/></g></svg>'
    )
