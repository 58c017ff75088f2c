"""After the sale: ship an order, which captures its payment, or cancel it, which voids it."""

from contextlib import suppress
from dataclasses import replace

from watchstore.domain.errors import NotFound, NotInOrder
from watchstore.domain.events import OrderCancelled, OrderDelivered, OrderDispatched, OrderShipped
from watchstore.domain.identifiers import PieceId
from watchstore.domain.order import Order, OrderState, Parcel
from watchstore.domain.payment import Payment, PaymentState
from watchstore.domain.terms import Terms
from watchstore.service_layer.answers import Receipt, receipt
from watchstore.service_layer.commands import CancelOrder, DeliverOrder, ShipOrder, Shopper
from watchstore.service_layer.paying import pursue, told
from watchstore.service_layer.ports import (
    Begin,
    Clock,
    GatewayUnavailable,
    PaymentGateway,
    UnitOfWork,
)
from watchstore.service_layer.redeeming import free_voucher
from watchstore.service_layer.refunding import unrefunded
from watchstore.service_layer.retrying import retried
from watchstore.service_layer.stocking import quantities


def ship_order(
    command: ShipOrder, *, begin: Begin, gateway: PaymentGateway, clock: Clock, terms: Terms
) -> Receipt:
    """Send a parcel; with the first one of an order, take the money.

    The receipt says `shipped` or `partly_shipped`; `paid` when the capture was refused and
    nothing may leave the house, until it is tried anew; `dispatching` while the gateway gives
    no answer. Raises NotInOrder for a piece that was sent, or is paid back.
    """
    order, payment = _dispatch(command, begin=begin, clock=clock)
    return told(order, payment, begin=begin, gateway=gateway, clock=clock, terms=terms)


@retried
def _dispatch(command: ShipOrder, *, begin: Begin, clock: Clock) -> tuple[Order, Payment]:
    with begin() as uow:
        order = uow.orders.find(command.number)
        if order is None:
            raise _no_such_order(command)
        payment = uow.payments.of_order(order.id)
        parcel = _parcel(uow, command, order, payment)
        if order.state is OrderState.PARTLY_SHIPPED:
            order = order.send(parcel, clock.now(), by=command.by)
            uow.outbox.append(order.id, OrderShipped(str(order.id), len(order.parcels)))
        else:
            order = order.dispatch(parcel, clock.now(), by=command.by)
            payment = payment.capture()
            uow.payments.save(payment)
            uow.outbox.append(order.id, OrderDispatched(str(order.id), str(payment.id)))
        uow.orders.save(order)
        uow.commit()
    return order, payment


def _parcel(uow: UnitOfWork, command: ShipOrder, order: Order, payment: Payment) -> Parcel:
    left = _paid_for(uow, order, payment)
    if command.lines:
        return replace(command.parcel, pieces=order.pick(quantities(command.lines), left))
    if left != order.unsent:
        raise NotInOrder(
            "Some of the rest was paid back: name what is sent, or leave out the rest.",
            left=len(left),
        )
    return command.parcel


def _paid_for(uow: UnitOfWork, order: Order, payment: Payment) -> tuple[PieceId, ...]:
    """What may still be sent: a watch whose money went back would be a present.

    An amount that belongs to no piece is goodwill, and stops nothing while any money is left.
    """
    if payment.state is not PaymentState.CAPTURED:
        return order.unsent
    kept = unrefunded(uow, order) if payment.refundable else ()
    return tuple(piece for piece in order.unsent if piece in kept)


@retried
def deliver_order(command: DeliverOrder, *, begin: Begin, clock: Clock) -> Receipt:
    """The carrier, or the buyer, says that everything arrived: the days to return it begin."""
    with begin() as uow:
        order = uow.orders.find(command.number)
        if order is None:
            raise _no_such_order(command)
        order = order.deliver(clock.now(), by=command.by)
        uow.orders.save(order)
        uow.outbox.append(order.id, OrderDelivered(str(order.id)))
        uow.commit()
    return receipt(order)


def cancel_order(
    command: CancelOrder, *, begin: Begin, gateway: PaymentGateway, clock: Clock, terms: Terms
) -> Receipt:
    """Cancel before dispatch: the pieces leave the order at once, and the money is given back."""
    order, payment = _cancel(command, begin=begin, clock=clock)
    with suppress(GatewayUnavailable):  # the worker goes on
        pursue(order, payment, begin=begin, gateway=gateway, clock=clock, terms=terms)
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
        _take_back(uow, command, order, clock)
        free_voucher(uow, order)
        payment = _give_back(uow, payment)
        reason = command.reason or "cancelled"
        uow.outbox.append(order.id, OrderCancelled(str(order.id), str(payment.id), reason))
        uow.commit()
    return order, payment


def _take_back(uow: UnitOfWork, command: CancelOrder, order: Order, clock: Clock) -> None:
    if command.restock:
        uow.pieces.free(order.id)
    else:
        uow.pieces.take_back(order.pieces, clock.now(), restock=False)


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


def _no_such_order(command: ShipOrder | DeliverOrder | CancelOrder) -> NotFound:
    return NotFound(f"There is no order {command.number}.")
