"""The back office's files: CSV into the catalogue and the stock, and the catalogue as CSV."""

from http import HTTPStatus
from typing import Any, Final

from flask import Request, Response, request

from watchstore.domain.user import Permission
from watchstore.entrypoints.http.area import Area
from watchstore.entrypoints.http.permissions import staff
from watchstore.entrypoints.http.problems import BadRequest
from watchstore.entrypoints.http.schemas import files
from watchstore.entrypoints.http.security import Upload
from watchstore.service_layer.commands import ImportCatalogue, ImportOffers
from watchstore.service_layer.importing.decoding import MOST_BYTES
from watchstore.service_layer.importing.report import ImportReport, OffersReport
from watchstore.service_layer.shop import Shop

CSV: Final = "text/csv"
_EDIT = staff(Permission.EDIT_CATALOGUE)
_IMPORT = staff(Permission.EDIT_CATALOGUE, upload=Upload(CSV, MOST_BYTES))
_REFUSES: Final = (411, 413, 415)


def office_files_area(shop: Shop) -> Area:
    area = Area("office files", "CSV files in and out, for staff.")
    _imports(area, shop)
    _exports(area, shop)
    return area


def _imports(area: Area, shop: Shop) -> None:
    @area.on(
        "POST",
        "/office/imports",
        access=_IMPORT,
        query=files.CatalogueImportQuery,
        answer=files.ImportAnswer,
        refuses=_REFUSES,
    )
    def import_catalogue(query: dict[str, Any]) -> ImportReport:
        """Take over the references of a CSV file; what is not taken is told by line."""
        return shop.import_catalogue(ImportCatalogue(_file(request), **query))

    @area.on(
        "POST",
        "/office/imports/offers",
        access=_IMPORT,
        query=files.ImportQuery,
        answer=files.OffersImportAnswer,
        refuses=_REFUSES,
    )
    def import_offers(query: dict[str, Any]) -> OffersReport:
        """Receive the pieces of a CSV file, one a row; what is not taken is told by line."""
        return shop.import_offers(ImportOffers(_file(request), **query))


def _exports(area: Area, shop: Shop) -> None:
    @area.on("GET", "/office/exports/catalogue.csv", access=_EDIT)
    def export_catalogue() -> Response:
        """The whole catalogue, drafts included, as an import takes it."""
        named = {"Content-Disposition": 'attachment; filename="catalogue.csv"'}
        return Response(
            shop.export_catalogue(), headers=named, content_type=f"{CSV}; charset=utf-8"
        )

    @area.on("GET", "/office/exports/published.json", access=_EDIT)
    def export_pages() -> Response:
        """What is published, as JSON that the pages can be made from again."""
        named = {"Content-Disposition": 'attachment; filename="published.json"'}
        return Response(shop.export_pages(), headers=named, content_type="application/json")


def _file(sent: Request) -> bytes:
    if sent.mimetype != CSV:
        raise BadRequest(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", f"Send {CSV}."
        )
    if sent.content_length is None:
        # Werkzeug cuts a chunked body off at the limit without a word: half a file is no file.
        raise BadRequest(HTTPStatus.LENGTH_REQUIRED, "length_required", "Send a Content-Length.")
    return sent.get_data(cache=False)
