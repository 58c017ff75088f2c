"""Digits, day letters and Roman numerals as strokes: a picture must not depend on a font."""

from typing import Final

from watchstore.entrypoints.pictures.paper import Paper, num, tag

# Centre lines in a box 6 wide and 10 high.
_STROKES: Final = {
    "0": "M3 0C5 0 6 1.8 6 5S5 10 3 10 0 8.2 0 5 1 0 3 0Z",
    "1": "M1 2.2L3.6 0V10",
    "2": "M.2 2.7C.3 1 1.4 0 3 0S5.8 1.1 5.8 2.8C5.8 4.2 5 5.3 3.6 6.6L.2 10H6",
    "3": "M.4 0H5.6L2.7 3.9C4.6 3.7 6 4.9 6 6.8S4.7 10 2.9 10 .2 9 0 7.4",
    "4": "M4.5 10V0L0 7.3H6",
    "5": "M5.4 0H1L.5 4.6C1.1 4 2 3.7 3 3.7 4.8 3.7 6 5 6 6.8S4.7 10 2.9 10 .2 9.1 0 7.6",
    "6": "M4.5 0L.9 5C.3 5.8 0 6.2 0 7 0 8.7 1.3 10 3 10S6 8.7 6 7 4.7 4 3 4C2 4 1.2 4.5.8 5.2",
    "7": "M0 0H6L2 10",
    "8": "M3 4.6C1.5 4.6.6 3.6.6 2.3S1.5 0 3 0 5.4 1 5.4 2.3 4.5 4.6 3 4.6C1.2 4.6 0 5.7 0 7.3"
    "S1.2 10 3 10 6 8.9 6 7.3 4.8 4.6 3 4.6Z",
    "9": "M1.5 10L5.1 5C5.7 4.2 6 3.8 6 3 6 1.3 4.7 0 3 0S0 1.3 0 3 1.3 6 3 6C4 6 4.8 5.5 5.2 4.8",
    "D": "M0 0V10H2.4C4.8 10 6 8.2 6 5S4.8 0 2.4 0Z",
    "E": "M5.6 0H.2V10H5.6M.2 5H4.8",
    "W": "M0 0L1.6 10 3 3 4.4 10 6 0",
}
DAY: Final = "WED"
DATE: Final = "22"
_ADVANCE: Final = 8.3


def write(
    paper: Paper,
    text: str,
    x: float,
    y: float,
    *,
    height: float,
    colour: str,
    weight: float = 1.3,
    turn: float = 0,
) -> str:
    """`text` centred on a point, turned about it. `weight` is the stroke's, in tenths of height."""
    start = -(len(text) - 1) * _ADVANCE / 2
    glyphs = "".join(
        f'<use href="{_glyph(paper, mark)}" x="{num(start + i * _ADVANCE)}"/>'
        for i, mark in enumerate(text)
    )
    turned = f"rotate({num(turn)})" if turn else ""
    move = f"translate({num(x)} {num(y)}){turned}scale({height / 10:.3g})"
    return tag("g", glyphs, transform=move, stroke=colour, stroke_width=weight)


def _glyph(paper: Paper, mark: str) -> str:
    centred = ' transform="translate(-3 -5)" fill="none"'
    return "#" + paper.define("path", "", f' d="{_STROKES[mark]}"{centred}')


# (thick strokes, thin strokes) of each numeral as lines in a box 10 high, centred on x = 0.
Lines = tuple[tuple[float, float, float, float], ...]


def roman(hour: int) -> tuple[Lines, Lines, float]:
    """Thick and thin lines of an hour's numeral and its width; IIII stands for four on a dial."""
    text = ("I", "II", "III", "IIII", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")[hour - 1]
    widths = {"I": 2.7, "V": 6.2, "X": 6.2}
    total = sum(widths[mark] for mark in text)
    at, thick, thin = -total / 2, [], []
    for mark in text:
        middle = at + widths[mark] / 2
        if mark == "I":
            thick.append((middle, 0.0, middle, 10.0))
        elif mark == "V":
            thick.append((middle - 2.2, 0.0, middle, 10.0))
            thin.append((middle + 2.2, 0.0, middle, 10.0))
        else:
            thick.append((middle - 2.2, 0.0, middle + 2.2, 10.0))
            thin.append((middle + 2.2, 0.0, middle - 2.2, 10.0))
        at += widths[mark]
    edge = total / 2 - 0.2
    thin += [(-edge, 0.0, edge, 0.0), (-edge, 10.0, edge, 10.0)]
    return tuple(thick), tuple(thin), total
