"""What a printed paper says, on as many pages as it takes."""

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader
from tests.harness.papers import (
    ISSUED,
    NAMES,
    a_credit_note,
    a_refund_of,
    an_invoice,
    an_order_of,
)

from watchstore.adapters.fpdf2 import PdfPrinter
from watchstore.adapters.memory import PlainPrinter
from watchstore.domain import Address, Money, Seller
from watchstore.domain.papers import Paper
from watchstore.service_layer.wording.sheet import sheet_of


def pages_of(paper: Paper) -> list[str]:
    reader = PdfReader(io.BytesIO(PdfPrinter().print(paper)))
    return [page.extract_text().replace("\N{NO-BREAK SPACE}", " ") for page in reader.pages]


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("included", [True, False])
def test_everything_on_the_sheet_is_printed(language, included):
    paper = an_invoice(language=language, included=included, each=2)
    sheet = sheet_of(paper)
    (page,) = pages_of(paper)
    texts = (
        *(sheet.title, sheet.number, sheet.seller, *sheet.seller_lines, *sheet.recipient),
        *(text for pair in (*sheet.facts, *sheet.sums) for text in pair),
        *(text for row in sheet.rows for text in (row.what, row.detail, row.amount)),
        *(*sheet.columns, *sheet.notes),
    )
    for text in texts:
        assert text.replace("\N{NO-BREAK SPACE}", " ") in page, text


def test_names_of_many_alphabets_are_legible():
    text = "Žofia Łukasiewicz-Žižka Ελλάδα Ångström Ğül Ștefan Дмитрий Jaeger-LeCoultre"
    address = Address.parse(name=text, street="1", city="Łódź", postcode="1", country="PL")
    (page,) = pages_of(an_invoice(an_order_of(address=address)))
    assert text in page
    assert "Łódź" in page


def test_letters_that_the_type_has_not_do_no_harm():
    address = Address.parse(
        name="山田 太郎 😀", street="1", city="東京", postcode="1", country="JP"
    )
    (page,) = pages_of(an_invoice(an_order_of(address=address)))
    assert "Japan" in page


def test_fifty_lines_are_on_several_pages_with_columns_and_numbers_on_each():
    paper = an_invoice(lines=50)
    pages = pages_of(paper)
    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page
        assert "Unit price" in page
    printed = "".join(pages)
    assert sum(printed.count(f"Ref. {reference}") for _, _, reference in NAMES) == 50
    assert "Total" in pages[-1]
    assert not any("Total" in page for page in pages[:-1])


@pytest.mark.parametrize("lines", range(8, 16))
def test_a_total_is_never_alone_on_a_page(lines):
    pages = pages_of(an_invoice(lines=lines))
    assert "Total" in pages[-1]
    assert "Express delivery" in pages[-1] or "Net at" in pages[-1]


def test_a_name_without_a_space_and_a_very_great_amount_stay_within_the_page():
    order = an_order_of(lines=1, currency="CHF")
    (line,) = order.lines
    long = replace(line, name="W" * 150, unit_price=Money.of(10**11, "CHF"))
    items = long.unit_price
    order = replace(order, lines=(long,), prices=replace(order.prices, items=items))
    (page,) = pages_of(an_invoice(order))
    assert page.count("W") >= 150
    assert "CHF 100,000,000,000.00" in page


def test_the_same_paper_is_the_same_bytes():
    paper = an_invoice()
    assert PdfPrinter().print(paper) == PdfPrinter().print(paper)
    meta = PdfReader(io.BytesIO(PdfPrinter().print(paper))).metadata
    assert meta is not None
    assert (meta.title, meta.author) == ("Invoice 2026-000001", "Watchstore")
    assert meta.creation_date == ISSUED


def test_a_credit_note_names_the_invoice_and_its_reason():
    order = an_order_of(language="de")
    amount = Money.of(100, "EUR")
    (page,) = pages_of(a_credit_note(order, a_refund_of(order, amount=amount)))
    for text in ("Rechnungskorrektur", "C2026-000001", "2026-000001", "a scratch", "100,00 €"):
        assert text in page


def test_goods_that_leave_the_union_are_exempt_and_it_says_so():
    (page,) = pages_of(an_invoice(percent="0", country="CH"))
    assert "exempt from VAT" in page
    assert "VAT 0" not in page
    (untold,) = pages_of(an_invoice(percent="0", country=None))
    assert "exempt" not in untold


def test_plain_text_says_the_same():
    paper = an_invoice()
    told = PlainPrinter().print(paper).decode()
    sheet = sheet_of(paper)
    for text in (sheet.title, sheet.number, *sheet.recipient, sheet.sums[-1][1], *sheet.notes):
        assert text in told


def test_the_seller_is_the_one_of_the_day():
    paper = replace(an_invoice(), seller=Seller("Uhren Žižka", ("Brno",), "CZ1"))
    (page,) = pages_of(paper)
    assert "Uhren Žižka" in page
    assert "Watchstore" not in page
