"""Metal bracelets: rows of links foreshortened as they bend away."""

from math import pi, sin
from typing import Final

from watchstore.entrypoints.pictures.band import half_outline
from watchstore.entrypoints.pictures.look import Look
from watchstore.entrypoints.pictures.metals import ramp
from watchstore.entrypoints.pictures.paper import Paper, Stop, num, path, polygon
from watchstore.entrypoints.pictures.plan import TAPER, Plan

# Where the columns part, in shares of the half width, and a row's height in shares of the width.
_COLUMNS: Final[dict[str, tuple[tuple[float, ...], float]]] = {
    "three-link": ((0.48,), 0.27),
    "five-link": ((0.54, 0.18), 0.23),
    "round-link": ((0.44,), 0.165),
    "integrated": ((0.34,), 0.24),
}


def bracelet(paper: Paper, look: Look, plan: Plan) -> str:
    """The upper half; the lower is its mirror image."""
    if look.strap == "mesh":
        return _mesh(paper, look, plan)
    columns, height = _COLUMNS[look.strap]
    middle = columns[0]
    rows = _rows(plan, height)
    body = path(half_outline(plan), _brushed(paper, look.metal))
    centre = _column(
        plan, middle, _polished(paper, look.accent or look.metal, beads=len(columns) * 2 - 1)
    )
    beads = rows if look.strap == "five-link" else rows[1::2]
    gaps = _gaps(rows[::2], plan, middle, 1) + _gaps(beads, plan, 0, middle)
    return body + centre + _grooves(paper, gaps) + _partings(paper, plan, columns)


def _rows(plan: Plan, height: float) -> list[float]:
    """Where half rows end: from the lugs, ever closer as the bracelet bends away."""
    span, start = plan.strap_end - plan.lug_tip, plan.lug_tip * 0.985
    step, found, arc = plan.strap_width * height / 2, [], 0.0
    while arc / span < pi / 2 * 0.97 and start + span * sin(arc / span) < plan.strap_end - 11:
        found.append(start + span * sin(arc / span))
        arc += step
    return found


def _width_at(plan: Plan, y: float) -> float:
    past = max(0.0, (y - plan.lug_tip) / (plan.strap_end - plan.lug_tip))
    return plan.strap_width / 2 * (1 - (1 - TAPER) * past) - 1


def _column(plan: Plan, share: float, fill: str) -> str:
    near, far = plan.strap_width / 2 * share, plan.strap_width / 2 * share * TAPER
    tip, end = plan.lug_tip, plan.strap_end - 1
    return path(
        polygon((-near, 0), (-near, -tip), (-far, -end), (far, -end), (near, -tip), (near, 0)), fill
    )


def _gaps(rows: list[float], plan: Plan, start: float, stop: float) -> str:
    marks = []
    for y in rows:
        w = _width_at(plan, y)
        if start == 0:
            marks.append(f"M{num(-w * stop)} {num(-y)}H{num(w * stop)}")
        else:
            marks.append(
                f"M{num(-w * stop)} {num(-y)}H{num(-w * start)}M{num(w * start)} {num(-y)}"
                f"H{num(w * stop)}"
            )
    return "".join(marks)


def _grooves(paper: Paper, d: str) -> str:
    return paper.strokes(
        d,
        ("#000", 9, 0.1, "translate(0 4)"),
        ("#17181a", 2.2, 0.72, ""),
        ("#fff", 1.6, 0.6, "translate(0 -2)"),
    )


def _partings(paper: Paper, plan: Plan, columns: tuple[float, ...]) -> str:
    near, far = plan.strap_width / 2, plan.strap_width / 2 * TAPER
    d = "".join(
        f"M{num(side * near * x)} 0V{num(-plan.lug_tip)}L{num(side * far * x)} "
        f"{num(-plan.strap_end)}"
        for x in columns
        for side in (-1, 1)
    )
    return paper.strokes(d, ("#17181a", 2.2, 0.6, ""), ("#fff", 1.3, 0.4, "translate(1.8 0)"))


def _brushed(paper: Paper, metal: str) -> str:
    light, shade, bright, dark, soft, *_ = ramp(metal)
    stops: list[Stop] = [
        (0, dark),
        (0.03, light),
        (0.07, bright),
        (0.2, shade),
        (0.42, soft),
        (0.6, shade),
        (0.86, soft),
        (0.95, shade),
        (0.985, light),
        (1, dark),
    ]
    return paper.linear(stops, 0, 0, 1, 0)


def _polished(paper: Paper, metal: str, *, beads: int) -> str:
    """Cylinders side by side: each bright to the left of its middle, dark at its edges."""
    light, shade, bright, dark, _, low, _ = ramp(metal)
    one = (
        (0, low),
        (0.1, shade),
        (0.32, light),
        (0.5, bright),
        (0.72, shade),
        (0.9, low),
        (1, dark),
    )
    stops: list[Stop] = [((i + at) / beads, tone) for i in range(beads) for at, tone in one]
    return paper.linear(stops, 0, 0, 1, 0)


def _mesh(paper: Paper, look: Look, plan: Plan) -> str:
    body = path(half_outline(plan), _brushed(paper, look.metal))
    rows = range(int(plan.lug_tip * 0.8), int(plan.strap_end) - 8, 6)
    waves = int(plan.strap_width * TAPER / 8)
    wave = "q2-4 4 0t4 0" * waves
    woven = "#" + paper.define("path", "", f' d="M{num(-waves * 4.0)} 0{wave}" fill="none"')
    marks = "".join(f'<use href="{woven}" y="-{y}"/>' for y in rows)
    return body + f'<g stroke="#17181a" stroke-width="1.5" opacity=".45">{marks}</g>'
