"""Bezels: rings between the case and the dial."""

from math import pi, tau
from typing import Final

from watchstore.entrypoints.pictures.colours import darker
from watchstore.entrypoints.pictures.forms import octagon
from watchstore.entrypoints.pictures.insert import dive_insert, tachymeter, two_colour_insert
from watchstore.entrypoints.pictures.look import Look
from watchstore.entrypoints.pictures.metals import ramp
from watchstore.entrypoints.pictures.paper import Paper, disc, line, num, path, polar
from watchstore.entrypoints.pictures.plan import Plan


def bezel(paper: Paper, look: Look, plan: Plan) -> str:
    return _KINDS[look.bezel](paper, look, plan) + _opening(paper, look, plan)


def _opening(paper: Paper, look: Look, plan: Plan) -> str:
    """The inner wall down to the dial: dark above, where the light does not reach."""
    tones, unit = ramp(look.accent or look.metal), plan.radius * 0.012
    lip = plan.dial.inset(-unit * 3.2).outline()
    wall = plan.dial.inset(-unit * 1.6).outline()
    depth = paper.linear([(0, "#0a0a0b"), (0.5, tones[3]), (1, tones[1])], 0.1, 0, 0.9, 1)
    return path(lip, paper.ramp(tones)) + path(wall, depth)


def _smooth(paper: Paper, look: Look, plan: Plan) -> str:
    tones, w = ramp(look.accent or look.metal), plan.ring.half_width
    outer, inner = plan.ring.inset(w * 0.055), plan.ring.inset(w * 0.1)
    return (
        path(outer.outline(), paper.ramp(tones))
        + line(outer.outline(), tones[3], 1.2, opacity=0.6)
        + path(inner.outline(), paper.ramp(tones[::-1]))
    )


def _thin(paper: Paper, look: Look, plan: Plan) -> str:
    tones, w = ramp(look.accent or look.metal), plan.ring.half_width
    ring = plan.ring.inset(w * 0.048).outline()
    return path(ring, paper.ramp(tones)) + line(ring, tones[3], 1.1, opacity=0.55)


def toothed(
    radius: float,
    count: int,
    share: float,
    *,
    width: float,
    colour: str,
    opacity: float,
    shift: float = 0,
) -> str:
    """A ring of `count` teeth as one dashed circle."""
    pitch = tau * radius / count
    dash = f"{pitch * share:.2f} {pitch * (1 - share):.2f}"
    return disc(
        radius,
        stroke=colour,
        stroke_width=f"{width:.1f}",
        stroke_dasharray=dash,
        stroke_dashoffset=f"{pitch * (share / 2 + shift):.2f}",
        opacity=opacity,
    )


def _fluted(paper: Paper, look: Look, plan: Plan) -> str:
    tones, w = ramp(look.accent or look.metal), plan.ring.half_width
    outer, inner = w * 0.965, plan.radius * 1.035
    middle, width = (outer + inner) / 2, outer - inner
    return (
        disc(outer, paper.ramp(tones))
        + toothed(middle, 60, 0.5, width=width, colour=tones[3], opacity=0.85)
        + toothed(middle, 60, 0.2, width=width, colour=tones[0], opacity=0.9, shift=0.36)
        + toothed(middle, 60, 0.12, width=width, colour="#000", opacity=0.3, shift=-0.2)
        + _sweep(paper, middle, width)
        + disc(outer, stroke=tones[3], stroke_width=1.2, opacity=0.7)
    )


def _sweep(paper: Paper, radius: float, width: float) -> str:
    """The broad play of light around a ring: bright corners upper left and lower right."""
    light = paper.linear(
        [
            (0, "#fff", 0.55),
            (0.25, "#fff", 0.05),
            (0.42, "#000", 0.3),
            (0.58, "#000", 0.28),
            (0.78, "#fff", 0.05),
            (1, "#fff", 0.5),
        ],
        0,
        0.05,
        1,
        0.95,
    )
    return disc(radius, stroke=light, stroke_width=f"{width:.1f}")


def _coin(paper: Paper, look: Look, plan: Plan) -> str:
    tones, w = ramp(look.accent or look.metal), plan.ring.half_width
    edge = w * 0.975
    return (
        disc(edge, paper.ramp(tones[::-1]))
        + toothed(edge - w * 0.02, 120, 0.5, width=w * 0.04, colour=tones[3], opacity=0.8)
        + disc(w * 0.93, paper.ramp(tones))
    )


def _gripped(paper: Paper, look: Look, plan: Plan) -> str:
    """The turning ring that carries an insert."""
    tones, w = ramp(look.accent or look.metal), plan.ring.half_width
    return (
        disc(w * 0.985, paper.ramp(tones))
        + toothed(w * 0.965, 90, 0.55, width=w * 0.04, colour=tones[3], opacity=0.75)
        + toothed(w * 0.965, 90, 0.2, width=w * 0.04, colour=tones[0], opacity=0.7, shift=0.3)
        + disc(w * 0.945, paper.ramp(tones[::-1]))
    )


def _dive(paper: Paper, look: Look, plan: Plan) -> str:
    return _gripped(paper, look, plan) + dive_insert(paper, look, plan)


def _two_colour(paper: Paper, look: Look, plan: Plan) -> str:
    return _gripped(paper, look, plan) + two_colour_insert(paper, look, plan)


def _tachymeter(paper: Paper, look: Look, plan: Plan) -> str:
    return _thin(paper, look, plan) + tachymeter(paper, look, plan)


_SCREWS: Final = tuple(22.5 + 45 * i for i in range(8))


def _screwed(paper: Paper, look: Look, plan: Plan) -> str:
    """An octagon held by eight screws, whose slots follow the ring."""
    tones, w = ramp(look.accent or look.metal), plan.ring.half_width
    flat = octagon(w * 0.915)
    face = path(flat, paper.ramp(tones[1:5] + tones[1:2])) + line(flat, tones[0], 2.4)
    wide = octagon(w * 0.945)
    bevel = line(wide, "#000", 6, opacity=0.16, transform="translate(2 4)") + path(
        wide, paper.ramp(tones[::-1]), stroke=darker(tones[3], 0.45), stroke_width=1.8
    )
    seat = (w * 0.915 / 0.93 + plan.radius * 1.04) / 2
    screw = paper.symbol(_screw(paper, tones, w * 0.042))
    screws = "".join(
        f'<use href="{screw}" transform="rotate({num(angle)})translate(0 {num(-seat)})"/>'
        for angle in _SCREWS
    )
    return bevel + face + screws


def _screw(paper: Paper, tones: tuple[str, ...], r: float) -> str:
    hexagon = "M" + "L".join(f"{num(a)} {num(b)}" for a, b in (polar(60 * i, r) for i in range(6)))
    slot = line(f"M{num(-r * 0.8)} 0H{num(r * 0.8)}", "#17181a", 1.8, opacity=0.8)
    return path(hexagon + "Z", paper.ramp(tones[::-1]), stroke=tones[3], stroke_width=1.2) + slot


def _stones(paper: Paper, look: Look, plan: Plan) -> str:
    tones = ramp(look.accent or look.metal)
    outer, inner = (
        plan.ring.inset(plan.ring.half_width * 0.04),
        plan.dial.inset(-plan.radius * 0.03),
    )
    base = path(outer.outline(), paper.ramp(tones))
    middle = [(outer.reach(a) + inner.reach(a)) / 2 for a in range(0, 360, 90)]
    size = (outer.half_width - inner.half_width) * 0.43
    count = max(24, min(60, round(pi * sum(middle) / 2 / (size * 2.15))))
    stone = paper.symbol(brilliant(size))
    placed = []
    for i in range(count):
        angle = 360 * i / count
        x, y = polar(angle, (outer.reach(angle) + inner.reach(angle)) / 2)
        placed.append(f'<use href="{stone}" transform="translate({num(x)} {num(y)})"/>')
    return base + "".join(placed)


def brilliant(r: float) -> str:
    """A small cut stone: a bright disc, a star of darker facets, a table."""
    star = "M" + "L".join(
        f"{num(x)} {num(y)}" for x, y in (polar(45 * i, r * (0.95, 0.5)[i % 2]) for i in range(8))
    )
    return (
        disc(r, "#f6f9fb", stroke="#8d959c", stroke_width=0.8)
        + path(star + "Z", "#b9c6d0")
        + disc(r * 0.42, "#fff")
    )


_KINDS = {
    "smooth": _smooth,
    "thin": _thin,
    "fluted": _fluted,
    "dive": _dive,
    "two-colour": _two_colour,
    "tachymeter": _tachymeter,
    "screwed": _screwed,
    "stones": _stones,
    "coin": _coin,
}
