"""Sub-dials: chronograph counters, small seconds, a second zone, a power reserve."""

from typing import Final

from watchstore.entrypoints.pictures.colours import brightness, darker, is_light, lighter
from watchstore.entrypoints.pictures.hands import SECOND, small_hand
from watchstore.entrypoints.pictures.inks import dial_colour, facet, print_on, printing
from watchstore.entrypoints.pictures.look import Look
from watchstore.entrypoints.pictures.paper import Paper, disc, group, line, num, polar, ticks
from watchstore.entrypoints.pictures.plan import Plan

_ANGLES: Final = {3: 0.0, 6: 40.0, 9: SECOND, 12: 320.0}
_PALE: Final = "#ecebe7"
_DARK: Final = "#1d1e21"


def counters(paper: Paper, look: Look, plan: Plan) -> str:
    return "".join(
        group(
            _counter(paper, look, plan.radius * _size(look), hour),
            transform="translate({} {})".format(
                *map(num, polar(hour * 30, plan.radius * _distance(look)))
            ),
        )
        for hour in look.counters
    )


def _size(look: Look) -> float:
    return 0.275 if len(look.counters) == 2 else 0.255


def _distance(look: Look) -> float:
    return 0.46 if look.pushers else 0.5


def _ground(look: Look) -> str:
    base = dial_colour(look)
    if not look.contrast_counters:
        return base
    return _DARK if is_light(base) else _PALE


def _counter(paper: Paper, look: Look, r: float, hour: int) -> str:
    base = _ground(look)
    ink = print_on(base)
    shade = darker(base, 0.12 if is_light(base) else 0.3)
    fill = paper.linear(
        [(0, darker(base, 0.24)), (0.5, shade), (1, lighter(base, 0.08))], 0.2, 0, 0.8, 1
    )
    rings = "".join(
        disc(r * (0.2 + 0.13 * i), stroke=ink, stroke_width=0.7, opacity=0.13) for i in range(6)
    )
    well = paper.symbol(
        disc(r, fill)
        + rings
        + disc(r, stroke="#fff", stroke_width=1.2, opacity=0.28, transform="translate(.6 1)")
        + disc(r, stroke="#000", stroke_width=1, opacity=0.3)
    )
    every = {3: 30, 6: 12, 12: 12}.get(hour, 60) if look.pushers else 60
    colour = ink if brightness(base) > 0.5 else facet(look, bright=True)
    return (
        f'<use href="{well}"/>'
        + ticks(r * 0.88, every, 1.2, r * 0.1, ink)
        + ticks(r * 0.86, 12 if every != 30 else 6, 1.8, r * 0.16, ink)
        + small_hand(r * 0.76, _ANGLES.get(hour, 60.0), colour)
    )


def power_reserve(look: Look, plan: Plan) -> str:
    """A quarter arc with a small hand, low on the left."""
    if not look.power_reserve:
        return ""
    r = plan.radius * 0.3
    ink = printing(look)
    (x1, y1), (x2, y2) = polar(-125, r), polar(-25, r)
    arc = f"M{num(x1)} {num(y1)}A{num(r)} {num(r)} 0 0 1 {num(x2)} {num(y2)}"
    x, y = polar(240, plan.radius * 0.34)
    return group(
        line(arc, ink, 1.6)
        + line(arc, ink, r * 0.12, stroke_dasharray=f"1.4 {r * 0.29 - 1.4:.1f}")
        + small_hand(r * 0.92, -55, facet(look, bright=not is_light(dial_colour(look)))),
        transform=f"translate({num(x)} {num(y)})",
    )
