"""The till: carts, checkouts, vouchers, and placing an order."""

from watchstore.domain.cart import Cart
from watchstore.domain.identifiers import CheckoutId, VoucherCode, VoucherId
from watchstore.service_layer import (
    checking_out,
    commands,
    ordering,
    shopping,
    vouchering,
)
from watchstore.service_layer.answers import Receipt
from watchstore.service_layer.commands import (
    ChangeCheckout,
    CreateVoucher,
    LeaveCheckout,
    OrderCheckout,
    StartCheckout,
)
from watchstore.service_layer.departments.department import Department
from watchstore.service_layer.queries import CheckoutView


class Till(Department):
    def put_cart_line(self, command: commands.PutCartLine) -> Cart:
        return shopping.put_cart_line(
            command, begin=self.begin, clock=self.ports.clock, entropy=self.ports.entropy
        )

    def remove_cart_line(self, command: commands.RemoveCartLine) -> Cart | None:
        return shopping.remove_cart_line(command, begin=self.begin, clock=self.ports.clock)

    def place_order(self, command: commands.PlaceOrder) -> Receipt:
        return ordering.place_order(
            command,
            begin=self.begin,
            gateway=self.ports.gateway,
            clock=self.ports.clock,
            entropy=self.ports.entropy,
            terms=self.ports.terms,
        )

    def start_checkout(self, command: StartCheckout) -> CheckoutView:
        return checking_out.start_checkout(
            command,
            begin=self.begin,
            clock=self.ports.clock,
            entropy=self.ports.entropy,
            limiter=self.ports.limiter,
            terms=self.ports.terms,
        )

    def show_checkout(
        self,
        checkout_id: CheckoutId,
        shopper: commands.Shopper,
        supposing: commands.Supposing = commands.NOTHING,
    ) -> CheckoutView:
        return checking_out.show_checkout(
            checkout_id,
            shopper,
            supposing,
            begin=self.begin,
            clock=self.ports.clock,
            terms=self.ports.terms,
        )

    def change_checkout(self, command: ChangeCheckout) -> CheckoutView:
        return checking_out.change_checkout(
            command,
            begin=self.begin,
            clock=self.ports.clock,
            limiter=self.ports.limiter,
            terms=self.ports.terms,
        )

    def leave_checkout(self, command: LeaveCheckout) -> None:
        checking_out.leave_checkout(command, begin=self.begin)

    def order_checkout(self, command: OrderCheckout) -> Receipt:
        return checking_out.order_checkout(
            command,
            begin=self.begin,
            gateway=self.ports.gateway,
            clock=self.ports.clock,
            entropy=self.ports.entropy,
            terms=self.ports.terms,
        )

    def create_voucher(self, command: CreateVoucher) -> VoucherId:
        return vouchering.create_voucher(
            command, begin=self.begin, clock=self.ports.clock, entropy=self.ports.entropy
        )

    def close_voucher(self, code: VoucherCode) -> None:
        vouchering.close_voucher(code, begin=self.begin, clock=self.ports.clock)
