"""What an account keeps: addresses and wishes; and everything about it at once."""

from marshmallow import Schema, fields, validate

from watchstore.domain.wish_list import MOST_WISHES
from watchstore.entrypoints.http.schemas.buying import AddressBody
from watchstore.entrypoints.http.schemas.common import PASSWORD, Closed, StrictBool, text
from watchstore.entrypoints.http.schemas.rows import page_of, schema_of
from watchstore.service_layer.exporting import AccountExport
from watchstore.service_layer.queries import AccountReturnRow, AddressRow, WishRow

AddressAnswer = schema_of(AddressRow)
AddressesAnswer = page_of(AddressRow, "Addresses")
AccountReturnsAnswer = page_of(AccountReturnRow, "AccountReturns")
ExportAnswer = schema_of(AccountExport)


class KeptAddressBody(AddressBody):
    """`default` puts it first; another default only gives way."""

    default = StrictBool(load_default=False)


class WishesBody(Closed):
    slugs = fields.List(
        text(200, required=False), required=True, validate=validate.Length(1, MOST_WISHES)
    )


class WishesAnswer(Schema):
    """`left_out` are those of the request for which there is no watch, or no room."""

    items = fields.List(fields.Nested(schema_of(WishRow)), required=True)
    next = fields.Str(required=True, allow_none=True)
    total = fields.Int(required=True)
    left_out = fields.List(fields.Str(), required=True)


class ErasureBody(Closed):
    password = text(PASSWORD)
