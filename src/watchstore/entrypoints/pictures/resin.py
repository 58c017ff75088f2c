"""The shell of shock-proof watches: a bumper of resin, buttons and screws."""

from watchstore.entrypoints.pictures.forms import Form
from watchstore.entrypoints.pictures.look import Look
from watchstore.entrypoints.pictures.metals import ramp
from watchstore.entrypoints.pictures.paper import Paper, disc, line, num, path, polygon, tag
from watchstore.entrypoints.pictures.plan import Plan


def shell(paper: Paper, look: Look, plan: Plan) -> str:
    """The armour: a bumper with shoulders, four buttons, a groove, screws."""
    w, h, tones = plan.case.half_width, plan.case.half_height, ramp(look.metal)
    outline = _armour(w, h)
    buttons = "".join(_button(paper, w, x, y) for x in (-1, 1) for y in (-0.4, 0.4))
    rim = Form(w * 0.86, h * 0.84, 2.5)
    return (
        buttons
        + path(outline, paper.ramp(tones), class_="case")
        + line(outline, tones[3], 2)
        + line(outline, tones[0], 2.4, opacity=0.35, transform="scale(.982)")
        + path(rim.outline(), paper.ramp(tones[::-1]))
        + line(rim.outline(), "#000", 3.5, opacity=0.35)
        + path(rim.inset(w * 0.035).outline(), paper.ramp(tones))
        + _shoulders(paper, tones, w, h)
        + _screws(paper, w, h)
    )


def _armour(w: float, h: float) -> str:
    corner = [(0.36, -1.0), (0.62, -0.95), (0.8, -0.72), (0.94, -0.5), (1.0, -0.3)]
    right = corner + [(x, -y) for x, y in reversed(corner)]
    return polygon(
        *((x * w, y * h) for x, y in right), *((-x * w, y * h) for x, y in reversed(right))
    )


def armour(plan: Plan) -> str:
    return _armour(plan.case.half_width, plan.case.half_height)


def _button(paper: Paper, w: float, x: float, y: float) -> str:
    tones = ramp("steel")
    barrel = paper.linear([(0, tones[3]), (0.4, tones[0]), (1, tones[3])], 0, 0, 0, 1)
    return tag(
        "rect",
        x=num(x * w * 0.985 - w * 0.06),
        y=num(y * w - w * 0.075),
        width=num(w * 0.12),
        height=num(w * 0.15),
        rx=4,
        fill=barrel,
    )


def _shoulders(paper: Paper, tones: tuple[str, ...], w: float, h: float) -> str:
    """Raised pads at twelve and six, and grips beside them."""
    parts = []
    for side in (-1, 1):
        pad = polygon(
            (-w * 0.34, side * h * 0.985),
            (w * 0.34, side * h * 0.985),
            (w * 0.25, side * h * 0.8),
            (-w * 0.25, side * h * 0.8),
        )
        parts.append(path(pad, paper.ramp(tones[1:])) + line(pad, "#000", 2, opacity=0.4))
    grips = "".join(
        f"M{num(x * w * 0.9)} {num(y * h)}h{num(-x * w * 0.1)}"
        for x in (-1, 1)
        for y in (-0.16, -0.08, 0.0, 0.08, 0.16)
    )
    return "".join(parts) + line(grips, "#000", 4, opacity=0.4)


def _screws(paper: Paper, w: float, h: float) -> str:
    steel = ramp("steel")
    places = [(x * w * 0.66, y * h * 0.7) for x in (-1, 1) for y in (-1, 1)]
    return "".join(
        disc(w * 0.042, paper.ramp(steel), at, stroke="#000", stroke_width=1.6)
        + disc(w * 0.016, "#222", at)
        for at in places
    )
