"""Openings in the dial: the date, the big date, the day, the moon."""

from watchstore.entrypoints.pictures.colours import is_light
from watchstore.entrypoints.pictures.glyphs import DATE, DAY, write
from watchstore.entrypoints.pictures.inks import dial_colour, facet, furniture, printing
from watchstore.entrypoints.pictures.look import Look
from watchstore.entrypoints.pictures.metals import ramp
from watchstore.entrypoints.pictures.paper import (
    Paper,
    Point,
    disc,
    group,
    line,
    num,
    path,
    polar,
    tag,
    ticks,
)
from watchstore.entrypoints.pictures.plan import Plan


def windows(paper: Paper, look: Look, plan: Plan) -> str:
    return _date(paper, look, plan) + _day(paper, look, plan) + _moon(paper, look, plan)


def frame(paper: Paper, look: Look, at: Point, w: float, h: float) -> str:
    """A bevelled opening with its disc: dark under a dark dial's light print, else white."""
    x, y = at
    black = not is_light(dial_colour(look)) and look.indices == "aviator"
    tones = ramp(furniture(look))
    well = paper.linear([(0, "#000", 0.45), (0.22, "#000", 0.06), (1, "#000", 0)], 0, 0, 0, 1)
    box = {"x": num(x - w / 2), "y": num(y - h / 2), "width": num(w), "height": num(h)}
    return (
        tag(
            "rect",
            x=num(x - w / 2 - 2.5),
            y=num(y - h / 2 - 2.5),
            width=num(w + 5),
            height=num(h + 5),
            fill=paper.ramp(tones[::-1]),
        )
        + tag("rect", **box, fill="#1b1c1f" if black else "#f8f7f3")
        + tag("rect", **box, fill=well)
    )


def _figures(look: Look) -> str:
    black = not is_light(dial_colour(look)) and look.indices == "aviator"
    return "#f3f3ef" if black else "#1d1e21"


def _date(paper: Paper, look: Look, plan: Plan) -> str:
    if look.big_date:
        return big_date(paper, look, 0, -plan.radius * 0.56, plan.radius * 0.26)
    if look.date is None:
        return ""
    r = plan.radius
    w, h = r * 0.19, r * 0.145
    angle = look.date * 30
    x, y = polar(angle, plan.dial.reach(angle) * (0.76 if look.date % 1 == 0 else 0.72))
    return frame(paper, look, (x, y), w, h) + write(
        paper, DATE, x, y, height=h * 0.66, colour=_figures(look), weight=1.5
    )


def big_date(paper: Paper, look: Look, x: float, y: float, h: float) -> str:
    """Two discs side by side in one frame."""
    w = h * 0.66
    both = "".join(frame(paper, look, (x + side * (w / 2 + 1.6), y), w, h) for side in (-1, 1))
    return both + "".join(
        write(
            paper,
            figure,
            x + side * (w / 2 + 1.6),
            y,
            height=h * 0.66,
            colour=_figures(look),
            weight=1.4,
        )
        for side, figure in zip((-1, 1), DATE, strict=True)
    )


def _day(paper: Paper, look: Look, plan: Plan) -> str:
    """The day in an arc under twelve."""
    if not look.day:
        return ""
    r = plan.radius
    outer, inner = r * 0.83, r * 0.67
    (ax, ay), (bx, by) = polar(-19, outer), polar(19, outer)
    (cx, cy), (ex, ey) = polar(19, inner), polar(-19, inner)
    d = (
        f"M{num(ax)} {num(ay)}A{num(outer)} {num(outer)} 0 0 1 {num(bx)} {num(by)}L{num(cx)} "
        f"{num(cy)}A{num(inner)} {num(inner)} 0 0 0 {num(ex)} {num(ey)}Z"
    )
    tones = ramp(furniture(look))
    letters = "".join(
        write(
            paper,
            mark,
            *polar(turn, (outer + inner) / 2),
            height=r * 0.095,
            colour=_figures(look),
            weight=1.5,
            turn=turn,
        )
        for mark, turn in zip(DAY, (-8.5, 0, 8.5), strict=True)
    )
    return (
        path(
            d,
            "#f8f7f3" if _figures(look) == "#1d1e21" else "#1b1c1f",
            stroke=tones[4],
            stroke_width=3,
        )
        + line(d, "#000", 1, opacity=0.35)
        + letters
    )


def _moon(paper: Paper, look: Look, plan: Plan) -> str:
    """A night sky behind two arches, over a ring of days."""
    if look.moon is None:
        return ""
    r = plan.radius * 0.32
    x, y = polar(look.moon * 30, plan.radius * 0.48)
    ink = printing(look)
    return group(
        disc(r, "#000", opacity=0.1)
        + ticks(r * 0.92, 31, 1.1, r * 0.09, ink)
        + sky(paper, r * 0.8, furniture(look))
        + disc(r, stroke=facet(look, bright=False), stroke_width=1.1, opacity=0.6),
        transform=f"translate({num(x)} {num(y)})",
    )


def sky(paper: Paper, r: float, metal: str) -> str:
    night = paper.radial([(0, "#2f4f96"), (1, "#0f1d45")], (0.4, 0.3), 0.75)
    face = paper.radial([(0, "#fff6d8"), (0.7, "#ead391"), (1, "#b8944f")], (0.38, 0.34), 0.65)
    opening = (
        f"M{num(-r)} 0A{num(r)} {num(r)} 0 0 1 {num(r)} 0A{num(r * 0.27)} {num(r * 0.27)} 0 "
        f"0 0 {num(r * 0.46)} 0A{num(r * 0.46)} {num(r * 0.46)} 0 0 1 {num(-r * 0.46)} 0"
        f"A{num(r * 0.27)} {num(r * 0.27)} 0 0 0 {num(-r)} 0Z"
    )
    stars = "".join(
        disc(1.5, "#f5ecc8", (r * a, -r * b))
        for a, b in ((-0.62, 0.42), (-0.42, 0.72), (0.66, 0.4), (0.5, 0.62), (-0.74, 0.16))
    )
    tones = ramp(metal)
    return (
        path(opening, night, stroke=tones[4], stroke_width=1.8)
        + disc(r * 0.36, face, (r * 0.06, -r * 0.3))
        + stars
    )
