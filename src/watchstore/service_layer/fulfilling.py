"""After the sale: ship an order, which captures its payment, or cancel it, which voids it."""

from contextlib import suppress

from watchstore.domain.errors import NotFound
from watchstore.domain.events import OrderCancelled, OrderDispatched
from watchstore.domain.order import Order
from watchstore.domain.payment import Payment, PaymentState
from watchstore.service_layer.answers import Receipt, receipt, receipt_of
from watchstore.service_layer.commands import CancelOrder, ShipOrder, Shopper
from watchstore.service_layer.paying import pursue
from watchstore.service_layer.ports import (
    Begin,
    Clock,
    GatewayUnavailable,
    PaymentGateway,
    UnitOfWork,
)
from watchstore.service_layer.retrying import retried


def ship_order(
    command: ShipOrder, *, begin: Begin, gateway: PaymentGateway, clock: Clock
) -> Receipt:
    """Dispatch a paid order and take the money.

    The receipt says `shipped`; `paid` when the capture was refused and nothing may leave the
    house; `dispatching` while the gateway gives no answer.
    """
    order, payment = _dispatch(command, begin=begin, clock=clock)
    try:
        return receipt_of(pursue(order, payment, begin=begin, gateway=gateway, clock=clock))
    except GatewayUnavailable:
        return receipt(order)


@retried
def _dispatch(command: ShipOrder, *, begin: Begin, clock: Clock) -> tuple[Order, Payment]:
    with begin() as uow:
        order = uow.orders.find(command.number)
        if order is None:
            raise _no_such_order(command)
        payment = uow.payments.of_order(order.id)
        order = order.dispatch(command.parcel, clock.now(), by=command.by)
        payment = payment.capture()
        uow.orders.save(order)
        uow.payments.save(payment)
        uow.outbox.append(order.id, OrderDispatched(str(order.id), str(payment.id)))
        uow.commit()
    return order, payment


def cancel_order(
    command: CancelOrder, *, begin: Begin, gateway: PaymentGateway, clock: Clock
) -> Receipt:
    """Cancel before dispatch: the pieces are free at once, and the money is given back."""
    order, payment = _cancel(command, begin=begin, clock=clock)
    with suppress(GatewayUnavailable):  # the worker goes on
        pursue(order, payment, begin=begin, gateway=gateway, clock=clock)
    return receipt(order)  # cancelled, even if the card turns out to have been declined


@retried
def _cancel(command: CancelOrder, *, begin: Begin, clock: Clock) -> tuple[Order, Payment]:
    with begin() as uow:
        order = uow.orders.find(command.number)
        if order is None or not _may_cancel(order, command.shopper):
            raise _no_such_order(command)
        payment = uow.payments.of_order(order.id)
        order = order.cancel(clock.now(), by=command.by, reason=command.reason)
        uow.orders.save(order)
        uow.pieces.free(order.id)
        payment = _give_back(uow, payment)
        reason = command.reason or "cancelled"
        uow.outbox.append(order.id, OrderCancelled(str(order.id), str(payment.id), reason))
        uow.commit()
    return order, payment


def _give_back(uow: UnitOfWork, payment: Payment) -> Payment:
    """Void what is authorised. While the authorisation is unknown, its answer will be voided."""
    if payment.state is not PaymentState.AUTHORISED:
        return payment
    voiding = payment.void()
    uow.payments.save(voiding)
    return voiding


def _may_cancel(order: Order, shopper: Shopper | None) -> bool:
    """None stands for staff; everybody else cancels what is their own."""
    if shopper is None:
        return True
    return owned_by(order, shopper)


def owned_by(order: Order, shopper: Shopper) -> bool:
    if order.buyer is not None:
        return order.buyer == shopper.user_id
    return order.guest_hash is not None and order.guest_hash == shopper.guest_hash


def _no_such_order(command: ShipOrder | CancelOrder) -> NotFound:
    return NotFound(f"There is no order {command.number}.")
