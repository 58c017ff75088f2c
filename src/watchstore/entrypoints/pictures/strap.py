"""Straps of leather, rubber, fabric and resin: they taper, and turn away at their ends."""

from watchstore.entrypoints.pictures.bracelet import bracelet
from watchstore.entrypoints.pictures.colours import darker, is_light, lighter, mix
from watchstore.entrypoints.pictures.look import Look
from watchstore.entrypoints.pictures.paper import Paper, group, line, num, path, polygon
from watchstore.entrypoints.pictures.plan import TAPER, Plan

def silhouette(plan: Plan) -> str:
    """Both halves, from behind the case to the ends."""
    w, end = plan.strap_width / 2, plan.strap_end
    far = w * TAPER
    return polygon((-w, 0), (-w, -plan.lug_tip), (-far, -end), (far, -end), (w, -plan.lug_tip),
                   (w, plan.lug_tip), (far, end), (-far, end), (-w, plan.lug_tip))


def strap(paper: Paper, look: Look, plan: Plan) -> str:
    if look.strap in {"three-link", "five-link", "round-link", "integrated", "mesh"}:
        half = bracelet(paper, look, plan)
    else:
        half = _band(paper, look, plan)
    shared = paper.symbol(half)
    return (
        f'<use href="{shared}"/><use href="{shared}" transform="scale(1 -1)"/>'
        + _turning_away(paper, plan, upper=True)
        + _turning_away(paper, plan, upper=False)
    )


def half_outline(plan: Plan) -> str:
    w, far, end = plan.strap_width / 2, plan.strap_width / 2 * TAPER, plan.strap_end
    tip = plan.lug_tip
    return (
        f"M{num(-w)} 0V{num(-tip)}L{num(-far)} {num(-end + 5)}q.6-5 6-5H{num(far - 6)}q5.4 0 6 5"
        f"L{num(w)} {num(-tip)}V0Z"
    )


def _turning_away(paper: Paper, plan: Plan, *, upper: bool) -> str:
    """Darkness where the strap bends out of sight, and the shadow of the case."""
    ends = 0.5 if upper else 0.62
    near = plan.case.half_height / plan.strap_end
    shade = paper.linear(
        [(0, "#000", ends), (0.1, "#000", ends * 0.62), (0.28, "#000", 0.1), (0.4, "#000", 0),
         (max(0.42, 1 - near - 0.06), "#000", 0), (1 - near, "#000", 0.42)],
        0, 0, 0, 1,
    )
    turned = None if upper else "scale(1 -1)"
    return path(half_outline(plan), shade, transform=turned)


def _band(paper: Paper, look: Look, plan: Plan) -> str:
    base = look.strap_colour
    across = paper.linear(
        [(0, darker(base, 0.5)), (0.09, lighter(base, 0.1)), (0.32, base),
         (0.5, lighter(base, 0.09)), (0.72, base), (0.93, darker(base, 0.12)),
         (1, darker(base, 0.6))],
        0, 0, 1, 0,
    )
    body = path(half_outline(plan), across)
    return body + _SURFACES[look.strap](look, plan)


def _stitched(look: Look, plan: Plan) -> str:
    base = look.strap_colour
    thread = mix(base, "#e8dcc6", 0.42) if not is_light(base) else darker(base, 0.25)
    return _scales(plan) + group(
        _edge(plan, 9.5), stroke=thread, stroke_width=2.1, stroke_dasharray="9 5.5", fill="none",
    ) + line(_edge_path(plan, 11.5), "#000", 1.2, opacity=0.22)


def _edge(plan: Plan, inset: float) -> str:
    return f'<path d="{_edge_path(plan, inset)}"/>'


def _edge_path(plan: Plan, inset: float) -> str:
    w, far = plan.strap_width / 2 - inset, plan.strap_width / 2 * TAPER - inset
    return (
        f"M{num(-w)} {num(-plan.lug_tip * 0.8)}V{num(-plan.lug_tip)}L{num(-far)} "
        f"{num(-plan.strap_end)}M{num(w)} {num(-plan.lug_tip * 0.8)}V{num(-plan.lug_tip)}"
        f"L{num(far)} {num(-plan.strap_end)}"
    )


def _scales(plan: Plan) -> str:
    """The large scales of alligator: cross lines that wander a little, seen in low light."""
    w = plan.strap_width / 2 - 16
    y, step, marks = plan.lug_tip * 0.88, 21.0, []
    for i in range(40):
        if y > plan.strap_end - 4:
            break
        lean = (3, -2, 4, -4, 1)[i % 5]
        marks.append(f"M{num(-w)} {num(-y)}q{num(w * 0.5)} {lean} {num(w)} 0t{num(w)} {lean}")
        y += step
        step *= 0.93
    d = "".join(marks)
    return line(d, "#000", 2.2, opacity=0.26) + line(
        d, "#fff", 1.4, opacity=0.09, transform="translate(0 2)"
    )


def _moulded(look: Look, plan: Plan) -> str:
    """Rubber: a raised middle between two grooves."""
    groove = line(_edge_path(plan, plan.strap_width * 0.2), "#000", 3, opacity=0.35)
    return groove + line(
        _edge_path(plan, plan.strap_width * 0.2 + 3), lighter(look.strap_colour, 0.5), 1.4,
        opacity=0.3,
    )


def _woven(look: Look, plan: Plan) -> str:
    """Fabric: fine cross threads and stitched edges."""
    w, top = plan.strap_width / 2, plan.lug_tip * 0.7
    rows = range(int(top), int(plan.strap_end), 4)
    d = "".join(f"M{num(-w * 0.97)}-{y}h{num(w * 1.94)}" for y in rows)
    threads = line(d, "#000", 1.2, opacity=0.17, transform=f"scale({TAPER:g} 1)")
    return threads + line(_edge_path(plan, 5), "#000", 1.5, opacity=0.25)


_SURFACES = {"leather": _stitched, "rubber": _moulded, "fabric": _woven, "resin": _moulded}
