"""The dial's ground: colour, vignette and the minute track."""

from watchstore.entrypoints.pictures.colours import darker, is_light, lighter
from watchstore.entrypoints.pictures.forms import Form
from watchstore.entrypoints.pictures.inks import dial_colour, printing
from watchstore.entrypoints.pictures.look import Look
from watchstore.entrypoints.pictures.paper import Paper, Stop, group, line, num, path, polar, ticks
from watchstore.entrypoints.pictures.plan import Plan
from watchstore.entrypoints.pictures.textures import texture


def ground(paper: Paper, look: Look, plan: Plan) -> str:
    base, outline = dial_colour(look), plan.dial.outline()
    clip = paper.clip(outline)
    pattern = texture(paper, look, plan)
    return (
        path(outline, paper.radial(_tones(base), (0.42, 0.34), 0.62))
        + group(pattern, clip_path=clip)
        + path(outline, _vignette(paper, base))
        + line(outline, "#000", 3, opacity=0.35)
    )


def _tones(base: str) -> list[Stop]:
    if is_light(base):
        return [(0, lighter(base, 0.55)), (0.55, base), (1, darker(base, 0.2))]
    return [(0, lighter(base, 0.2)), (0.55, base), (1, darker(base, 0.42))]


def _vignette(paper: Paper, base: str) -> str:
    edge = 0.16 if is_light(base) else 0.4
    return paper.radial([(0.78, "#000", 0), (0.95, "#000", edge * 0.55), (1, "#000", edge)])


def minute_track(look: Look, plan: Plan) -> str:
    ink = printing(look)
    if not plan.dial.round:
        return _railway(plan.dial, ink)
    r = plan.radius * 0.955
    return ticks(r, 60, max(1.1, r * 0.007), plan.radius * 0.036, ink) + ticks(
        r, 12, r * 0.014, plan.radius * 0.042, ink
    )


def _railway(dial: Form, ink: str) -> str:
    """Two lines with the minutes between them, along any outline."""
    outer, inner = dial.scaled(0.6), dial.scaled(0.555)
    if dial.power < 5:
        outer, inner = dial.scaled(0.965), dial.scaled(0.925)
    d = "".join(
        f"M{num(x)} {num(y)}L{num(u)} {num(v)}"
        for (x, y), (u, v) in (
            (polar(a, outer.reach(a)), polar(a, inner.reach(a))) for a in range(0, 360, 6)
        )
    )
    both = outer.outline() + inner.outline() if dial.power >= 5 else ""
    return line(d + both, ink, max(1.1, dial.half_width * 0.008), opacity=0.85)
