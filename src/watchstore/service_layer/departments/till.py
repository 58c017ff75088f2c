"""The till: carts, checkouts, vouchers, and placing an order."""

from watchstore.domain.cart import Cart
from watchstore.domain.identifiers import CheckoutId, VoucherCode, VoucherId
from watchstore.service_layer import (
    checking_out,
    commands,
    ordering,
    ordering_held,
    shopping,
    vouchering,
)
from watchstore.service_layer.answers import Receipt
from watchstore.service_layer.departments.department import Department
from watchstore.service_layer.queries import CheckoutView


class Till(Department):
    def put_cart_line(self, command: commands.PutCartLine) -> Cart:
        return shopping.put_cart_line(command, **self._creating)

    def remove_cart_line(self, command: commands.RemoveCartLine) -> Cart | None:
        return shopping.remove_cart_line(command, **self._timed)

    def place_order(self, command: commands.PlaceOrder) -> Receipt:
        return ordering.place_order(command, **self._settling, entropy=self.ports.entropy)

    def start_checkout(self, command: commands.StartCheckout) -> CheckoutView:
        return checking_out.start_checkout(
            command, **self._creating, limiter=self.ports.limiter, terms=self.ports.terms
        )

    def show_checkout(
        self,
        checkout_id: CheckoutId,
        shopper: commands.Shopper,
        supposing: commands.Supposing = commands.NOTHING,
    ) -> CheckoutView:
        return checking_out.show_checkout(
            checkout_id, shopper, supposing, **self._timed, terms=self.ports.terms
        )

    def change_checkout(self, command: commands.ChangeCheckout) -> CheckoutView:
        return checking_out.change_checkout(
            command, **self._timed, limiter=self.ports.limiter, terms=self.ports.terms
        )

    def leave_checkout(self, command: commands.LeaveCheckout) -> None:
        checking_out.leave_checkout(command, begin=self.begin)

    def order_checkout(self, command: commands.OrderCheckout) -> Receipt:
        return ordering_held.order_checkout(command, **self._settling, entropy=self.ports.entropy)

    def create_voucher(self, command: commands.CreateVoucher) -> VoucherId:
        return vouchering.create_voucher(command, **self._creating)

    def close_voucher(self, code: VoucherCode) -> None:
        vouchering.close_voucher(code, **self._timed)
