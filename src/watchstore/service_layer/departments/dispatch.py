"""Dispatch: what comes after the sale, until the last watch and the last cent are where they
belong."""

from watchstore.domain.identifiers import PaymentId
from watchstore.service_layer import (
    commands,
    confirming,
    fulfilling,
    noticing,
    paying,
    printing,
    refunding,
    returning,
    tracking,
)
from watchstore.service_layer.answers import Answer, Receipt, RefundReceipt, ReturnReceipt
from watchstore.service_layer.departments.department import Department
from watchstore.service_layer.printing import Printed


class Dispatch(Department):
    def cancel_order(self, command: commands.CancelOrder) -> Receipt:
        return fulfilling.cancel_order(
            command,
            begin=self.begin,
            gateway=self.ports.gateway,
            clock=self.ports.clock,
            terms=self.ports.terms,
        )

    def ship_order(self, command: commands.ShipOrder) -> Receipt:
        return fulfilling.ship_order(
            command,
            begin=self.begin,
            gateway=self.ports.gateway,
            clock=self.ports.clock,
            terms=self.ports.terms,
        )

    def deliver_order(self, command: commands.DeliverOrder) -> Receipt:
        return fulfilling.deliver_order(command, begin=self.begin, clock=self.ports.clock)

    def print_paper(self, command: commands.PrintPaper) -> Printed:
        return printing.print_paper(
            command, orders=self.orders, begin=self.begin, printer=self.ports.printer
        )

    def track_order(self, command: commands.TrackOrder) -> tracking.TrackedOrder:
        return tracking.track_order(command, orders=self.orders, limiter=self.ports.limiter)

    def request_return(self, command: commands.RequestReturn) -> ReturnReceipt:
        return returning.request_return(
            command, begin=self.begin, clock=self.ports.clock, entropy=self.ports.entropy
        )

    def decide_return(self, command: commands.DecideReturn) -> ReturnReceipt:
        return returning.decide_return(command, begin=self.begin, clock=self.ports.clock)

    def inspect_return(self, command: commands.InspectReturn) -> ReturnReceipt:
        return returning.inspect_return(
            command,
            begin=self.begin,
            gateway=self.ports.gateway,
            clock=self.ports.clock,
            entropy=self.ports.entropy,
            terms=self.ports.terms,
        )

    def refund_order(self, command: commands.RefundOrder) -> RefundReceipt:
        return refunding.refund_order(
            command,
            begin=self.begin,
            gateway=self.ports.gateway,
            clock=self.ports.clock,
            entropy=self.ports.entropy,
            terms=self.ports.terms,
        )

    def take_notice(self, command: commands.TakeNotice) -> None:
        noticing.take_notice(
            command,
            readers=self.ports.notices,
            begin=self.begin,
            gateway=self.ports.gateway,
            clock=self.ports.clock,
            terms=self.ports.terms,
        )

    def confirm_payment(self, command: commands.ConfirmPayment) -> Receipt:
        return confirming.confirm_payment(
            command,
            begin=self.begin,
            gateway=self.ports.gateway,
            clock=self.ports.clock,
            limiter=self.ports.limiter,
            terms=self.ports.terms,
        )

    def answer_bank(self, command: commands.AnswerBank) -> None:
        confirming.answer_bank(command, bank=self.ports.bank, limiter=self.ports.limiter)

    def settle_payment(self, payment_id: PaymentId) -> Answer:
        return paying.settle_payment(
            payment_id,
            begin=self.begin,
            gateway=self.ports.gateway,
            clock=self.ports.clock,
            terms=self.ports.terms,
        )
