"""The text of a CSV file -> rows of named cells, each with the line it begins at."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from watchstore.domain.errors import InvalidValue
from watchstore.service_layer.importing.columns import Columns, field_of
from watchstore.service_layer.importing.decoding import decoded
from watchstore.service_layer.importing.report import Fault

MOST_ROWS: Final = 50_000
MOST_COLUMNS: Final = 100
LONGEST_CELL: Final = 4_000
_CELL_TOO_LONG: Final = f"a cell must have at most {LONGEST_CELL} characters"
_DELIMITERS: Final = (",", ";")


@dataclass(frozen=True, slots=True)
class Row:
    """`cells` by field, blanks folded; `headers` is what the file calls each field."""

    line: int
    cells: Mapping[str, str]
    headers: Mapping[str, str]

    def cell(self, field: str) -> str:
        return self.cells.get(field, "")

    def fault(self, field: str, reason: str) -> Fault:
        return Fault(self.line, self.headers.get(field, field), reason)


@dataclass(frozen=True, slots=True)
class Sheet:
    rows: tuple[Row, ...]
    refused: tuple[Fault, ...]
    ignored: tuple[Fault, ...]


def read(data: bytes) -> Sheet:
    """Raises InvalidValue for what is no such file; a row that can't be read is a fault."""
    text = decoded(data)
    lines = _lines(text, _delimiter(text))
    first = next((each for each in lines if not isinstance(each, Fault)), None)
    if first is None:
        raise InvalidValue("file", "has no header")
    number, headers = first
    if len(headers) > MOST_COLUMNS:
        raise InvalidValue("file", f"must have at most {MOST_COLUMNS} columns")
    columns = Columns.parse(headers, number)
    return _sheet(lines, columns)


def _sheet(lines: Iterator[tuple[int, list[str]] | Fault], columns: Columns) -> Sheet:
    rows: list[Row] = []
    refused: list[Fault] = []
    for each in lines:
        row = each if isinstance(each, Fault) else _row(*each, columns)
        if isinstance(row, Fault):
            refused.append(row)
        else:
            rows.append(row)
        if len(rows) + len(refused) > MOST_ROWS:
            raise InvalidValue("file", f"must have at most {MOST_ROWS} rows")
    return Sheet(tuple(rows), tuple(refused), columns.faults)


def _lines(text: str, delimiter: str) -> Iterator[tuple[int, list[str]] | Fault]:
    """(line, cells) of each row that is not blank; a row of broken quotes is a fault."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as wrong:
            yield Fault(line, "", _explained(wrong, line, reader.line_num))
            continue
        if any(cell.strip() for cell in cells):
            yield line, cells


def _explained(wrong: csv.Error, first: int, last: int) -> str:
    """What the csv module means, for people who never read its source."""
    message = str(wrong)
    if "field larger" in message:
        raise InvalidValue("file", f"line {first}: {_CELL_TOO_LONG}")
    lost = f" (lines {first} to {last} are lost)" if last > first else ""
    if "unexpected end of data" in message:
        return f"a quoted cell is never closed{lost}"
    return f"text follows a closing quote: a quote inside a cell is written twice{lost}"


def _row(line: int, cells: Sequence[str], columns: Columns) -> Row | Fault:
    """Missing cells at the end are blank: spreadsheets leave trailing delimiters out."""
    if len(cells) > columns.count and any(cell.strip() for cell in cells[columns.count :]):
        return Fault(line, "", f"has {len(cells)} cells, the header {columns.count}")
    found = {
        field: cells[position]
        for field, position in columns.positions.items()
        if position < len(cells)
    }
    for field, cell in found.items():
        if len(cell) > LONGEST_CELL:
            return Fault(line, columns.headers[field], _CELL_TOO_LONG)
    folded = {field: " ".join(cell.split()) for field, cell in found.items()}
    return Row(line, folded, columns.headers)


def _delimiter(text: str) -> str:
    """The one by which the header holds the most names we know."""
    header = text[:10_000].lstrip().splitlines()[0]
    return max(_DELIMITERS, key=lambda each: sum(1 for name in _names(header, each) if name))


def _names(header: str, delimiter: str) -> list[str | None]:
    return [field_of(cell.strip().strip('"')) for cell in header.split(delimiter)]
