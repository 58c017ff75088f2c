"""Vouchers, as staff make them."""

from typing import Any

from marshmallow import fields, validate

from watchstore.domain.errors import InvalidValue
from watchstore.domain.identifiers import VoucherCode
from watchstore.domain.money import Currency
from watchstore.domain.vouchers import (
    KINDS,
    UNLIMITED,
    AmountOff,
    Benefit,
    FreeDelivery,
    PercentOff,
)
from watchstore.entrypoints.http.schemas.common import Amount, Closed, money, text, whole
from watchstore.entrypoints.http.schemas.rows import page_of
from watchstore.service_layer.commands import CreateVoucher
from watchstore.service_layer.ports import RequestKey
from watchstore.service_layer.queries import VoucherRow

VouchersAnswer = page_of(VoucherRow, "Vouchers")


def _limit() -> fields.Int:
    return whole(1, UNLIMITED, required=False, allow_none=True, load_default=None)


class VoucherBody(Closed):
    """A `percent` voucher has `percent`, an `amount` voucher `amount`; no limit is null."""

    code = text(32)
    kind = fields.Str(required=True, validate=validate.OneOf(list(KINDS.values())))
    percent = whole(1, 99, required=False, allow_none=True, load_default=None)
    amount = fields.Nested(Amount, allow_none=True, load_default=None)
    currency = text(3, shortest=3, required=False, allow_none=True, load_default=None)
    minimum = fields.Nested(Amount, allow_none=True, load_default=None)
    starts_at = fields.AwareDateTime(format="iso", allow_none=True, load_default=None)
    ends_at = fields.AwareDateTime(format="iso", allow_none=True, load_default=None)
    uses = _limit()
    uses_per_customer = _limit()


def create_voucher_command(body: dict[str, Any], key: RequestKey | None) -> CreateVoucher:
    minimum = money(body["minimum"]) if body["minimum"] else None
    benefit = _benefit(body)
    return CreateVoucher(
        VoucherCode.parse(body["code"]),
        benefit,
        body["starts_at"],
        body["ends_at"],
        _currency(body, benefit),
        minimum,
        body["uses"] or UNLIMITED,
        body["uses_per_customer"] or UNLIMITED,
        key,
    )


def _benefit(body: dict[str, Any]) -> Benefit:
    kind = body["kind"]
    for name in ("percent", "amount"):
        if (body[name] is not None) != (kind == name):
            raise InvalidValue(name, f"is what a voucher of kind {name} has, and no other")
    if kind == KINDS[PercentOff]:
        return PercentOff(body["percent"])
    return AmountOff(money(body["amount"])) if kind == KINDS[AmountOff] else FreeDelivery()


def _currency(body: dict[str, Any], benefit: Benefit) -> Currency | None:
    """Told by an amount when it is not given."""
    if body["currency"]:
        return Currency.parse(body["currency"])
    if isinstance(benefit, AmountOff):
        return benefit.amount.currency
    return money(body["minimum"]).currency if body["minimum"] else None
