"""draw(look): the whole picture, a pure function from a look to the text of an SVG."""

import re
from html import escape
from typing import Final

from watchstore.entrypoints.pictures.band import silhouette
from watchstore.entrypoints.pictures.bezel import bezel
from watchstore.entrypoints.pictures.case import body, crown, lug_outline, lugs, pushers
from watchstore.entrypoints.pictures.layouts import face, glass
from watchstore.entrypoints.pictures.look import Look
from watchstore.entrypoints.pictures.paper import Paper
from watchstore.entrypoints.pictures.plan import FRAME_HEIGHT, FRAME_WIDTH, Plan, plan_of
from watchstore.entrypoints.pictures.resin import armour, shell
from watchstore.entrypoints.pictures.shading import soft_shadow
from watchstore.entrypoints.pictures.strap import strap

# What XML 1.0 has no way to say, not even escaped.
_UNSPEAKABLE: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def draw(look: Look, prefix: str = "w") -> str:
    """A picture at 10.6 px/mm in a frame of 800 x 1000; `prefix` keeps ids apart on one page."""
    paper, plan = Paper(prefix), plan_of(look)
    ground = paper.linear([(0, "#f6f4f0"), (0.55, "#ebe8e2"), (1, "#dbd6cd")], 0.2, 0, 0.7, 1)
    paper.add(watch(paper, look, plan))
    return framed(look, paper, f'<path d="M0 0H800V1000H0Z" fill="{ground}"/>')


def framed(look: Look, paper: Paper, behind: str) -> str:
    size = f' data-diameter-mm="{look.diameter_mm:g}"' if look.diameter_mm else ""
    title = escape(_UNSPEAKABLE.sub("", look.label) + ", illustration", quote=False)
    content = paper.marks()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {FRAME_WIDTH} {FRAME_HEIGHT}" '
        f'role="img"{size}><title>{title}</title>{behind}'
        f'<g transform="translate({FRAME_WIDTH // 2} {FRAME_HEIGHT // 2})">{content}</g></svg>'
    )


def watch(paper: Paper, look: Look, plan: Plan) -> str:
    """Everything from the shadow on the ground up to the glass."""
    resin = look.shape == "resin"
    case = armour(plan) if resin else plan.case.outline()
    sides = silhouette(plan) + case + ("" if resin else lug_outline(look, plan))
    drop = 1.35 * (look.thickness_mm or 11.5)
    shadow = soft_shadow(paper, sides, drop=drop, spread=36, opacity=0.38)
    layers = _resin(paper, look, plan) if resin else _metal(paper, look, plan)
    return shadow + strap(paper, look, plan) + layers


def _resin(paper: Paper, look: Look, plan: Plan) -> str:
    return shell(paper, look, plan) + face(paper, look, plan) + glass(paper, plan)


def _metal(paper: Paper, look: Look, plan: Plan) -> str:
    return (
        crown(paper, look, plan)
        + pushers(paper, look, plan)
        + lugs(paper, look, plan)
        + body(paper, look, plan)
        + bezel(paper, look, plan)
        + face(paper, look, plan)
        + glass(paper, plan)
    )
