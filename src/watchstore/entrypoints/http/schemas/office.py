"""The back office: watches, offers, pieces, orders."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from marshmallow import Schema, fields, validate

from watchstore.domain.identifiers import OrderNumber, SerialNumber, plain_text
from watchstore.domain.offer import Condition
from watchstore.domain.order import Parcel
from watchstore.domain.watch import Movement, Publication, Specification
from watchstore.entrypoints.http.bodies import within
from watchstore.entrypoints.http.schemas.buying import ReasonBody, some_lines, wanted
from watchstore.entrypoints.http.schemas.common import (
    Amount,
    Closed,
    CreatedAnswer,
    StrictBool,
    money,
    optional_text,
    text,
    whole,
)
from watchstore.entrypoints.http.schemas.rows import page_of, schema_of
from watchstore.service_layer.answers import LeftOutReceipt, RefundReceipt
from watchstore.service_layer.commands import NewPiece, RefundOrder, ShipOrder
from watchstore.service_layer.ports import RequestKey
from watchstore.service_layer.queries import (
    DeadLetterRow,
    OfficeWatchPage,
    PieceRow,
    StockRow,
    WatchPassport,
)

WatchesAnswer = schema_of(OfficeWatchPage)
WatchAnswer = schema_of(WatchPassport)
RefundAnswer = schema_of(RefundReceipt)
LeftOutAnswer = schema_of(LeftOutReceipt)
PiecesAnswer = page_of(PieceRow, "Pieces")
DeadLettersAnswer = page_of(DeadLetterRow, "DeadLetters")
StockAnswer = page_of(StockRow, "Stock")

# A passport calls the first year of making `year`.
_RENAMED: Final = {"year": "first_year"}
_MILLIMETRES: Final = ("diameter_mm", "thickness_mm", "lug_to_lug_mm", "lug_width_mm")


class WatchesQuery(Closed):
    q = text(120, shortest=0, required=False, load_default="")
    publication = fields.Str(
        load_default=None, validate=validate.OneOf(list(map(str, Publication)))
    )
    page = fields.Int(load_default=1, validate=validate.Range(1, 10_000))
    limit = fields.Int(load_default=50, validate=validate.Range(1, 100))


def _number() -> fields.Decimal:
    return fields.Decimal(places=2, allow_none=True, metadata={"type": "number"})


def _count(least: int, most: int) -> fields.Int:
    return whole(least, most, required=False, allow_none=True)


class SpecificationBody(Closed):
    """What is left out stays as it is; null means not known."""

    movement = fields.Str(allow_none=True, validate=validate.OneOf(list(map(str, Movement))))
    calibre = text(80, shortest=0, required=False)
    case_material = text(80, shortest=0, required=False)
    diameter_mm = _number()
    thickness_mm = _number()
    lug_to_lug_mm = _number()
    lug_width_mm = _number()
    dial_colour = text(80, shortest=0, required=False)
    bracelet_material = text(80, shortest=0, required=False)
    crystal = text(80, shortest=0, required=False)
    water_resistance_m = _count(0, 20_000)
    power_reserve_h = _count(1, 20_000)
    complications = fields.List(text(60), validate=validate.Length(max=20))
    year = _count(1800, 2100)


class WatchBody(Closed):
    brand = text(60)
    collection = optional_text(80)
    reference = text(60)
    name = text(200)
    specification = fields.Nested(SpecificationBody, load_default=dict)
    publish = StrictBool(load_default=False)


class WatchChanges(Closed):
    collection = text(80, shortest=0, required=False)
    name = text(200, required=False)
    specification = fields.Nested(SpecificationBody, load_default=dict)


class NewWatchAnswer(CreatedAnswer):
    slug = fields.Str(required=True)


class OfferBody(Closed):
    condition = fields.Str(required=True, validate=validate.OneOf(list(map(str, Condition))))
    price = fields.Nested(Amount, required=True)
    note = optional_text(500)


class PriceBody(Closed):
    price = fields.Nested(Amount, required=True)


class VersionAnswer(Schema):
    version = fields.Int(required=True)


class PieceBody(Closed):
    serial = text(40, required=False, allow_none=True, load_default=None)
    box = StrictBool(load_default=False)
    papers = StrictBool(load_default=False)


class PiecesBody(Closed):
    pieces = fields.List(fields.Nested(PieceBody), required=True, validate=validate.Length(1, 200))


class ReceivedAnswer(Schema):
    received = fields.Int(required=True)


class ReplayBody(Closed):
    consumer = text(60, required=False, allow_none=True, load_default=None)


class ReplayedAnswer(Schema):
    replayed = fields.Int(required=True)


class RefundBody(Closed):
    """An amount, or pieces of some lines; with neither, all that is left."""

    amount = fields.Nested(Amount, load_default=None, allow_none=True)
    lines = some_lines()
    reason = optional_text(200)


class ParcelBody(Closed):
    """With no lines, all that was not sent yet."""

    carrier = text(60)
    tracking = text(80)
    lines = some_lines()


class CancelBody(ReasonBody):
    """Without `restock` the pieces are withdrawn from sale."""

    restock = StrictBool(load_default=True)


class LeaveOutBody(ReasonBody):
    """Without `restock` the pieces are withdrawn from sale."""

    restock = StrictBool(load_default=False)


class DecisionBody(Closed):
    note = optional_text(200)


class InspectionBody(DecisionBody):
    accepted = StrictBool(required=True)
    restock = StrictBool(load_default=False)


def specification(given: Mapping[str, Any]) -> Specification:
    facts = {_RENAMED.get(name, name): value for name, value in given.items()}
    if facts.get("movement") is not None:
        facts["movement"] = Movement(facts["movement"])
    if "complications" in facts:
        facts["complications"] = tuple(
            plain_text(one, "complications", longest=60) for one in facts["complications"]
        )
    return Specification(**facts)


def known_facts(passport: WatchPassport) -> dict[str, Any]:
    """The specification of a passport, as if it had been sent."""
    facts = {name: getattr(passport, name) for name in SpecificationBody().fields}
    for name in _MILLIMETRES:
        if facts[name] is not None:
            facts[name] = Decimal(str(facts[name]))
    return facts


def new_piece(given: Mapping[str, Any]) -> NewPiece:
    serial = SerialNumber.parse(given["serial"]) if given["serial"] else None
    return NewPiece(serial, given["box"], given["papers"])


def refund_command(
    given: Mapping[str, Any], number: OrderNumber, *, by: str, key: RequestKey | None
) -> RefundOrder:
    with within("amount"):
        amount = money(given["amount"]) if given["amount"] else None
    return RefundOrder(number, by, given["reason"], amount, wanted(given), key)


def ship_command(given: Mapping[str, Any], number: OrderNumber, *, by: str) -> ShipOrder:
    parcel = Parcel.parse(carrier=given["carrier"], tracking=given["tracking"])
    return ShipOrder(number, parcel, by, wanted(given))
