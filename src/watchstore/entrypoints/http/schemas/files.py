"""CSV imports: how to take a file, and what became of it."""

from typing import Final

from marshmallow import fields

from watchstore.entrypoints.http.schemas.common import Closed, text
from watchstore.entrypoints.http.schemas.rows import schema_of
from watchstore.service_layer.importing.report import ImportReport, OffersReport

ImportAnswer: Final = schema_of(ImportReport)
OffersImportAnswer: Final = schema_of(OffersReport)


class ImportQuery(Closed):
    """A dry run tells the same and changes nothing."""

    dry_run = fields.Bool(load_default=False)
    default_currency = text(3, shortest=3, required=False, load_default=None)


class CatalogueImportQuery(ImportQuery):
    publish = fields.Bool(load_default=False)
