"""Prints papers as plain text: enough for tests, and for who reads them in a terminal."""

from watchstore.domain.papers import Paper
from watchstore.service_layer.wording.sheet import Sheet, sheet_of


class PlainPrinter:
    media_type = "text/plain; charset=utf-8"
    extension = "txt"

    def print(self, paper: Paper) -> bytes:
        sheet = sheet_of(paper)
        blocks = (_head(sheet), _facts(sheet), _rows(sheet), _sums(sheet), sheet.notes)
        return ("\n\n".join("\n".join(block) for block in blocks) + "\n").encode()


def _head(sheet: Sheet) -> tuple[str, ...]:
    title = f"{sheet.title} {sheet.number}"
    seller = (sheet.seller, *sheet.seller_lines)
    return (title, "", *seller, "", f"{sheet.recipient_title}:", *sheet.recipient)


def _facts(sheet: Sheet) -> tuple[str, ...]:
    return tuple(f"{name}: {value}" for name, value in sheet.facts)


def _rows(sheet: Sheet) -> tuple[str, ...]:
    return tuple(
        f"{row.quantity} x {row.what} ({row.detail}) {row.unit_price}: {row.amount}"
        for row in sheet.rows
    )


def _sums(sheet: Sheet) -> tuple[str, ...]:
    return tuple(f"{name}: {value}" for name, value in sheet.sums)
