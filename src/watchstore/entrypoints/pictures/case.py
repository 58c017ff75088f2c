"""The case: lugs, crown, pushers and the stepped rings of polished metal up to the bezel."""

from typing import Final

from watchstore.entrypoints.pictures.colours import darker, mix
from watchstore.entrypoints.pictures.look import Look
from watchstore.entrypoints.pictures.metals import ramp
from watchstore.entrypoints.pictures.paper import (
    Paper,
    disc,
    group,
    line,
    num,
    path,
    polar,
    tag,
)
from watchstore.entrypoints.pictures.plan import Plan

_CORNERS: Final = ((1, -1), (1, 1), (-1, 1), (-1, -1))


def lug_outline(look: Look, plan: Plan) -> str:
    """Four lugs as one path: the outer edge leaves the case as its tangent."""
    if look.strap == "integrated" or look.shape in {"octagon", "porthole", "tonneau"}:
        return _shoulders(plan)
    return "".join(_lug(look, plan, sx, sy) for sx, sy in _CORNERS)


def _lug(look: Look, plan: Plan, sx: int, sy: int) -> str:
    w, h = plan.case.half_width, plan.case.half_height
    inner, tip = plan.strap_width / 2, plan.lug_tip
    oval = look.shape in {"round", "ellipse"}
    slim = look.bezel in {"thin", "coin"} and oval
    outer = min(inner + w * (0.115 if slim else 0.16), w * 0.97)
    x, y = (0.8 * w, 0.6 * h) if slim else (0.88 * w, 0.475 * h) if oval else (0.8 * w, 0.78 * h)

    def at(across: float, along: float) -> str:
        return f"{num(across * sx)} {num(along * sy)}"

    return (
        f"M{at(x * 0.8, y * 0.6)}L{at(x, y)}"
        f"Q{at(outer + (x - outer) * 0.28, h * (0.83 if oval else 0.9))} "
        f"{at(outer - w * 0.01, tip - w * 0.07)}"
        f"Q{at(outer - w * 0.015, tip - w * 0.005)} {at(outer - w * 0.075, tip)}"
        f"L{at(inner + 4, tip)}Q{at(inner, tip)} {at(inner, tip - 5)}L{at(inner, h * 0.4)}Z"
    )


def _shoulders(plan: Plan) -> str:
    """An integrated bracelet grows out of the case across its whole width."""
    near, far = plan.case.half_width * 0.93, plan.strap_width / 2
    marks = []
    for side in (-1, 1):
        y, tip = plan.case.half_height * 0.5 * side, plan.lug_tip * side
        marks.append(
            f"M{num(-near)} {num(y)}L{num(-far * 1.03)} {num(tip)}H{num(far * 1.03)}"
            f"L{num(near)} {num(y)}Z"
        )
    return "".join(marks)


def lugs(paper: Paper, look: Look, plan: Plan) -> str:
    """A brushed top between polished edges; each edge is the outline drawn a little smaller."""
    d, tones = lug_outline(look, plan), ramp(look.metal)
    brushed = paper.linear(
        [
            (0, tones[6]),
            (0.2, tones[1]),
            (0.38, tones[2]),
            (0.52, tones[5]),
            (0.68, tones[4]),
            (0.86, tones[5]),
            (1, mix(tones[3], tones[5], 0.4)),
        ],
        0,
        0,
        1,
        1,
    )
    return path(d, brushed) + paper.strokes(
        d,
        (tones[0], 4, 0.6, "scale(.986)"),
        (mix(tones[3], tones[1], 0.3), 1, 0.55, "scale(.972 .976)"),
        (darker(tones[3], 0.3), 1.6, 0.75, ""),
    )


def crown(paper: Paper, look: Look, plan: Plan) -> str:
    """A knurled cylinder at three, lit from above."""
    w = plan.case.half_width
    high, deep = w * (0.17 if look.guarded_crown else 0.14), w * 0.13
    tones = ramp(look.accent or look.metal)
    cylinder = paper.linear(
        [(0, tones[3]), (0.16, tones[1]), (0.36, tones[0]), (0.6, tones[1]), (1, tones[3])],
        0,
        0,
        0,
        1,
    )
    x = w * 0.985
    knurls = "".join(
        f"M{num(x + deep * 0.34)} {num(-high + high * 2 * i / 9)}h{num(deep * 0.62)}"
        for i in range(1, 9)
    )
    return (
        _guards(paper, look, plan)
        + tag(
            "rect",
            x=num(x - 6),
            y=num(-high * 0.6),
            width=num(deep),
            height=num(high * 1.2),
            fill=cylinder,
        )
        + tag(
            "rect",
            x=num(x + deep * 0.25),
            y=num(-high),
            width=num(deep * 0.8),
            height=num(high * 2),
            rx=num(deep * 0.16),
            fill=cylinder,
        )
        + line(knurls, tones[3], 1.5, opacity=0.75)
    )


def _guards(paper: Paper, look: Look, plan: Plan) -> str:
    if not look.guarded_crown:
        return ""
    w = plan.case.half_width
    d = "".join(
        f"M{num(w * 0.9)} {num(s * w * 0.42)}Q{num(w * 1.0)} {num(s * w * 0.33)} {num(w * 1.075)} "
        f"{num(s * w * 0.23)}Q{num(w * 1.1)} {num(s * w * 0.185)} {num(w * 1.05)} "
        f"{num(s * w * 0.175)}L{num(w * 0.9)} {num(s * w * 0.15)}Z"
        for s in (-1, 1)
    )
    return path(d, paper.ramp(ramp(look.metal)), stroke=ramp(look.metal)[3], stroke_width=1.2)


def pushers(paper: Paper, look: Look, plan: Plan) -> str:
    if not look.pushers:
        return ""
    w, tones = plan.case.half_width, ramp(look.accent or look.metal)
    barrel = paper.linear(
        [(0, tones[3]), (0.3, tones[0]), (0.6, tones[1]), (1, tones[3])], 0, 0, 1, 0
    )
    parts = []
    for angle in (61, 119):
        x, y = polar(angle, plan.case.reach(angle))
        parts.append(
            group(
                tag(
                    "rect",
                    x=num(-w * 0.04),
                    y=num(-w * 0.09),
                    width=num(w * 0.08),
                    height=num(w * 0.14),
                    fill=barrel,
                )
                + tag(
                    "rect",
                    x=num(-w * 0.068),
                    y=num(-w * 0.125),
                    width=num(w * 0.136),
                    height=num(w * 0.062),
                    rx=num(w * 0.016),
                    fill=barrel,
                ),
                transform=f"translate({num(x)} {num(y)})rotate({angle})",
            )
        )
    return "".join(parts)


def body(paper: Paper, look: Look, plan: Plan) -> str:
    """The middle case, its edge and the step under the bezel."""
    if look.shape == "octagon":
        return _flat_body(paper, look, plan)
    tones, outline = ramp(look.metal), plan.case.outline()
    step = plan.case.inset(plan.case.half_width * 0.028).outline()
    if plan.case.round:
        whole = disc(plan.case.half_width, paper.ramp(tones), class_="case")
    else:
        whole = path(outline, paper.ramp(tones), class_="case")
    return (
        whole
        + line(outline, tones[3], 1.6, opacity=0.8)
        + path(step, paper.ramp(tones[::-1]))
        + line(step, tones[0], 1.3, opacity=0.6)
    )


def _flat_body(paper: Paper, look: Look, plan: Plan) -> str:
    """Brushed flat and darker than the bezel, which is to stand out from it."""
    tones, outline = ramp(look.metal), plan.case.outline()
    brushed = paper.linear(
        [(0, tones[2]), (0.35, tones[1]), (0.65, tones[5]), (1, mix(tones[3], tones[5], 0.5))],
        0.1,
        0,
        0.9,
        1,
    )
    return path(outline, brushed, class_="case") + line(outline, darker(tones[3], 0.2), 1.5)
