"""The hours in figures: Roman, Arabic, a pilot's, and the field watch's twenty-four."""

from watchstore.entrypoints.pictures.forms import RECTANGULAR
from watchstore.entrypoints.pictures.glyphs import roman, write
from watchstore.entrypoints.pictures.inks import is_pale, printing
from watchstore.entrypoints.pictures.look import Look
from watchstore.entrypoints.pictures.paper import Paper, disc, line, path, points, polygon, turned
from watchstore.entrypoints.pictures.plan import Plan


def roman_hours(_paper: Paper, look: Look, plan: Plan, free: tuple[int, ...]) -> str:
    """Numerals whose feet point to the middle; on a rectangle they lean into its corners."""
    thick: list[str] = []
    thin: list[str] = []
    square = plan.dial.power >= RECTANGULAR
    high = plan.radius * (0.26 if square else 0.2)
    for hour in free:
        angle = hour * 30.0
        if hour in look.counters:
            continue
        reach = plan.dial.reach(angle)
        outer = reach * 0.95 if square else reach * 0.9
        bold, fine, width = roman(hour)
        squeeze = min(1.0, 11 / width) * 0.92
        for lines, d in ((bold, thick), (fine, thin)):
            for x1, y1, x2, y2 in lines:
                a = turned(angle, x1 * high / 10 * squeeze, outer - y1 * high / 10)
                b = turned(angle, x2 * high / 10 * squeeze, outer - y2 * high / 10)
                d.append(f"M{points(a)}L{points(b)}")
    ink = printing(look)
    return line("".join(thick), ink, high * 0.13) + line("".join(thin), ink, high * 0.045)


def arabic_hours(paper: Paper, look: Look, plan: Plan, free: tuple[int, ...]) -> str:
    r = plan.radius
    return numerals(
        paper,
        look,
        plan,
        [h for h in free if h not in look.counters],
        height=r * 0.185,
        share=0.78,
        weight=1.35 if look.lume else 1.0,
    )


def aviator_hours(paper: Paper, look: Look, plan: Plan, free: tuple[int, ...]) -> str:
    """Large plain figures, and a triangle between two dots at twelve."""
    r = plan.radius
    ink = _ink(look)
    figures = numerals(
        paper,
        look,
        plan,
        [h for h in free if h != 12 and h not in look.counters],
        height=r * 0.2,
        share=0.75,
        weight=1.7,
    )
    mark = polygon((-r * 0.075, -r * 0.73), (r * 0.075, -r * 0.73), (0, -r * 0.87))
    if 12 in look.counters:
        return figures
    return (
        figures
        + path(mark, ink)
        + "".join(disc(r * 0.022, ink, (side * r * 0.135, -r * 0.82)) for side in (-1, 1))
    )


def field_hours(paper: Paper, look: Look, plan: Plan, free: tuple[int, ...]) -> str:
    """Twelve figures, and the afternoon's in small inside them."""
    r = plan.radius
    hours = [h for h in free if h not in look.counters]
    inner = "".join(
        write(
            paper,
            str(hour + 12 if hour < 12 else 24),
            *plan.dial.at_hour(hour, 0.52),
            height=r * 0.075,
            colour=printing(look),
            weight=1.3,
        )
        for hour in hours
    )
    return numerals(paper, look, plan, hours, height=r * 0.17, share=0.76, weight=1.6) + inner


def numerals(
    paper: Paper,
    look: Look,
    plan: Plan,
    hours: list[int],
    *,
    height: float,
    share: float,
    weight: float,
) -> str:
    ink = _ink(look)
    return "".join(
        write(
            paper,
            str(hour),
            *plan.dial.at_hour(hour, share),
            height=height,
            colour=ink,
            weight=weight,
        )
        for hour in hours
    )


def _ink(look: Look) -> str:
    return look.lume if look.lume and not is_pale(look) else printing(look)
