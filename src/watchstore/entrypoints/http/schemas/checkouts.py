"""Checkouts: what is left out of a change stays as it is, and null takes it away."""

from typing import Any

from marshmallow import fields, validate

from watchstore.domain.delivery import Delivery
from watchstore.domain.identifiers import CheckoutId, VoucherCode
from watchstore.entrypoints.http.schemas.buying import (
    AddressBody,
    ContactBody,
    PaymentBody,
    address_of,
    contact_of,
    shown_total,
)
from watchstore.entrypoints.http.schemas.common import Amount, Closed, text
from watchstore.entrypoints.http.schemas.rows import schema_of
from watchstore.service_layer.commands import (
    CheckoutChanges,
    OrderCheckout,
    Shopper,
    Supposing,
)
from watchstore.service_layer.ports import RequestKey
from watchstore.service_layer.queries import CheckoutView

CheckoutAnswer = schema_of(CheckoutView)


class CheckoutQuery(Closed):
    country = fields.Str(load_default=None, validate=validate.Regexp(r"[A-Z]{2}\Z"))
    delivery = fields.Str(load_default=None, validate=validate.OneOf(list(map(str, Delivery))))


class CheckoutBody(Closed):
    """Nothing at all is a sign of life: the watches are held longer."""

    contact = fields.Nested(ContactBody, allow_none=True)
    address = fields.Nested(AddressBody, allow_none=True)
    delivery = fields.Str(validate=validate.OneOf(list(map(str, Delivery))))
    voucher = text(40, required=False, allow_none=True)


class CheckoutOrderBody(Closed):
    """`expected_total` is what the buyer was shown: another total now is refused."""

    payment = fields.Nested(PaymentBody, required=True)
    expected_total = fields.Nested(Amount, load_default=None, allow_none=True)


def supposing(query: dict[str, str | None]) -> Supposing:
    delivery = query["delivery"]
    return Supposing(query["country"], Delivery.parse(delivery) if delivery else None)


def checkout_changes(body: dict[str, Any]) -> CheckoutChanges:
    changes = CheckoutChanges()
    if "contact" in body:
        changes["contact"] = contact_of(body["contact"]) if body["contact"] else None
    if "address" in body:
        changes["address"] = address_of(body["address"]) if body["address"] else None
    if "delivery" in body:
        changes["delivery"] = Delivery.parse(body["delivery"])
    if "voucher" in body:
        changes["voucher"] = VoucherCode.parse(body["voucher"]) if body["voucher"] else None
    return changes


def order_checkout_command(
    body: dict[str, Any], checkout_id: CheckoutId, shopper: Shopper, key: RequestKey
) -> OrderCheckout:
    card = body["payment"]["card"]
    return OrderCheckout(checkout_id, shopper, card, shown_total(body["expected_total"]), key)
