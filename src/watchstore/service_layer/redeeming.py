"""Vouchers in an order's transaction: locked, redeemed, and freed when it comes to nothing."""

from datetime import datetime

from watchstore.domain.address import Contact
from watchstore.domain.errors import VoucherRefused
from watchstore.domain.identifiers import UserId, VoucherCode
from watchstore.domain.money import Money
from watchstore.domain.order import Order
from watchstore.domain.vouchers import Voucher
from watchstore.service_layer.ports import UnitOfWork


def customer_of(user_id: UserId | None, contact: Contact | None) -> str | None:
    """Who a voucher's uses are counted for: an account, else a guest's mail address."""
    if user_id is not None:
        return f"user:{user_id}"
    return f"mail:{contact.email}" if contact else None


def locked_voucher(uow: UnitOfWork, code: VoucherCode | None) -> Voucher | None:
    """The voucher that an order is made with; from here on everybody who uses it waits."""
    if code is None:
        return None
    return known(uow.vouchers.find(code), code)


def usable_voucher(
    uow: UnitOfWork, code: VoucherCode, items: Money, customer: str | None, at: datetime
) -> Voucher:
    """The voucher, as things are now; raises VoucherRefused. The order itself asks again."""
    voucher = known(uow.vouchers.peek(code), code)
    voucher.require_good_for(items, at)
    voucher.require_left(uow.vouchers.uses(voucher.id, customer))
    return voucher


def redeem_voucher(uow: UnitOfWork, order: Order, voucher: Voucher | None) -> None:
    if voucher is not None:
        voucher.require_good_for(order.prices.items, order.placed_at)
        customer = customer_of(order.buyer, order.contact) or ""
        uow.vouchers.redeem(voucher, order.id, customer)


def free_voucher(uow: UnitOfWork, order: Order) -> None:
    if order.prices.voucher is not None:
        uow.vouchers.free(order.id)


def known(voucher: Voucher | None, code: VoucherCode) -> Voucher:
    if voucher is None:
        raise VoucherRefused("There is no such voucher.", reason="unknown", voucher=code.text)
    return voucher
