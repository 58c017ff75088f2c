"""Dispatch: what comes after the sale, until the last watch and the last cent are where they
belong."""

from watchstore.domain.identifiers import PaymentId
from watchstore.service_layer import (
    commands,
    confirming,
    fulfilling,
    leaving_out,
    noticing,
    paying,
    printing,
    refunding,
    returning,
    tracking,
)
from watchstore.service_layer.answers import (
    Answer,
    LeftOutReceipt,
    Receipt,
    RefundReceipt,
    ReturnReceipt,
)
from watchstore.service_layer.departments.department import Department
from watchstore.service_layer.printing import Printed


class Dispatch(Department):
    def cancel_order(self, command: commands.CancelOrder) -> Receipt:
        return fulfilling.cancel_order(command, **self._settling)

    def ship_order(self, command: commands.ShipOrder) -> Receipt:
        return fulfilling.ship_order(command, **self._settling)

    def leave_out_rest(self, command: commands.LeaveOutRest) -> LeftOutReceipt:
        return leaving_out.leave_out_rest(command, **self._settling, entropy=self.ports.entropy)

    def deliver_order(self, command: commands.DeliverOrder) -> Receipt:
        return fulfilling.deliver_order(command, **self._timed)

    def print_paper(self, command: commands.PrintPaper) -> Printed:
        return printing.print_paper(
            command, orders=self.orders, begin=self.begin, printer=self.ports.printer
        )

    def track_order(self, command: commands.TrackOrder) -> tracking.TrackedOrder:
        return tracking.track_order(command, orders=self.orders, limiter=self.ports.limiter)

    def request_return(self, command: commands.RequestReturn) -> ReturnReceipt:
        return returning.request_return(command, **self._creating)

    def decide_return(self, command: commands.DecideReturn) -> ReturnReceipt:
        return returning.decide_return(command, **self._timed)

    def inspect_return(self, command: commands.InspectReturn) -> ReturnReceipt:
        return returning.inspect_return(command, **self._settling, entropy=self.ports.entropy)

    def repay_return(self, command: commands.RepayReturn) -> ReturnReceipt:
        return returning.repay_return(command, **self._settling, entropy=self.ports.entropy)

    def refund_order(self, command: commands.RefundOrder) -> RefundReceipt:
        return refunding.refund_order(command, **self._settling, entropy=self.ports.entropy)

    def take_notice(self, command: commands.TakeNotice) -> None:
        noticing.take_notice(command, **self._settling, readers=self.ports.notices)

    def confirm_payment(self, command: commands.ConfirmPayment) -> Receipt:
        return confirming.confirm_payment(command, **self._settling, limiter=self.ports.limiter)

    def answer_bank(self, command: commands.AnswerBank) -> None:
        confirming.answer_bank(command, bank=self.ports.bank, limiter=self.ports.limiter)

    def settle_payment(self, payment_id: PaymentId) -> Answer:
        return paying.settle_payment(payment_id, **self._settling)
