"""on_wrist(look, circumference_mm): the watch across an arm, both to the same scale."""

from dataclasses import replace
from math import pi
from typing import Final

from watchstore.entrypoints.pictures.drawing import framed, watch
from watchstore.entrypoints.pictures.look import Look
from watchstore.entrypoints.pictures.paper import Paper, group, num, path
from watchstore.entrypoints.pictures.plan import PX_PER_MM, plan_of

_FLATNESS: Final = 1.12  # a wrist is wider than a circle of its circumference
_STANDS_OFF: Final = 15.0  # pixels: how far a strap bulges over the edge of the arm
_BEND: Final = 26.0  # what a strap needs from the lugs to its end
_SMALLEST_MM: Final = 100
_LARGEST_MM: Final = 260
_SKIN: Final = ("#8d6650", "#c79b80", "#e0b99d", "#d9ae91", "#b98a70", "#7c5745")


def on_wrist(look: Look, circumference_mm: float, prefix: str = "w") -> str:
    if not _SMALLEST_MM <= circumference_mm <= _LARGEST_MM:
        raise ValueError(f"no wrist measures {circumference_mm} mm around")
    paper = Paper(prefix)
    half = circumference_mm / pi * _FLATNESS * PX_PER_MM / 2
    ground = paper.linear([(0, "#f4f2ee"), (1, "#dedad2")], 0, 0, 0, 1)
    flat = plan_of(look)
    end = max(half + _STANDS_OFF, flat.lug_tip + _BEND)
    worn = watch(paper, look, replace(flat, strap_end=end))
    # Shadows fall on the arm, not on the air beside it.
    on_arm = group(worn, clip_path=paper.clip(_band(end + 2)))
    paper.add(_arm(paper, half), _roundness(paper, half), on_arm)
    return framed(look, paper, f'<path d="M0 0H800V1000H0Z" fill="{ground}"/>')


def _band(half: float) -> str:
    """The arm's outline: exactly to scale under the watch, wider towards the elbow."""
    h, elbow = num(half), num(half * 1.1)
    return (
        f"M-400-{elbow}C-260-{num(half * 1.06)}-150-{h} 0-{h}S300-{h} 400-{num(half * 1.02)}"
        f"V{num(half * 1.02)}C300 {h} 150 {h} 0 {h}S-260 {num(half * 1.06)}-400 {elbow}Z"
    )


def _arm(paper: Paper, half: float) -> str:
    last = len(_SKIN) - 1
    skin = paper.linear([(i / last, tone) for i, tone in enumerate(_SKIN)], 0, 0, 0, 1)
    band = _band(half)
    shadow = "".join(
        path(band, "#000", opacity=0.05, transform=f"translate(0 {drop})") for drop in (5, 11, 18)
    )
    return shadow + path(band, skin)


def _roundness(paper: Paper, half: float) -> str:
    """The edges of the arm bend away from the light; a strap sees to its own ends."""
    shade = paper.linear(
        [
            (0, "#000", 0.42),
            (0.06, "#000", 0.1),
            (0.14, "#000", 0),
            (0.82, "#000", 0),
            (0.93, "#000", 0.16),
            (1, "#000", 0.5),
        ],
        0,
        0,
        0,
        1,
    )
    return path(_band(half), shade)
