"""Printed bezel inserts: the dive scale, the two colours of a second zone, the tachymeter."""

from typing import Final

from watchstore.entrypoints.pictures.colours import darker, is_light, lighter, mix
from watchstore.entrypoints.pictures.glyphs import write
from watchstore.entrypoints.pictures.look import Look
from watchstore.entrypoints.pictures.metals import ramp
from watchstore.entrypoints.pictures.paper import Paper, disc, line, num, path, polar, polygon
from watchstore.entrypoints.pictures.plan import Plan

_SPEEDS: Final = (400, 300, 250, 200, 160, 140, 120, 100, 90, 80, 70, 60)


def _ring(plan: Plan) -> tuple[float, float]:
    return plan.ring.half_width * 0.925, plan.radius * 1.05


def _print_on(colour: str) -> str:
    return "#2b2c2e" if is_light(colour) else "#eef0ee"


def _gloss(paper: Paper, colour: str) -> str:
    return paper.linear(
        [
            (0, lighter(colour, 0.34)),
            (0.28, lighter(colour, 0.05)),
            (0.5, darker(colour, 0.18)),
            (0.74, colour),
            (1, lighter(colour, 0.26)),
        ],
        0.1,
        0,
        0.9,
        1,
    )


def dive_insert(paper: Paper, look: Look, plan: Plan) -> str:
    outer, inner = _ring(plan)
    colour = look.bezel_colours[0]
    ink, wide, middle = _print_on(colour), outer - inner, (outer + inner) / 2
    marks = [
        disc(outer, _gloss(paper, colour)),
        disc(outer - 1, stroke="#000", stroke_width=1.5, opacity=0.4),
    ]
    strokes, bars = [], []
    for minute in range(1, 60):
        angle = minute * 6
        if minute % 10 == 0:
            marks.append(
                _figure(paper, minute, angle, middle, high=wide * 0.62, ink=ink, weight=1.5)
            )
        elif minute % 5 == 0:
            bars.append(_radial(angle, middle - wide * 0.3, middle + wide * 0.3))
        elif minute < 20:
            strokes.append(_radial(angle, middle, middle + wide * 0.3))
    return (
        "".join(marks)
        + line("".join(bars), ink, wide * 0.13)
        + line("".join(strokes), ink, wide * 0.06)
        + _pearl(look, middle, wide, ink)
    )


def _figure(
    paper: Paper, number: int, angle: float, radius: float, *, high: float, ink: str, weight: float
) -> str:
    """Printed along the ring, its feet to the middle."""
    x, y = polar(angle, radius)
    return write(paper, str(number), x, y, height=high, colour=ink, weight=weight, turn=angle)


def _radial(angle: float, start: float, stop: float) -> str:
    (x, y), (u, v) = polar(angle, start), polar(angle, stop)
    return f"M{num(x)} {num(y)}L{num(u)} {num(v)}"


def _pearl(look: Look, middle: float, wide: float, ink: str) -> str:
    high = wide * 0.36
    triangle = polygon(
        (-high * 1.1, -middle - high), (high * 1.1, -middle - high), (0, -middle + high)
    )
    glow = look.lume or "#e4efdf"
    return path(triangle, ink) + disc(
        wide * 0.15, glow, (0, -middle - high * 0.36), stroke="#8a8f90", stroke_width=1.4
    )


def two_colour_insert(paper: Paper, look: Look, plan: Plan) -> str:
    """Twenty-four hours: day and night meet at six and eighteen, which are at three and nine."""
    outer, inner = _ring(plan)
    upper, lower = look.bezel_colours
    wide, middle = outer - inner, (outer + inner) / 2
    half = f"M{num(-outer)} 0A{num(outer)} {num(outer)} 0 0 1 {num(outer)} 0Z"
    marks = [disc(outer, _gloss(paper, lower)), path(half, _gloss(paper, upper))]
    for hour in range(1, 24):
        angle = hour * 15
        ink = _print_on(upper if angle < 90 or angle > 270 else lower)
        if hour % 2 == 0:
            marks.append(_figure(paper, hour, angle, middle, high=wide * 0.6, ink=ink, weight=1.6))
        else:
            marks.append(disc(wide * 0.1, ink, polar(angle, middle)))
    return "".join(marks) + _pearl(look, middle, wide, _print_on(upper))


def tachymeter(paper: Paper, look: Look, plan: Plan) -> str:
    outer, inner = plan.ring.half_width * 0.935, plan.radius * 1.05
    colour = look.bezel_colours[0]
    bare = colour in {"steel", "yellow gold", "rose gold", "white gold", "platinum", "titanium"}
    fill = paper.ramp(ramp(colour)[::-1]) if bare else _gloss(paper, colour)
    ink = "#2b2c2e" if bare else _print_on(colour)
    wide, middle = outer - inner, (outer + inner) / 2
    marks = [
        disc(outer, fill),
        disc(outer - 1, stroke=mix(ink, "#808080", 0.5), stroke_width=1.2, opacity=0.5),
    ]
    dots = []
    for speed in _SPEEDS:
        angle = 3600 / speed * 6
        marks.append(
            _figure(
                paper, speed, angle, middle + wide * 0.06, high=wide * 0.4, ink=ink, weight=1.35
            )
        )
        dots.append(_radial(angle, inner + wide * 0.04, inner + wide * 0.18))
    return "".join(marks) + line("".join(dots), ink, wide * 0.07)
