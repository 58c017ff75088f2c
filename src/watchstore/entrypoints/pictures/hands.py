"""Hands at 10:08:36, each a ridge with one facet in the light and one in the dark."""

from typing import Final

from watchstore.entrypoints.pictures.inks import facet, furniture, is_pale
from watchstore.entrypoints.pictures.look import Look
from watchstore.entrypoints.pictures.metals import ramp
from watchstore.entrypoints.pictures.paper import Paper, Point, disc, group, path, polygon
from watchstore.entrypoints.pictures.plan import Plan
from watchstore.entrypoints.pictures.shading import facing

HOUR: Final = 304.3
MINUTE: Final = 51.6
SECOND: Final = 216.0
_ZONE: Final = 122.15  # eight minutes past eight, on twenty-four hours

# Along the hand in shares of its length, half its width in units of the style.
Profile = tuple[tuple[float, float], ...]
_PROFILES: Final[dict[str, Profile]] = {
    "baton": ((-0.09, 0.56), (0.0, 0.72), (1.0, 0.72)),
    "dauphine": ((-0.16, 0.12), (0.0, 1.4), (1.0, 0.06)),
    "leaf": (
        (-0.17, 0.5),
        (0.0, 0.46),
        (0.2, 0.92),
        (0.36, 1.14),
        (0.52, 1.12),
        (0.7, 0.84),
        (0.86, 0.42),
        (1.0, 0.05),
    ),
    "sword": ((-0.1, 0.5), (0.1, 0.6), (0.74, 1.55), (1.0, 0.06)),
    "pencil": ((-0.1, 0.5), (0.0, 0.6), (0.14, 1.15), (0.9, 1.15), (1.0, 0.06)),
    "ring": ((-0.1, 0.5), (0.0, 0.8), (0.9, 0.8), (1.0, 0.06)),
    "pomme": ((-0.15, 0.34), (0.0, 0.42), (0.68, 0.3), (0.78, 0.3), (1.0, 0.05)),
    "broad": ((-0.13, 0.42), (0.12, 0.42), (0.34, 1.75), (1.0, 0.06)),
}
_LUMED: Final[dict[str, Profile]] = {
    "baton": ((0.28, 0.32), (0.95, 0.32)),
    "sword": ((0.26, 0.5), (0.73, 1.02), (0.93, 0.2)),
    "pencil": ((0.16, 0.66), (0.87, 0.66), (0.94, 0.16)),
    "ring": ((0.16, 0.42), (0.87, 0.42), (0.94, 0.1)),
    "broad": ((0.19, 0.5), (0.35, 1.2), (0.92, 0.14)),
}


def hands(paper: Paper, look: Look, plan: Plan) -> str:
    r = plan.radius
    unit = max(r * (0.047 if look.lume else 0.037), 3.4)
    tall = min(plan.dial.half_height / plan.dial.half_width, 1.12)
    zone = _zone(look, r) if look.second_zone else ""
    return (
        zone
        + _hand(look, "hour", HOUR, r * 0.57 * min(tall, 1.06), unit * 1.2)
        + _hand(look, "minute", MINUTE, r * 0.85, unit)
        + (_sweep(look, r) if look.running_seconds else "")
        + _cap(paper, look, unit)
    )


def _hand(look: Look, name: str, angle: float, length: float, unit: float) -> str:
    profile = _PROFILES[look.hands]
    left, right = facing(angle)
    whole = _whole(profile, length, unit)
    marks = (
        path(_facet(profile, length, unit, -1), facet(look, bright=left))
        + path(_facet(profile, length, unit, 1), facet(look, bright=right))
        + _ornament(look, name, length, unit)
    )
    if look.lume and look.hands in _LUMED:
        marks += path(_whole(_LUMED[look.hands], length, unit), look.lume)
    return _shadow(whole, angle) + group(marks, transform=f"rotate({angle:g})", data_hand=name)


def _shadow(whole: str, angle: float) -> str:
    """Two offset copies; the drop is in the page's direction, not the hand's."""
    copies = path(whole, "#000", stroke="#000", stroke_width=5, opacity=0.11) + path(
        whole, "#000", opacity=0.24
    )
    return f'<g transform="translate(2.4 4.6)rotate({angle:g})">{copies}</g>'


def _whole(profile: Profile, length: float, unit: float) -> str:
    right: list[Point] = [(w * unit, -t * length) for t, w in profile]
    return polygon(*right, *((-x, y) for x, y in reversed(right)))


def _facet(profile: Profile, length: float, unit: float, side: int) -> str:
    edge: list[Point] = [(side * w * unit, -t * length) for t, w in profile]
    return polygon((0, edge[0][1]), *edge, (0, edge[-1][1]))


def _ornament(look: Look, name: str, length: float, unit: float) -> str:
    if look.hands == "pomme":
        return disc(
            unit * 1.15,
            stroke=facet(look, bright=False),
            at=(0, -length * 0.73),
            stroke_width=unit * 0.5,
        )
    if look.hands == "ring" and name == "hour":
        glow = look.lume or "#e4efdf"
        return disc(
            unit * 1.75,
            glow,
            (0, -length * 0.62),
            stroke=facet(look, bright=True),
            stroke_width=unit * 0.5,
        )
    return ""


def _zone(look: Look, r: float) -> str:
    """The fourth hand of a second time zone, tipped with an arrow."""
    stem = polygon(
        (-r * 0.012, r * 0.1), (r * 0.012, r * 0.1), (r * 0.01, -r * 0.72), (-r * 0.01, -r * 0.72)
    )
    arrow = polygon((-r * 0.062, -r * 0.7), (r * 0.062, -r * 0.7), (0, -r * 0.83))
    return _shadow(stem + arrow, _ZONE) + group(
        path(stem + arrow, look.second_zone), transform=f"rotate({_ZONE:g})", data_hand="zone"
    )


def _sweep(look: Look, r: float) -> str:
    metal = furniture(look)
    colour = ramp(metal)[1]
    if look.hands in {"dauphine", "leaf"} and is_pale(look):
        colour = "#27417a" if look.hands == "leaf" else ramp(metal)[3]
    needle = polygon(
        (-r * 0.009, r * 0.24), (r * 0.009, r * 0.24), (r * 0.004, -r * 0.9), (-r * 0.004, -r * 0.9)
    )
    weight = polygon(
        (-r * 0.018, r * 0.26), (r * 0.018, r * 0.26), (r * 0.012, r * 0.12), (-r * 0.012, r * 0.12)
    )
    pip = ""
    if look.lume and not look.pushers:
        pip = disc(r * 0.03, look.lume, (0, -r * 0.6), stroke=colour, stroke_width=1.6)
    return _shadow(needle + weight, SECOND) + group(
        path(needle + weight, colour) + pip + disc(r * 0.032, colour),
        transform=f"rotate({SECOND:g})",
        data_hand="second",
    )


def _cap(paper: Paper, look: Look, unit: float) -> str:
    tones = ramp(furniture(look))
    return disc(unit * 0.8, paper.ramp(tones[:4]), stroke=tones[3], stroke_width=0.8) + disc(
        unit * 0.3, tones[3]
    )


def small_hand(length: float, angle: float, colour: str) -> str:
    """The hand of a counter."""
    d = polygon((-1.9, length * 0.26), (1.9, length * 0.26), (0.9, -length), (-0.9, -length))
    turned = f"rotate({angle:g})"
    return f'<g transform="translate(1.5 2.6){turned}">{path(d, "#000", opacity=0.28)}</g>' + group(
        path(d, colour) + disc(max(3.4, length * 0.075), colour), transform=turned
    )
