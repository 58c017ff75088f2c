"""Invoices and credit notes over HTTP, as the PDF that they are in production."""

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader
from tests.http.site import API, Browser, Site, a_site, order_body

from watchstore.adapters.fpdf2 import PdfPrinter

DHL = {"carrier": "DHL", "tracking": "JD1"}


@pytest.fixture
def site() -> Site:
    site = a_site()
    site.house.shop.ports = replace(site.house.shop.ports, printer=PdfPrinter())
    return site


@pytest.fixture
def clerk(site: Site) -> Browser:
    return site.signed_in("manager")


@pytest.fixture
def guest(site: Site) -> Browser:
    return site.guest()


@pytest.fixture
def number(site: Site, guest: Browser) -> str:
    body = order_body(site.offer())
    body["contact"] = {**body["contact"], "language": "de"}
    answer = guest.order(body)
    assert answer.status_code == 201, answer.text
    return str(answer.json["number"])


def refunded(clerk: Browser, number: str) -> str:
    clerk.post(f"office/orders/{number}/ship", DHL)
    clerk.post(f"office/orders/{number}/refunds", {})
    return f"orders/{number}/credit-notes/C2026-000001.pdf"


def text_of(content: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_there_is_no_invoice_until_the_money_is_taken(guest, number):
    answer = guest.get(f"orders/{number}/invoice.pdf")
    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"
    assert guest.get(f"orders/{number}").json["documents"] == []


def test_the_invoice_is_a_pdf_in_the_language_of_the_buyer(clerk, guest, number):
    clerk.post(f"office/orders/{number}/ship", DHL)
    answer = guest.get(f"orders/{number}/invoice.pdf")
    assert (answer.status_code, answer.content_type) == (200, "application/pdf")
    assert answer.headers["Cache-Control"] == "no-store"
    named = 'inline; filename="Rechnung 2026-000001.pdf"'
    assert answer.headers["Content-Disposition"] == named
    text = text_of(answer.data)
    assert "Rechnung" in text
    assert number in text
    assert "Grand Seiko Snowflake" in text


def test_the_documents_of_an_order_lead_to_them(clerk, guest, number):
    refunded(clerk, number)
    for browser, where in ((guest, "orders"), (clerk, "office/orders")):
        documents = browser.get(f"{where}/{number}").json["documents"]
        assert [one["kind"] for one in documents] == ["invoice", "credit_note"]
        for document in documents:
            assert document["path"].startswith(f"{API}/{where}/")
            answer = browser.get(document["path"])
            assert answer.status_code == 200
            assert document["number"] in text_of(answer.data)


def test_a_paper_is_shown_to_nobody_else(site, clerk, guest, number):
    path = refunded(clerk, number)
    stranger, customer = site.guest(), site.signed_in("customer")
    for paper in (path, f"orders/{number}/invoice.pdf"):
        assert guest.get(paper).status_code == 200
        for browser in (stranger, customer, clerk, site.browser()):
            assert browser.get(paper).status_code == 404
    assert guest.get(f"office/{path}").status_code == 401
    assert customer.get(f"office/{path}").status_code == 403


@pytest.mark.parametrize(
    "name", ["C2026-000002", "C2025-000001", "2026-000001", "nonsense", "C2026-000001.pdf"]
)
def test_a_credit_note_that_is_not_of_the_order_is_not_found(clerk, guest, number, name):
    refunded(clerk, number)
    assert guest.get(f"orders/{number}/credit-notes/{name}.pdf").status_code == 404


def test_a_language_that_the_shop_does_not_write_is_refused(site, guest):
    body = order_body(site.offer())
    body["contact"] = {**body["contact"], "language": "fr"}
    answer = guest.order(body)
    assert answer.status_code == 422
    assert [fault["field"] for fault in answer.json["errors"]] == ["contact.language"]


def test_an_account_says_in_which_language_it_is_written_to(site):
    customer = site.signed_in("customer")
    assert customer.get("account").json["language"] == "en"
    assert customer.patch("account", {"language": "de"}).json["language"] == "de"
    assert customer.patch("account", {"name": "Ada King"}).json["language"] == "de"
    assert customer.patch("account", {"language": "xx"}).status_code == 422


def test_a_checkout_keeps_the_language(site, guest):
    guest.put(f"cart/lines/{site.offer()}", {"quantity": 1})
    held = guest.post("checkouts").json
    contact = {"email": "ada@example.com", "name": "Ada", "language": "de"}
    changed = guest.patch(f"checkouts/{held['id']}", {"contact": contact})
    assert changed.json["language"] == "de"
