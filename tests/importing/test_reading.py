"""Files as spreadsheets, scrapers and saboteurs save them."""

import codecs

import pytest

from watchstore.domain.errors import InvalidValue
from watchstore.service_layer.importing.reading import read
from watchstore.service_layer.importing.report import Fault

HEADER = b"brand,reference,name\r\n"


def refusal_of(data: bytes) -> str:
    with pytest.raises(InvalidValue) as refusal:
        read(data)
    assert refusal.value.field == "file"
    return refusal.value.reason


def brands_of(data: bytes) -> list[str]:
    return [row.cell("brand") for row in read(data).rows]


@pytest.mark.parametrize(
    "data",
    [
        "brand,reference\nMühle,M1\n".encode(),
        codecs.BOM_UTF8 + "brand,reference\nMühle,M1\n".encode(),
        "brand,reference\nMühle,M1\n".encode("latin-1"),
        "brand,reference\r\nMühle,M1\r\n".encode("cp1252"),
        "brand,reference\rMühle,M1".encode(),
        '"brand";"reference"\r\n"Mühle";M1'.encode(),
        "\n\n  Brand ; REF \nMühle;M1\n;\n\n".encode(),
    ],
)
def test_every_way_to_save_the_same_file_is_read_alike(data: bytes) -> None:
    rows = read(data).rows
    assert [(row.cell("brand"), row.cell("reference")) for row in rows] == [("Mühle", "M1")]


def test_windows_quotes_and_euro_signs_are_read() -> None:
    data = "brand,reference,name\nSinn,556,“Ö” €\n".encode("cp1252")
    assert read(data).rows[0].cell("name") == "“Ö” €"


def test_utf8_with_one_broken_byte_is_not_taken_for_windows_1252() -> None:
    good = "brand,reference\nGlashütte Original,1\n".encode()
    assert refusal_of(good + b"Sinn,\xff\n") == "line 3: is not valid UTF-8"
    assert refusal_of(codecs.BOM_UTF8 + b"brand\r\n\xff") == "line 2: is not valid UTF-8"


def test_what_is_no_text_is_refused_with_its_line() -> None:
    assert refusal_of(HEADER + b"Sinn,\x81,x\n") == ("line 2: is neither UTF-8 nor Windows-1252")
    assert refusal_of(HEADER + b"a,b,c\rd,\0,e\n") == "line 3: holds a NUL byte"
    assert refusal_of("brand,reference".encode("utf-16")) == "is UTF-16; save it as CSV UTF-8"
    for nothing in (b"", b" \r\n", codecs.BOM_UTF8):
        assert refusal_of(nothing) == "is empty"


def test_headers_are_known_by_other_names_in_any_case() -> None:
    sheet = read(b"Maker,Ref No.,MODEL,Case Diameter,Dial,Strap,Currency\nSinn,556,A,38,b,s,EUR\n")
    assert dict(sheet.rows[0].cells) == {
        "brand": "Sinn",
        "reference": "556",
        "name": "A",
        "case_diameter_mm": "38",
        "dial_colour": "b",
        "bracelet_material": "s",
        "price_currency": "EUR",
    }
    assert sheet.rows[0].fault("case_diameter_mm", "odd").column == "Case Diameter"


def test_an_unknown_column_is_told_and_ignored() -> None:
    sheet = read(b"brand,reference,stra\x1bp,\nSinn,556,x,y\n")
    assert sheet.ignored == (Fault(1, "stra?p", "is no column of the catalogue: ignored"),)
    assert set(sheet.rows[0].cells) == {"brand", "reference"}


def test_headers_that_cannot_be_used_are_refused() -> None:
    assert refusal_of(b"name,price\nx,1\n") == (
        "line 1: a header with brand and reference is missing"
    )
    assert refusal_of(b"brand,reference,dial,Dial Colour\n") == (
        "line 1: dial and Dial Colour mean the same"
    )
    assert refusal_of(b'"brand\n') == "has no header"


def test_a_row_begins_where_its_first_line_is() -> None:
    data = HEADER + b'Sinn,"55\r\n6",A\r\n\r\nOris,1,"a\n\nb"\nTudor,2,c\n'
    rows = [(row.line, row.cell("reference"), row.cell("name")) for row in read(data).rows]
    assert rows == [(2, "55 6", "A"), (5, "1", "a b"), (8, "2", "c")]


def test_a_quoted_cell_holds_delimiters_and_quotes() -> None:
    row = read(HEADER + b'Sinn,"55,6;","The ""Blome"""\n').rows[0]
    assert (row.cell("reference"), row.cell("name")) == ("55,6;", 'The "Blome"')


def test_broken_quotes_cost_their_row_only_and_say_which_lines() -> None:
    data = HEADER + b'Sinn,"1"x,a\nOris,2,b\nTudor,"3,c\nRolex,4,d\nOmega,"5",e\nIWC,6,"f\n\n'
    sheet = read(data)
    assert [row.cell("brand") for row in sheet.rows] == ["Oris"]
    assert sheet.refused == (
        Fault(2, "", "text follows a closing quote: a quote inside a cell is written twice"),
        Fault(
            4,
            "",
            "text follows a closing quote: a quote inside a cell is written twice"
            " (lines 4 to 6 are lost)",
        ),
        Fault(7, "", "a quoted cell is never closed (lines 7 to 8 are lost)"),
    )


def test_too_many_cells_are_a_fault_and_too_few_are_blank() -> None:
    sheet = read(HEADER + b"Sinn,1,a,b\nOris,2\nTudor,3,c,,\n")
    assert sheet.refused == (Fault(2, "", "has 4 cells, the header 3"),)
    assert [(row.cell("brand"), row.cell("name")) for row in sheet.rows] == [
        ("Oris", ""),
        ("Tudor", "c"),
    ]


def test_bombs_are_refused_before_they_go_off() -> None:
    assert refusal_of(b"x" * (10 * 1024 * 1024 + 1)) == "must have at most 10 MiB"
    assert refusal_of(HEADER + b"a,1,b\n" * 50_001) == "must have at most 50000 rows"
    assert refusal_of(b",".join(b"c%d" % n for n in range(101))) == "must have at most 100 columns"
    huge = HEADER + b'Sinn,1,"' + b"x\nIWC,2,y\n" * 20_000 + b'"\n'
    assert refusal_of(huge) == "line 2: a cell must have at most 4000 characters"


def test_a_cell_that_is_too_long_costs_its_row_only() -> None:
    sheet = read(HEADER + b"Sinn,1," + b"x" * 4001 + b"\nOris,2," + b"x" * 4000 + b"\n")
    assert sheet.refused == (Fault(2, "name", "a cell must have at most 4000 characters"),)
    assert brands_of(HEADER + b"Oris,2," + b"x" * 4000 + b"\n") == ["Oris"]
