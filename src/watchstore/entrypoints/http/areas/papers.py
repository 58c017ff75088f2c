"""Invoices and credit notes as PDF, for who may see their order."""

from flask import Response
from werkzeug.http import dump_options_header

from watchstore.domain.user import Permission
from watchstore.entrypoints.http.area import Area
from watchstore.entrypoints.http.areas.orders import order_number
from watchstore.entrypoints.http.permissions import PUBLIC, staff
from watchstore.entrypoints.http.sessions import Cookies, viewer
from watchstore.service_layer.commands import PrintPaper
from watchstore.service_layer.printing import Printed
from watchstore.service_layer.shop import Shop

_PDF = "application/pdf"
_SEE = staff(Permission.SEE_ORDERS)


def papers_area(shop: Shop, cookies: Cookies) -> Area:
    area = Area("papers", "Invoices and credit notes.")
    _own(area, shop, cookies)
    _office(area, shop)
    return area


def _own(area: Area, shop: Shop, cookies: Cookies) -> None:
    @area.on("GET", "/orders/<number>/invoice.pdf", access=PUBLIC, file=_PDF, refuses=(404,))
    def invoice(number: str) -> Response:
        """The invoice, from the day that the order was charged; 404 before."""
        return _file(shop.print_paper(PrintPaper(order_number(number), viewer(cookies))))

    @area.on(
        "GET",
        "/orders/<number>/credit-notes/<credit_note>.pdf",
        access=PUBLIC,
        file=_PDF,
        refuses=(404,),
    )
    def credit_note(number: str, credit_note: str) -> Response:
        """What was paid back, by the number that the order's `documents` tell."""
        command = PrintPaper(order_number(number), viewer(cookies), credit_note)
        return _file(shop.print_paper(command))


def _office(area: Area, shop: Shop) -> None:
    @area.on("GET", "/office/orders/<number>/invoice.pdf", access=_SEE, file=_PDF, refuses=(404,))
    def office_invoice(number: str) -> Response:
        """Anybody's invoice, for staff."""
        return _file(shop.print_paper(PrintPaper(order_number(number))))

    @area.on(
        "GET",
        "/office/orders/<number>/credit-notes/<credit_note>.pdf",
        access=_SEE,
        file=_PDF,
        refuses=(404,),
    )
    def office_credit_note(number: str, credit_note: str) -> Response:
        """Anybody's credit note, for staff."""
        command = PrintPaper(order_number(number), credit_note=credit_note)
        return _file(shop.print_paper(command))


def _file(printed: Printed) -> Response:
    named = dump_options_header("inline", {"filename": printed.name})
    headers = {"Content-Disposition": named, "Cache-Control": "no-store"}
    return Response(printed.content, headers=headers, content_type=printed.media_type)
