"""One light for every picture: from the upper left. Soft shadows are stacked faint copies."""

from math import cos, radians, sin
from typing import Final

from watchstore.entrypoints.pictures.paper import Paper, group, path

_LIGHT: Final = (-0.6, -0.8)


def lit(normal: float) -> bool:
    """Whether a facet whose normal points at this angle from twelve faces the light."""
    turn = radians(normal)
    return sin(turn) * _LIGHT[0] - cos(turn) * _LIGHT[1] > 0


def facing(angle: float) -> tuple[bool, bool]:
    """Whether the left and the right facet of a bar at this angle catch the light."""
    return lit(angle - 90), lit(angle + 90)


def soft_shadow(paper: Paper, d: str, *, drop: float, spread: float, opacity: float) -> str:
    """A blurred shadow without a filter: copies ever narrower, each faint, one over another."""
    shape = paper.symbol(path(d, "#000"))
    layers = 14
    faint = opacity * 2 / (layers * (layers + 1))
    copies = "".join(
        f'<use href="{shape}" stroke-width="{spread * 2 * i / layers:.1f}" '
        f'opacity="{faint * (layers + 1 - i):.3f}"/>'
        for i in range(layers, 0, -1)
    )
    return group(
        copies,
        stroke="#000",
        stroke_linejoin="round",
        transform=f"translate({drop * 0.7:.1f} {drop:.1f})",
    )


def cast(d: str, *, x: float = 2, y: float = 3, opacity: float = 0.3) -> str:
    """The small shadow of something thin: an offset copy with a faint rim."""
    return path(
        d,
        "#000",
        stroke="#000",
        stroke_width=3,
        stroke_opacity=0.35,
        opacity=opacity,
        transform=f"translate({x:g} {y:g})",
    )
