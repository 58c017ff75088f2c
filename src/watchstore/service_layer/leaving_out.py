"""The rest of an order that was sent in part, and can never be sent: given up, and paid back."""

from watchstore.domain.errors import NotFound
from watchstore.domain.events import RestLeftOut
from watchstore.domain.order import Order
from watchstore.domain.refund import Refund
from watchstore.domain.terms import Terms
from watchstore.service_layer.answers import LeftOutReceipt, left_out_receipt
from watchstore.service_layer.commands import LeaveOutRest
from watchstore.service_layer.ports import Begin, Clock, Entropy, PaymentGateway
from watchstore.service_layer.refunding import attempt, set_aside_for
from watchstore.service_layer.remembering import earlier_creation, remember_creation
from watchstore.service_layer.retrying import retried


def leave_out_rest(
    command: LeaveOutRest,
    *,
    begin: Begin,
    gateway: PaymentGateway,
    clock: Clock,
    entropy: Entropy,
    terms: Terms,
) -> LeftOutReceipt:
    """Send no more of an order, and give back what the rest cost, if it was not given back before.

    When the bank refuses that refund, it is asked for again as any other, by line.
    """
    order, refund = _leave_out(command, begin=begin, clock=clock, entropy=entropy)
    if refund is not None:
        refund = attempt(refund, begin=begin, gateway=gateway, clock=clock, terms=terms)
    return left_out_receipt(order, refund)


@retried
def _leave_out(
    command: LeaveOutRest, *, begin: Begin, clock: Clock, entropy: Entropy
) -> tuple[Order, Refund | None]:
    with begin() as uow:
        earlier = earlier_creation(uow, command.key)
        order = uow.orders.find(command.number)
        if order is None:
            raise NotFound(f"There is no order {command.number}.")
        if earlier is not None:
            made = (one for one in uow.refunds.of_order(order.id) if one.id == earlier)
            return order, next(made, None)
        order = order.leave_out(clock.now(), by=command.by, reason=command.reason)
        order, refund = set_aside_for(
            uow, order, order.left_out, "not sent", by=command.by, clock=clock, entropy=entropy
        )
        uow.pieces.take_back(order.left_out, clock.now(), restock=command.restock)
        uow.orders.save(order)
        paying = str(refund.id) if refund else None
        uow.outbox.append(order.id, RestLeftOut(str(order.id), command.reason, paying))
        remember_creation(uow, command.key, refund.id if refund else order.id)
        uow.commit()
    return order, refund
