"""Straps of leather, rubber, fabric and resin: they taper, and turn away at their ends."""

from watchstore.entrypoints.pictures.band import edges, half_outline, turning_away
from watchstore.entrypoints.pictures.bracelet import bracelet
from watchstore.entrypoints.pictures.colours import darker, is_light, lighter, mix
from watchstore.entrypoints.pictures.look import Look
from watchstore.entrypoints.pictures.paper import Paper, group, line, num, path
from watchstore.entrypoints.pictures.plan import TAPER, Plan


def strap(paper: Paper, look: Look, plan: Plan) -> str:
    if look.strap in {"three-link", "five-link", "round-link", "integrated", "mesh"}:
        half = bracelet(paper, look, plan)
    else:
        half = _band(paper, look, plan)
    shared = paper.symbol(half)
    return (
        f'<use href="{shared}"/><use href="{shared}" transform="scale(1 -1)"/>'
        + turning_away(paper, plan, upper=True)
        + turning_away(paper, plan, upper=False)
    )


def _band(paper: Paper, look: Look, plan: Plan) -> str:
    base = look.strap_colour
    across = paper.linear(
        [
            (0, darker(base, 0.5)),
            (0.09, lighter(base, 0.1)),
            (0.32, base),
            (0.5, lighter(base, 0.09)),
            (0.72, base),
            (0.93, darker(base, 0.12)),
            (1, darker(base, 0.6)),
        ],
        0,
        0,
        1,
        0,
    )
    body = path(half_outline(plan), across)
    return body + _SURFACES[look.strap](paper, look, plan)


def _stitched(paper: Paper, look: Look, plan: Plan) -> str:
    base = look.strap_colour
    thread = mix(base, "#e8dcc6", 0.42) if not is_light(base) else darker(base, 0.25)
    return (
        _scales(paper, plan)
        + group(
            f'<path d="{edges(plan, 9.5)}"/>',
            stroke=thread,
            stroke_width=2.1,
            stroke_dasharray="9 5.5",
            fill="none",
        )
        + line(edges(plan, 11.5), "#000", 1.2, opacity=0.22)
    )


def _scales(paper: Paper, plan: Plan) -> str:
    """The large scales of alligator: cross lines that wander a little, seen in low light."""
    w = plan.strap_width / 2 - 16
    y, step, marks = plan.lug_tip * 0.88, 21.0, []
    for i in range(40):
        if y > plan.strap_end - 9:
            break
        lean = (3, -2, 4, -4, 1)[i % 5]
        marks.append(f"M{num(-w)} {num(-y)}q{num(w * 0.5)} {lean} {num(w)} 0t{num(w)} {lean}")
        y += step
        step *= 0.93
    d = "".join(marks)
    return paper.strokes(d, ("#000", 2.2, 0.26, ""), ("#fff", 1.4, 0.09, "translate(0 2)"))


def _moulded(_paper: Paper, look: Look, plan: Plan) -> str:
    """Rubber: a raised middle between two grooves."""
    groove = line(edges(plan, plan.strap_width * 0.2), "#000", 3, opacity=0.35)
    return groove + line(
        edges(plan, plan.strap_width * 0.2 + 3),
        lighter(look.strap_colour, 0.5),
        1.4,
        opacity=0.3,
    )


def _woven(_paper: Paper, _look: Look, plan: Plan) -> str:
    """Fabric: fine cross threads and stitched edges."""
    middle = f"M0 {num(-plan.strap_end + 8)}V{num(-plan.lug_tip * 0.7)}"
    wide = plan.strap_width * TAPER * 0.97
    threads = line(middle, "#000", wide, opacity=0.17, stroke_dasharray="1.3 2.9")
    return threads + line(edges(plan, 5), "#000", 1.5, opacity=0.25)


_SURFACES = {"leather": _stitched, "rubber": _moulded, "fabric": _woven, "resin": _moulded}
