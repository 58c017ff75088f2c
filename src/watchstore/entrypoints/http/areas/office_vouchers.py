"""The back office's vouchers: make, list, close."""

from typing import Any

from flask import request

from watchstore.domain.errors import InvalidValue, NotFound
from watchstore.domain.identifiers import VoucherCode
from watchstore.domain.user import Permission
from watchstore.entrypoints.http.area import IDEMPOTENCY_KEY, Area
from watchstore.entrypoints.http.permissions import staff
from watchstore.entrypoints.http.schemas import vouchers
from watchstore.entrypoints.http.schemas.common import CreatedAnswer
from watchstore.entrypoints.http.schemas.rows import one_page
from watchstore.entrypoints.http.staff import staff_key
from watchstore.service_layer.shop import Shop

_VOUCHERS = staff(Permission.EDIT_VOUCHERS)


def office_vouchers_area(shop: Shop) -> Area:
    area = Area("office vouchers", "What is taken off, for whom, and until when.")

    @area.on("GET", "/office/vouchers", access=_VOUCHERS, answer=vouchers.VouchersAnswer)
    def office_vouchers() -> dict[str, Any]:
        """Every voucher, with how often it is used."""
        return one_page(shop.office.vouchers())

    @area.on(
        "POST",
        "/office/vouchers",
        access=_VOUCHERS,
        body=vouchers.VoucherBody,
        answer=CreatedAnswer,
        status=201,
        refuses=(409,),
        parameters=(IDEMPOTENCY_KEY,),
    )
    def create_voucher(body: dict[str, Any]) -> dict[str, Any]:
        """Make a voucher; its terms never change."""
        command = vouchers.create_voucher_command(body, staff_key(request))
        return {"id": shop.create_voucher(command)}

    @area.on(
        "POST",
        "/office/vouchers/<code>/close",
        access=_VOUCHERS,
        status=204,
        refuses=(404, 409),
    )
    def close_voucher(code: str) -> None:
        """Let nobody use it any more; orders keep their discount."""
        shop.close_voucher(_code(code))

    return area


def _code(text: str) -> VoucherCode:
    """The code in a path; what cannot be one names nothing."""
    try:
        return VoucherCode.parse(text)
    except InvalidValue:
        raise NotFound("There is no such voucher.") from None
