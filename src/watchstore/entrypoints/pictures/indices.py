"""The hours on the dial: applied batons, dots and stones, or figures."""

from typing import Final

from watchstore.entrypoints.pictures.bezel import brilliant
from watchstore.entrypoints.pictures.inks import facet, is_pale
from watchstore.entrypoints.pictures.look import Look
from watchstore.entrypoints.pictures.numerals import (
    arabic_hours,
    aviator_hours,
    field_hours,
    numerals,
    roman_hours,
)
from watchstore.entrypoints.pictures.paper import (
    Paper,
    Point,
    disc,
    group,
    line,
    num,
    path,
    points,
    polar,
    polygon,
    turned,
)
from watchstore.entrypoints.pictures.plan import Plan
from watchstore.entrypoints.pictures.shading import cast, facing

_HOURS: Final = tuple(range(1, 13))


def indices(paper: Paper, look: Look, plan: Plan) -> str:
    return _KINDS[look.indices](paper, look, plan, _free(look))


def _free(look: Look) -> tuple[int, ...]:
    """The hours that nothing else stands on."""
    taken = {look.moon, *({round(look.date)} if look.date and not look.date % 1 else set())}
    taken |= {12} if look.day else set()
    taken |= {12} if look.big_date else set()
    return tuple(hour for hour in _HOURS if hour not in taken)


def _span(look: Look, hour: int) -> tuple[float, float]:
    """From where to where a baton runs, in shares of the dial; shorter beside a counter."""
    return (0.9, 0.79) if hour in look.counters else (0.9, 0.7)


def bar(angle: float, start: float, stop: float, half: float, shift: float = 0) -> list[Point]:
    """The corners of a radial bar and its ridge: left pair, ridge pair, right pair."""
    ends = [
        (shift - half, start),
        (shift - half, stop),
        (shift, start),
        (shift, stop),
        (shift + half, start),
        (shift + half, stop),
    ]
    return [turned(angle, x, r) for x, r in ends]


def _flat(corners: list[Point]) -> str:
    return polygon(*corners[:2], *corners[:3:-1])


def _batons(_paper: Paper, look: Look, plan: Plan, free: tuple[int, ...]) -> str:
    return _applied(look, plan, [(hour, *_span(look, hour)) for hour in free])


def _sparse(_paper: Paper, look: Look, plan: Plan, free: tuple[int, ...]) -> str:
    """Thin markers: the least a dial can carry."""
    return _applied(look, plan, [(h, 0.91, 0.74) for h in free], slim=0.55)


def _applied(look: Look, plan: Plan, spans: list[tuple[int, float, float]], slim: float = 1) -> str:
    unit = plan.radius
    half = unit * 0.026 * slim
    lights: list[str] = []
    darks: list[str] = []
    whole: list[str] = []
    lume: list[str] = []
    for hour, outer, inner in spans:
        angle = hour * 30.0
        reach = plan.dial.reach(angle)
        shifts = (-half * 1.35, half * 1.35) if hour == 12 else (0.0,)
        for shift in shifts:
            inside = outer * reach - (outer - inner) * unit
            a, b, c, d, e, f = bar(angle, outer * reach, inside, half, shift)
            whole.append(_flat([a, b, c, d, e, f]))
            left, right = facing(angle)
            (lights if left else darks).append(polygon(a, b, d, c))
            (lights if right else darks).append(polygon(c, d, f, e))
            if look.lume:
                lume.append(_flat(bar(angle, outer * reach - 3, inside + 3, half * 0.44, shift)))
    return (
        cast("".join(whole))
        + path("".join(darks), facet(look, bright=False))
        + path("".join(lights), facet(look, bright=True))
        + (path("".join(lume), look.lume) if lume else "")
    )


def _dots(_paper: Paper, look: Look, plan: Plan, free: tuple[int, ...]) -> str:
    """A diver's hours: large luminous plots, bars at the quarters, a triangle at twelve."""
    r = plan.radius
    glow, rim = look.lume or "#e4efdf", facet(look, bright=not is_pale(look))
    d = [_plot(plan, hour) for hour in free if hour not in look.counters]
    shape = "".join(d)
    return (
        cast(shape)
        + path(shape, glow, stroke=rim, stroke_width=num(r * 0.017))
        + line(shape, facet(look, bright=False), 0.8, opacity=0.6)
    )


def _plot(plan: Plan, hour: int) -> str:
    r, angle = plan.radius, hour * 30.0
    if hour == 12:
        return polygon((-r * 0.095, -r * 0.885), (r * 0.095, -r * 0.885), (0, -r * 0.69))
    if hour % 3 == 0:
        a, b, _, _, e, f = bar(angle, r * 0.885, r * 0.68, r * 0.037)
        return polygon(a, b, f, e)
    x, y = polar(angle, r * 0.815)
    size, across = num(r * 0.062), num(r * 0.124)
    half = f"a{size} {size} 0 1 1"
    return f"M{num(x - r * 0.062)} {num(y)}{half} {across} 0{half}-{across} 0Z"


def _stones(paper: Paper, look: Look, plan: Plan, free: tuple[int, ...]) -> str:
    size = plan.radius * 0.045
    stone = paper.symbol(disc(size * 1.2, facet(look, bright=False)) + brilliant(size))
    return group(
        "".join(
            f'<use href="{stone}" transform="translate({points(plan.dial.at_hour(hour, 0.82))})"/>'
            for hour in free
        )
    )


def _quarters(paper: Paper, look: Look, plan: Plan, free: tuple[int, ...]) -> str:
    """Figures at the quarters, batons between them."""
    hours = [h for h in free if h not in look.counters]
    figures = [h for h in hours if h % 3 == 0]
    bars = [(h, *_span(look, h)) for h in free if h % 3]
    return _applied(look, plan, bars) + numerals(
        paper, look, plan, figures, height=plan.radius * 0.2, share=0.77, weight=1.5
    )


def _none(_paper: Paper, _look: Look, _plan: Plan, _free: tuple[int, ...]) -> str:
    return ""


_KINDS = {
    "batons": _batons,
    "dots": _dots,
    "roman": roman_hours,
    "arabic": arabic_hours,
    "aviator": aviator_hours,
    "field": field_hours,
    "stones": _stones,
    "sparse": _sparse,
    "digits": _quarters,
    "none": _none,
}
