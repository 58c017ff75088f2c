"""Prints a paper as PDF: the same paper is the same bytes, whenever it is printed."""

from typing import Final

from fpdf.enums import Align

from watchstore.adapters.fpdf2.canvas import (
    ACCENT,
    BOTTOM,
    LEFT,
    LINE,
    MUTED,
    RIGHT,
    SERIF,
    STRONG,
    TOP,
    WIDTH,
    Canvas,
)
from watchstore.domain.papers import Paper
from watchstore.service_layer.wording.sheet import Sheet, SheetRow, sheet_of

_ITEM: Final = 84.0
_FIGURES: Final = ((LEFT + 86, 14.0), (LEFT + 102, 30.0), (LEFT + 134, 32.0))
_SUMS: Final = LEFT + 86


class PdfPrinter:
    media_type = "application/pdf"
    extension = "pdf"

    def print(self, paper: Paper) -> bytes:
        sheet = sheet_of(paper)
        foot = " · ".join((sheet.seller, *sheet.seller_lines))
        canvas = Canvas(
            made_at=paper.issued_at, language=paper.language.value, foot=foot, page=sheet.page
        )
        canvas.set_title(f"{sheet.title} {sheet.number}")
        canvas.set_author(sheet.seller)
        canvas.add_page()
        _head(canvas, sheet)
        _facts(canvas, sheet)
        _rows(canvas, sheet)
        _sums(canvas, sheet)
        return bytes(canvas.output())


def _head(canvas: Canvas, sheet: Sheet) -> None:
    canvas.set_y(TOP)
    canvas.write_line(sheet.seller, size=25, font=SERIF, colour=ACCENT, width=100)
    canvas.set_y(TOP + 1)
    for line in sheet.seller_lines:
        canvas.write_line(line, size=8, colour=MUTED, x=LEFT + 104, width=62, align=Align.R)
    canvas.rule(TOP + 19, ACCENT, thick=0.5)
    canvas.set_y(50)  # where a window envelope shows it
    canvas.write_line(sheet.recipient_title, size=7.5, colour=MUTED, width=90)
    canvas.ln(1)
    for number, line in enumerate(sheet.recipient):
        font = STRONG if number == 0 else "sans"
        canvas.write_line(line, size=10, font=font, width=90)


def _facts(canvas: Canvas, sheet: Sheet) -> None:
    canvas.set_y(max(96, canvas.get_y() + 8))
    top = canvas.get_y()
    canvas.write_line(sheet.title, size=22, font=SERIF, width=100)
    canvas.set_y(top + 2.2)
    canvas.write_line(sheet.number, size=13, font=STRONG, x=RIGHT - 64, width=64, align=Align.R)
    canvas.set_y(top + 14)
    width = WIDTH / len(sheet.facts)
    for number, (name, value) in enumerate(sheet.facts):
        canvas.set_y(top + 14)
        x = LEFT + number * width
        canvas.write_line(name, size=7.5, colour=MUTED, x=x, width=width - 3)
        canvas.ln(0.6)
        canvas.write_line(value, size=9.5, x=x, width=width - 3)
    canvas.ln(10)


def _rows(canvas: Canvas, sheet: Sheet) -> None:
    _columns(canvas, sheet)
    for row in sheet.rows:
        if canvas.get_y() + _height(canvas, row) > BOTTOM:
            _next_page(canvas)
            _columns(canvas, sheet)
        _row(canvas, row)


def _columns(canvas: Canvas, sheet: Sheet) -> None:
    top = canvas.get_y()
    canvas.write_line(sheet.columns[0], size=7.5, colour=MUTED, width=_ITEM)
    for name, (x, width) in zip(sheet.columns[1:], _FIGURES, strict=True):
        canvas.set_y(top)
        canvas.write_line(name, size=7.5, colour=MUTED, x=x, width=width, align=Align.R)
    canvas.ln(1.6)
    canvas.rule(canvas.get_y(), MUTED)
    canvas.ln(2.4)


def _height(canvas: Canvas, row: SheetRow) -> float:
    name = canvas.write_block(row.what, size=10, font=STRONG, width=_ITEM, dry=True)
    detail = canvas.write_block(row.detail, size=8.5, width=_ITEM, dry=True) if row.detail else 0
    return name + detail + 5


def _row(canvas: Canvas, row: SheetRow) -> None:
    top = canvas.get_y()
    figures = (row.quantity, row.unit_price, row.amount)
    for text, (x, width) in zip(figures, _FIGURES, strict=True):
        canvas.set_y(top)
        canvas.write_line(text, size=10, x=x, width=width, align=Align.R)
    canvas.set_y(top)
    canvas.write_block(row.what, size=10, font=STRONG, width=_ITEM)
    if row.detail:
        canvas.write_block(row.detail, size=8.5, colour=MUTED, width=_ITEM)
    canvas.ln(2.4)
    canvas.rule(canvas.get_y(), LINE)
    canvas.ln(2.4)


def _sums(canvas: Canvas, sheet: Sheet) -> None:
    """Together with the notes: a total alone on a page has nothing that it is of."""
    if canvas.get_y() + 6 * len(sheet.sums) + 8 * len(sheet.notes) + 14 > BOTTOM:
        _next_page(canvas)
    canvas.ln(2)
    for name, value in sheet.sums[:-1]:
        _sum(canvas, name, value, size=9.5, font="sans")
    canvas.ln(1)
    canvas.rule(canvas.get_y(), ACCENT, thick=0.5, x=_SUMS)
    canvas.ln(2.4)
    _sum(canvas, *sheet.sums[-1], size=13, font=STRONG)
    canvas.ln(12)
    for note in sheet.notes:
        canvas.write_block(note, size=9, colour=MUTED)
        canvas.ln(1.5)


def _sum(canvas: Canvas, name: str, value: str, *, size: float, font: str) -> None:
    top, half = canvas.get_y(), (RIGHT - _SUMS) / 2
    canvas.write_line(name, size=size, font=font, x=_SUMS, width=half)
    canvas.set_y(top)
    canvas.write_line(value, size=size, font=font, x=_SUMS + half, width=half, align=Align.R)
    canvas.ln(1)


def _next_page(canvas: Canvas) -> None:
    canvas.add_page()
    canvas.set_y(TOP)
