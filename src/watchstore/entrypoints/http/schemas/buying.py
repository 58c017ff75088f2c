"""Carts and orders. Prices and totals are answers, never inputs."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from marshmallow import Schema, fields, validate

from watchstore.domain.address import Address, Contact
from watchstore.domain.cart import MOST_LINES, MOST_OF_ONE
from watchstore.domain.delivery import Delivery
from watchstore.domain.identifiers import OfferId, VoucherCode
from watchstore.domain.language import Language
from watchstore.domain.money import Money
from watchstore.domain.order import OrderState
from watchstore.domain.papers import PaperKind
from watchstore.entrypoints.http.area import PREFIX
from watchstore.entrypoints.http.bodies import within
from watchstore.entrypoints.http.schemas.common import (
    Amount,
    Closed,
    PageQuery,
    StrictBool,
    language,
    money,
    optional_text,
    text,
    whole,
)
from watchstore.entrypoints.http.schemas.rows import schema_of
from watchstore.service_layer.answers import Receipt, ReturnReceipt
from watchstore.service_layer.commands import PlaceOrder, Shopper, Wanted
from watchstore.service_layer.ports import RequestKey
from watchstore.service_layer.queries import CartView, OrderPage, OrderView
from watchstore.service_layer.tracking import TrackedOrder

CartAnswer = schema_of(CartView)
OrdersAnswer = schema_of(OrderPage)
ReceiptAnswer = schema_of(Receipt)
ReturnAnswer = schema_of(ReturnReceipt)


class DocumentAnswer(Schema):
    """An invoice or a credit note; `path` gives it as PDF to whoever may see the order."""

    kind = fields.Str(required=True, validate=validate.OneOf(list(map(str, PaperKind))))
    number = fields.Str(required=True)
    issued_at = fields.Str(required=True)
    path = fields.Str(required=True)


def _documents() -> fields.Field[Any]:
    return fields.List(fields.Nested(DocumentAnswer), required=True)


OrderAnswer = schema_of(OrderView, documents=_documents)
TrackedAnswer = schema_of(TrackedOrder, documents=_documents)


class QuantityBody(Closed):
    quantity = whole(1, MOST_OF_ONE)


class LineBody(Closed):
    offer_id = fields.UUID(required=True)
    quantity = whole(1, MOST_OF_ONE)


def some_lines() -> fields.Field[Any]:
    """Pieces of lines of an order; none named stands for all there are."""
    return fields.List(
        fields.Nested(LineBody), load_default=list, validate=validate.Length(0, MOST_LINES)
    )


def wanted(given: Mapping[str, Any]) -> tuple[Wanted, ...]:
    return tuple(Wanted(OfferId(line["offer_id"]), line["quantity"]) for line in given["lines"])


class ContactBody(Closed):
    email = text(254)
    name = text(120)
    phone = optional_text(40)
    language = language(load_default=Language.EN.value)


class AddressBody(Closed):
    name = text(120)
    street = text(120)
    city = text(80)
    postcode = optional_text(16)
    country = text(2, shortest=2)
    extra = optional_text(120)
    region = optional_text(80)


class PaymentBody(Closed):
    """`card` is a token of the payment gateway, never a card number."""

    card = fields.Str(required=True, validate=validate.Regexp(r"[!-~]{1,100}\Z"))


class ChallengeBody(Closed):
    client_secret = fields.Str(required=True, validate=validate.Regexp(r"[!-~]{1,200}\Z"))
    approved = StrictBool(required=True)


class OrderBody(Closed):
    """`expected_total` is what the buyer was shown: another total now is refused."""

    lines = fields.List(
        fields.Nested(LineBody), required=True, validate=validate.Length(1, MOST_LINES)
    )
    contact = fields.Nested(ContactBody, required=True)
    address = fields.Nested(AddressBody, load_default=None, allow_none=True)
    delivery = fields.Str(
        load_default=Delivery.STANDARD.value, validate=validate.OneOf(list(map(str, Delivery)))
    )
    voucher = text(40, required=False, load_default=None, allow_none=True)
    payment = fields.Nested(PaymentBody, required=True)
    expected_total = fields.Nested(Amount, load_default=None, allow_none=True)


class ReasonBody(Closed):
    reason = optional_text(200)


class ReturnBody(ReasonBody):
    lines = fields.List(
        fields.Nested(LineBody), required=True, validate=validate.Length(1, MOST_LINES)
    )


class TrackBody(Closed):
    number = text(20)
    email = text(254)


class OrdersQuery(PageQuery):
    state = fields.Str(load_default=None, validate=validate.OneOf(list(map(str, OrderState))))


def place_order_command(body: dict[str, Any], shopper: Shopper, key: RequestKey) -> PlaceOrder:
    return PlaceOrder(
        wanted=wanted(body),
        contact=contact_of(body["contact"]),
        address=address_of(body["address"]) if body["address"] else None,
        card=body["payment"]["card"],
        delivery=Delivery.parse(body["delivery"]),
        shopper=shopper,
        voucher=VoucherCode.parse(body["voucher"]) if body["voucher"] else None,
        expected_total=shown_total(body["expected_total"]),
        key=key,
    )


def contact_of(given: dict[str, str]) -> Contact:
    with within("contact"):
        return Contact.parse(**given)


def address_of(given: dict[str, str]) -> Address:
    with within("address"):
        return address_at(given)


def address_at(given: dict[str, str]) -> Address:
    """An address that is the whole body."""
    return Address.parse(**given)


def shown_total(given: dict[str, Any] | None) -> Money | None:
    with within("expected_total"):
        return money(given) if given else None


def as_told_to_the_buyer(order: OrderView) -> dict[str, Any]:
    """The order without the names of staff, which the timeline keeps for the office."""
    told = with_paths(order, f"{PREFIX}/orders")
    for entry in told["timeline"]:
        if entry["by"] not in ("buyer", "gateway"):
            entry["by"] = "shop"
    return told


def with_paths(order: OrderView | TrackedOrder, where: str) -> dict[str, Any]:
    """The order, with the address of each of its documents."""
    told = asdict(order)
    for document in told["documents"]:
        invoice = document["kind"] == PaperKind.INVOICE
        name = "invoice" if invoice else f"credit-notes/{document['number']}"
        document["path"] = f"{where}/{order.number}/{name}.pdf"
    return told
