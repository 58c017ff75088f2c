"""Money moves once: every call to the gateway is repeated with one key until it is answered."""

from watchstore.domain.errors import IllegalTransition, PaymentDeclined
from watchstore.domain.events import OrderCancelled, OrderPaid, OrderShipped
from watchstore.domain.identifiers import PaymentId
from watchstore.domain.order import Order, OrderState
from watchstore.domain.payment import Operation, Payment, PaymentState
from watchstore.domain.terms import Terms
from watchstore.service_layer.answers import Answer, receipt_answer, refusal_answer
from watchstore.service_layer.invoicing import invoice
from watchstore.service_layer.ports import (
    Begin,
    Clock,
    GatewayAnswer,
    PaymentGateway,
    UnitOfWork,
)
from watchstore.service_layer.redeeming import free_voucher
from watchstore.service_layer.retrying import retried


def settle_payment(
    payment_id: PaymentId, *, begin: Begin, gateway: PaymentGateway, clock: Clock, terms: Terms
) -> Answer:
    """Finish whatever is pending on a payment; nothing to do is fine too.

    Raises GatewayUnavailable when the gateway still gives no answer.
    """
    with begin() as uow:
        payment = uow.payments.get(payment_id)
    with begin() as uow:
        order = uow.orders.get(payment.order_id)
    return pursue(order, payment, begin=begin, gateway=gateway, clock=clock, terms=terms)


def pursue(
    order: Order,
    payment: Payment,
    *,
    begin: Begin,
    gateway: PaymentGateway,
    clock: Clock,
    terms: Terms,
) -> Answer:
    """Call and record until nothing is pending: a recorded answer may ask for the next call."""
    while payment.pending is not None:
        answer = _call(gateway, order, payment, payment.pending)
        order, payment = _record(
            payment, payment.pending, answer, begin=begin, clock=clock, terms=terms
        )
    return outcome(order, payment)


def outcome(order: Order, payment: Payment) -> Answer:
    """What the buyer is told once the payment is settled."""
    if payment.state is PaymentState.DECLINED:
        return refusal_answer(
            PaymentDeclined(
                "The payment was declined; nothing was charged.",
                reason=payment.reason,
                order_number=order.number.text,
            )
        )
    return receipt_answer(order)


def _call(
    gateway: PaymentGateway, order: Order, payment: Payment, operation: Operation
) -> GatewayAnswer:
    key = payment.key(operation)
    if operation is Operation.AUTHORISE:
        return gateway.authorise(
            key=key, amount=payment.amount, card=payment.card, order_number=order.number.text
        )
    reference = payment.reference or ""
    if operation is Operation.CAPTURE:
        return gateway.capture(key=key, reference=reference, amount=payment.amount)
    return gateway.void(key=key, reference=reference)


@retried
def _record(
    asked: Payment,
    operation: Operation,
    answer: GatewayAnswer,
    *,
    begin: Begin,
    clock: Clock,
    terms: Terms,
) -> tuple[Order, Payment]:
    """Write down the answer, unless the worker or the buyer's own request did so already."""
    with begin() as uow:
        order = uow.orders.get(asked.order_id)
        payment = uow.payments.get(asked.id)
        if payment.pending is not operation:
            return order, payment
        order, payment = note_answer(uow, order, payment, answer, clock=clock, terms=terms)
        uow.commit()
    return order, payment


def note_answer(
    uow: UnitOfWork,
    order: Order,
    payment: Payment,
    answer: GatewayAnswer,
    *,
    clock: Clock,
    terms: Terms,
) -> tuple[Order, Payment]:
    """The answer to what is pending, and what follows from it. The caller holds the order."""
    if payment.pending is None:
        raise IllegalTransition(f"A payment that is {payment.state} awaits no answer.")
    payment = payment.answered(
        payment.pending, approved=answer.approved, reference=answer.reference, reason=answer.reason
    )
    order, payment = _apply(uow, order, payment, clock)
    uow.payments.save(payment)
    if payment.state is PaymentState.CAPTURED:
        invoice(uow, order, clock=clock, terms=terms)
    return order, payment


def _apply(uow: UnitOfWork, order: Order, payment: Payment, clock: Clock) -> tuple[Order, Payment]:
    changed = order
    if payment.state is PaymentState.CAPTURED:
        changed = _shipped(uow, order, clock)
    elif order.state is OrderState.DISPATCHING:
        changed = order.recall(clock.now(), reason=f"capture refused: {payment.reason}")
    elif payment.state is PaymentState.DECLINED:
        changed = _declined(uow, order, payment, clock)
    elif payment.state is PaymentState.AUTHORISED:
        changed, payment = _authorised(uow, order, payment, clock)
    if changed is not order:
        uow.orders.save(changed)
    return changed, payment


def _authorised(
    uow: UnitOfWork, order: Order, payment: Payment, clock: Clock
) -> tuple[Order, Payment]:
    if order.state is OrderState.CANCELLED:  # cancelled meanwhile: the money goes back
        uow.keys.answer_order(order.id, receipt_answer(order))
        return order, payment.void()
    now = clock.now()
    paid = order.pay(now)
    uow.pieces.sell(order.id, now)
    uow.outbox.append(order.id, OrderPaid(str(order.id)))
    uow.keys.answer_order(order.id, receipt_answer(paid))
    return paid, payment


def _declined(uow: UnitOfWork, order: Order, payment: Payment, clock: Clock) -> Order:
    uow.keys.answer_order(order.id, outcome(order, payment))
    if order.state is OrderState.CANCELLED:
        return order
    uow.pieces.free(order.id)
    free_voucher(uow, order)
    reason = f"payment declined: {payment.reason}"
    uow.outbox.append(order.id, OrderCancelled(str(order.id), str(payment.id), reason))
    return order.cancel(clock.now(), by="gateway", reason=reason)


def _shipped(uow: UnitOfWork, order: Order, clock: Clock) -> Order:
    shipped = order.ship(clock.now())
    uow.outbox.append(order.id, OrderShipped(str(order.id), len(shipped.parcels)))
    return shipped
