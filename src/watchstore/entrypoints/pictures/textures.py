"""What a dial's ground is worked with: rays, waves, squares, stones, or an open movement."""

from math import tau
from typing import Final

from watchstore.entrypoints.pictures.bezel import brilliant, toothed
from watchstore.entrypoints.pictures.colours import is_light
from watchstore.entrypoints.pictures.inks import dial_colour
from watchstore.entrypoints.pictures.look import Look
from watchstore.entrypoints.pictures.metals import ramp
from watchstore.entrypoints.pictures.paper import (
    Paper,
    disc,
    group,
    line,
    num,
    path,
    points,
    polar,
    polygon,
)
from watchstore.entrypoints.pictures.plan import Plan

# Where the wheels of an open movement turn, how large they are, and whether they are of brass.
_TRAIN: Final = (
    (-0.3, -0.4, 0.38, True),
    (0.36, -0.32, 0.26, False),
    (0.04, 0.47, 0.32, True),
    (-0.48, 0.2, 0.23, False),
    (0.48, 0.2, 0.21, True),
)


def texture(paper: Paper, look: Look, plan: Plan) -> str:
    return _TEXTURES[look.texture](paper, look, plan)


def _sunray(_paper: Paper, look: Look, plan: Plan) -> str:
    """Fine rays, and two fans of light made of nested faint sectors."""
    far = max(plan.dial.half_width, plan.dial.half_height) * 1.15
    rays = toothed(far / 2, 60, 0.27, width=far, colour="#fff", opacity=0.05)
    strength = 0.14 if is_light(dial_colour(look)) else 0.06
    fans = "".join(
        path(_fan(axis, half, far), shade, opacity=share)
        for axis, shade, share in ((-42, "#fff", strength), (48, "#000", 0.032))
        for half in range(5, 38, 6)
    )
    return fans + rays


def _fan(axis: float, half: float, far: float) -> str:
    return "".join(
        polygon((0, 0), polar(a - half, far), polar(a + half, far)) for a in (axis, axis + 180)
    )


def _plain(_paper: Paper, _look: Look, _plan: Plan) -> str:
    return ""


def _grain(paper: Paper, _look: Look, plan: Plan) -> str:
    """A sprinkle too fine to be seen as dots: snow, or volcanic stone."""
    r = max(plan.dial.half_width, plan.dial.half_height)
    marks = []
    for i in range(150):
        x, y = polar(i * 137.508, r * (i / 150) ** 0.5)
        marks.append(f"M{num(x)} {num(y)}l{(i * 7) % 9 - 4} {(i * 5) % 5 - 2}")
    return paper.strokes("".join(marks), ("#fff", 2.4, 0.16, ""), ("#000", 1.6, 0.12, "rotate(61)"))


def _waves(paper: Paper, _look: Look, plan: Plan) -> str:
    r, step = plan.dial.half_width, plan.radius * 0.095
    count = int(2 * r / (step * 2)) + 2
    wave = f"q{num(step)} {num(-step * 0.8)} {num(step * 2)} 0t{num(step * 2)} 0" * (count // 2 + 1)
    one = paper.symbol(path(f"M{num(-r - step)} 0{wave}"))
    rows = range(-int(plan.dial.half_height), int(plan.dial.half_height), max(8, int(step)))
    copies = "".join(f'<use href="{one}" y="{y}"/>' for y in rows)
    return _engraved(copies, step * 0.42)


def _engraved(copies: str, width: float) -> str:
    return group(copies, stroke="#000", stroke_width=width, opacity=0.17) + group(
        copies, stroke="#fff", stroke_width=width * 0.4, opacity=0.16, transform="translate(0 2)"
    )


def _tapestry(paper: Paper, look: Look, plan: Plan) -> str:
    """Small raised squares between crossing grooves."""
    r, cell = plan.radius, plan.radius * 0.088
    lines = [i * cell for i in range(-12, 13)]
    d = "".join(f"M{num(x)} {num(-r)}V{num(r)}M{num(-r)} {num(x)}H{num(r)}" for x in lines)
    return (
        _sunray(paper, look, plan)
        + line(d, "#000", cell * 0.3, opacity=0.24)
        + line(d, "#fff", cell * 0.12, opacity=0.2, transform="translate(1.6 1.6)")
    )


def _guilloche(_paper: Paper, look: Look, plan: Plan) -> str:
    """Rose engine turning: a ring of overlapping circles."""
    r = max(plan.dial.half_width, plan.dial.half_height)
    rose = "".join(disc(r * 0.5, at=polar(a, r * 0.5)) for a in range(0, 360, 10))
    return _fans_only(look, plan) + group(rose, stroke="#000", stroke_width=1.1, opacity=0.13)


def _fans_only(_look: Look, plan: Plan) -> str:
    far = max(plan.dial.half_width, plan.dial.half_height) * 1.15
    return "".join(path(_fan(-42, half, far), "#fff", opacity=0.04) for half in range(6, 38, 6))


def _bars(paper: Paper, look: Look, plan: Plan) -> str:
    """Horizontal embossed lines."""
    w, h, step = plan.dial.half_width, plan.dial.half_height, plan.radius * 0.135
    count = int(h / step) + 1
    d = "".join(f"M{num(-w)} {num(i * step)}H{num(w)}" for i in range(-count, count + 1))
    return (
        _sunray(paper, look, plan)
        + line(d, "#000", step * 0.3, opacity=0.24)
        + line(d, "#fff", step * 0.1, opacity=0.28, transform="translate(0 3)")
    )


def _pearl(paper: Paper, look: Look, plan: Plan) -> str:
    """Mother of pearl: pale pools of rose, green and blue that run into each other."""
    r, marks = plan.dial.half_width, []
    for i, tint in enumerate(("#f3cfdc", "#cfe8df", "#cfdcf2", "#f4ead2", "#e4d3ef", "#d3efe9")):
        x, y = polar(i * 67, r * (0.35 + 0.08 * (i % 3)))
        pool = paper.radial([(0, tint, 0.95), (1, tint, 0)])
        marks.append(disc(r * 0.66, pool, (x, y)))
    return "".join(marks) + _fans_only(look, plan)


def _stones(paper: Paper, _look: Look, plan: Plan) -> str:
    """Set close, every other row between the stones of the one before."""
    size = max(plan.radius * 0.047, 5.4)
    across, along = size * 2.05, size * 3.56
    stone = paper.symbol(brilliant(size))
    places = ((0, 0), (across, 0), (0, along), (across, along), (across / 2, along / 2))
    marks = "".join(f'<use href="{stone}" x="{num(x)}" y="{num(y)}"/>' for x, y in places)
    box = f' width="{num(across)}" height="{num(along)}" patternUnits="userSpaceOnUse"'
    return path(plan.dial.outline(), f"url(#{paper.define('pattern', marks, box)})")


def _skeleton(paper: Paper, _look: Look, plan: Plan) -> str:
    """An open movement: wheels under curved bridges, jewels, and a dark ring for the hours."""
    r, steel, brass = plan.radius, ramp("steel"), ramp("yellow gold")
    parts = [path(plan.dial.outline(), "#1c1d20", opacity=0.72)]
    wheels = {gold: paper.symbol(_wheel(paper, brass if gold else steel)) for gold in (True, False)}
    parts += [
        f'<use href="{wheels[gold]}" '
        f'transform="translate({points((x * r, y * r))})scale({size * r / 100:.3f})"/>'
        for x, y, size, gold in _TRAIN
    ]
    arms = "".join(
        f"M0 0Q{points(((x * 1.1 - y * 0.5) * r, (y * 1.1 + x * 0.5) * r))} "
        f"{points((x * r * 2.4, y * r * 2.4))}"
        for x, y, *_ in _TRAIN
    )
    tone = paper.linear([(0, "#8b8f94"), (0.5, "#55595e"), (1, "#3a3d41")], 0, 0, 1, 1)
    parts.append(line(arms, "#000", r * 0.085, opacity=0.4, transform="translate(2 4)"))
    parts.append(line(arms, tone, r * 0.075) + line(arms, "#fff", 1, opacity=0.25))
    parts += [
        disc(r * 0.032, "#b0224a", (x * r, y * r), stroke=brass[4], stroke_width=r * 0.014)
        for x, y, *_ in _TRAIN
    ]
    ring = plan.dial.scaled(0.86).outline()
    parts.append(path(plan.dial.outline() + ring, "#141518", opacity=0.82, fill_rule="evenodd"))
    parts.append(line(ring, "#7d8186", 1.2, opacity=0.6))
    return "".join(parts)


def _wheel(paper: Paper, tones: tuple[str, ...]) -> str:
    """A toothed wheel of radius 100 with five spokes."""
    spokes = "".join(f"M0 0L{points(polar(72 * i, 100))}" for i in range(5))
    return (
        disc(100, stroke="#000", stroke_width=20, opacity=0.35, transform="translate(3 6)")
        + disc(95, stroke=paper.ramp(tones), stroke_width=14)
        + disc(105, stroke=tones[4], stroke_width=8, stroke_dasharray=f"{tau * 105 / 96:.2f}")
        + line(spokes, tones[1], 7)
        + disc(16, tones[4])
    )


_TEXTURES: Final = {
    "sunray": _sunray,
    "plain": _plain,
    "grain": _grain,
    "waves": _waves,
    "tapestry": _tapestry,
    "guilloche": _guilloche,
    "bars": _bars,
    "pearl": _pearl,
    "stones": _stones,
    "skeleton": _skeleton,
}
