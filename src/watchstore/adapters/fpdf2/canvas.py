"""An A4 page with the shop's two typefaces, and the few strokes that a paper is made of.

Lengths are in millimetres, sizes of type in points.
"""

from datetime import datetime
from importlib.resources import files
from typing import Any, Final

from fpdf import FPDF
from fpdf.enums import Align, MethodReturnValue, WrapMode, XPos, YPos

LEFT: Final = 22.0
RIGHT: Final = 188.0
WIDTH: Final = RIGHT - LEFT
TOP: Final = 20.0
BOTTOM: Final = 268.0

INK: Final = (23, 24, 26)
MUTED: Final = (93, 96, 102)
LINE: Final = (226, 223, 216)
ACCENT: Final = (31, 77, 63)

Colour = tuple[int, int, int]
_FONTS: Final = files("watchstore.adapters.fpdf2") / "fonts"
SERIF, SANS, STRONG = "serif", "sans", "strong"
_FILES: Final = {
    SERIF: "EBGaramond.ttf",
    SANS: "OpenSans-Regular.ttf",
    STRONG: "OpenSans-Semibold.ttf",
}
_PAGES: Final = "{pages}"
_LEADING: Final = 0.48  # of a line, in millimetres a point


class Canvas(FPDF):
    """`foot` and the number of the `page` stand at the bottom of every page."""

    def __init__(self, *, made_at: datetime, language: str, foot: str, page: str) -> None:
        super().__init__(format="A4")
        self._foot, self._page_words = foot, page
        self.set_margins(LEFT, TOP, 210 - RIGHT)
        self.c_margin = 0.0  # text stands flush with the rules
        self.set_auto_page_break(auto=False)
        self.set_creation_date(made_at)
        self.set_lang(language)
        for name, file in _FILES.items():
            self.add_font(name, fname=str(_FONTS / file))
        self.alias_nb_pages(_PAGES)

    def footer(self) -> None:
        self.rule(278, LINE)
        self.set_y(281)
        self.write_line(self._foot, size=7.5, colour=MUTED)
        self.set_y(281)
        numbered = self._page_words.format(page=self.page_no(), pages=_PAGES)
        # The name of what comes there in the end is wider than the number.
        width = self.get_string_width(numbered.replace(_PAGES, "0"))
        self.write_line(numbered, size=7.5, colour=MUTED, x=RIGHT - width)

    def write_line(
        self,
        text: str,
        *,
        size: float,
        font: str = SANS,
        colour: Colour = INK,
        x: float = LEFT,
        width: float = WIDTH,
        align: Align = Align.L,
    ) -> None:
        """One line, in smaller type if it would not fit; what follows stands below it."""
        self.set_text_color(*colour)
        self.set_font(font, size=size)
        needed = self.get_string_width(text)
        if needed > width and _PAGES not in text:
            self.set_font(font, size=size * width / needed)
        self.set_x(x)
        height = size * _LEADING
        self.cell(width, height, text, align=align, new_x=XPos.LEFT, new_y=YPos.NEXT)

    def write_block(
        self,
        text: str,
        *,
        size: float,
        font: str = SANS,
        colour: Colour = INK,
        x: float = LEFT,
        width: float = WIDTH,
        dry: bool = False,
    ) -> float:
        """As many lines as it takes; returns their height, which is all that `dry` does."""
        self.set_text_color(*colour)
        self.set_font(font, size=size)
        self.set_x(x)
        height: Any = self.multi_cell(
            width,
            size * _LEADING,
            text,
            align=Align.L,
            new_x=XPos.LEFT,
            new_y=YPos.NEXT,
            dry_run=dry,
            output=MethodReturnValue.HEIGHT,
            wrapmode=WrapMode.WORD,
        )
        return float(height)

    def rule(self, y: float, colour: Colour, *, thick: float = 0.2, x: float = LEFT) -> None:
        self.set_draw_color(*colour)
        self.set_line_width(thick)
        self.line(x, y, RIGHT, y)
