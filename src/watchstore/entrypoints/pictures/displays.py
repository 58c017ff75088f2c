"""What a watch of resin shows: figures of liquid crystal, or hands over them."""

from typing import Final

from watchstore.entrypoints.pictures.colours import brightness, darker, is_light, lighter, mix
from watchstore.entrypoints.pictures.forms import Form
from watchstore.entrypoints.pictures.hands import hands
from watchstore.entrypoints.pictures.inks import dial_colour
from watchstore.entrypoints.pictures.look import Look
from watchstore.entrypoints.pictures.metals import is_metal, middle, ramp
from watchstore.entrypoints.pictures.paper import (
    Paper,
    disc,
    group,
    line,
    num,
    path,
    polar,
    polygon,
    ticks,
)
from watchstore.entrypoints.pictures.plan import Plan

_SEGMENTS: Final = (
    "M1 0H5",
    "M6 .8V4.4",
    "M6 5.6V9.2",
    "M1 10H5",
    "M0 5.6V9.2",
    "M0 .8V4.4",
    "M1 5H5",
)
_SHOWN: Final = {
    "0": (0, 1, 2, 3, 4, 5),
    "1": (1, 2),
    "2": (0, 1, 6, 4, 3),
    "3": (0, 1, 6, 2, 3),
    "6": (0, 5, 4, 3, 2, 6),
    "8": (0, 1, 2, 3, 4, 5, 6),
    ":": (),
}


def _trim(look: Look) -> str:
    """The colour of what is printed around the display."""
    colour = dial_colour(look)
    if look.accent:
        return middle(look.accent) if is_metal(look.accent) else look.accent
    return "#c9cdd0" if brightness(colour) < 0.25 else colour


def digital(paper: Paper, look: Look, plan: Plan) -> str:
    """Three small dials over the figures of the time."""
    r = plan.radius
    trim = _trim(look)
    glass = Form(r, r * 0.98, 2.3)
    parts = [
        path(glass.outline(), paper.linear([(0, "#34363a"), (1, "#101113")], 0, 0, 0.6, 1)),
        line(glass.inset(r * 0.05).outline(), trim, r * 0.035),
        ticks(r * 0.85, 60, 2, r * 0.05, mix(trim, "#808080", 0.3)),
    ]
    for x in (-0.5, 0.0, 0.5):
        y = -0.42 if x else -0.5
        parts.append(_eye(x * r, y * r, r * 0.19, trim))
    parts.append(_display(paper, look, r))
    return "".join(parts)


def _eye(x: float, y: float, r: float, trim: str) -> str:
    slices = "".join(
        polygon((0, 0), polar(a + 3, r * 0.72), polar(a + 27, r * 0.72)) for a in range(0, 216, 30)
    )
    return group(
        disc(r, "#b9c2b4")
        + path(slices, "#1d211d", opacity=0.85)
        + disc(r, stroke=trim, stroke_width=r * 0.16)
        + disc(r * 0.14, "#b9c2b4"),
        transform=f"translate({num(x)} {num(y)})",
    )


def _display(paper: Paper, look: Look, r: float) -> str:
    """Dark figures on grey-green, or pale ones on black where the watch is dark on dark."""
    inverse = look.dial in {"skeleton", "mirror"}
    ground, ink = ("#16181a", "#cfd6cf") if inverse else ("#bcc6b6", "#171b17")
    shade = paper.linear(
        [(0, darker(ground, 0.22)), (0.2, ground), (1, lighter(ground, 0.12))], 0, 0, 0, 1
    )
    box = Form(r * 0.72, r * 0.33, 8)
    return group(
        path(box.inset(-r * 0.035).outline(), _trim(look))
        + path(box.outline(), shade)
        + line(f"M{num(-r * 0.62)} {num(-r * 0.13)}H{num(r * 0.62)}", ink, 1.4, opacity=0.5)
        + _lcd("10:08", -r * 0.16, r * 0.09, r * 0.27, ink)
        + _lcd("36", r * 0.55, r * 0.145, r * 0.16, ink)
        + _lcd("6 28", r * 0.3, -r * 0.22, r * 0.11, ink),
        transform=f"translate(0 {num(r * 0.2)})",
    )


def _lcd(text: str, x: float, y: float, height: float, ink: str) -> str:
    scale, at, marks = height / 10, 0.0, []
    for mark in text:
        if mark == ":":
            marks.append(f'<path d="M{num(at - 0.4)} 3h1.4M{num(at - 0.8)} 7h1.4"/>')
            at += 2.2
        elif mark == " ":
            at += 5
        else:
            d = "".join(_SEGMENTS[i] for i in _SHOWN[mark])
            marks.append(f'<path d="{d}" transform="translate({num(at)} 0)"/>')
            at += 8.4
    centred = f"scale({scale:.3g})skewX(-5)translate({num(0.4 - at / 2)} -5)"
    move = f"translate({num(x)} {num(y)}){centred}"
    return group("".join(marks), transform=move, stroke=ink, stroke_width=1.5)


def ana_digital(paper: Paper, look: Look, plan: Plan) -> str:
    """Broad hands over blocks, a small counter and two displays."""
    r, trim = plan.radius, _trim(look)
    base = dial_colour(look)
    dark = darker(base, 0.55) if not is_light(base) else "#222428"
    blocks = "".join(
        group(
            path(
                polygon(
                    (-r * 0.06, -r * 0.93),
                    (r * 0.06, -r * 0.93),
                    (r * 0.05, -r * 0.72),
                    (-r * 0.05, -r * 0.72),
                ),
                trim,
            )
            + line(f"M{num(-r * 0.05)} {num(-r * 0.74)}H{num(r * 0.05)}", "#000", 3, opacity=0.4),
            transform=f"rotate({hour * 30})",
        )
        for hour in range(12)
        if hour != 10
    )
    return (
        disc(r * 1.06, "#0c0d0f")
        + disc(r * 1.03, stroke=paper.ramp(ramp("steel")), stroke_width=r * 0.025)
        + disc(
            r, paper.radial([(0, lighter(dark, 0.14)), (1, darker(dark, 0.5))], (0.42, 0.34), 0.62)
        )
        + ticks(r * 0.96, 60, 2, r * 0.05, mix(trim, "#707070", 0.4))
        + blocks
        + _gauge(r, trim)
        + _pane(-r * 0.34, r * 0.36, r * 0.3, r * 0.14, "10:08")
        + _pane(r * 0.34, r * 0.36, r * 0.3, r * 0.14, "36")
        + hands(paper, look, plan)
    )


def _gauge(r: float, trim: str) -> str:
    size = r * 0.24
    return group(
        disc(size, "#0d0e10")
        + ticks(size * 0.8, 10, size * 0.34, size * 0.2, trim)
        + disc(size, stroke=trim, stroke_width=size * 0.12)
        + disc(size * 0.4, "#2a2c30"),
        transform=f"translate({num(-r * 0.38)} {num(-r * 0.27)})",
    )


def _pane(x: float, y: float, w: float, h: float, text: str) -> str:
    return group(
        path(Form(w, h, 9).outline(), "#aab4a6", stroke="#08090a", stroke_width=5)
        + _lcd(text, 0, 0, h * 1.02, "#171b17"),
        transform=f"translate({num(x)} {num(y)})",
    )
