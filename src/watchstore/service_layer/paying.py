"""Money moves once: every call to the gateway is repeated with one key until it is answered."""

from dataclasses import replace
from typing import Unpack

from watchstore.domain.errors import IllegalTransition, PaymentDeclined
from watchstore.domain.events import OrderCancelled, OrderPaid, OrderShipped
from watchstore.domain.identifiers import PaymentId
from watchstore.domain.order import Order, OrderState
from watchstore.domain.payment import Operation, Payment, PaymentState
from watchstore.domain.terms import Terms
from watchstore.service_layer.answers import (
    Answer,
    Receipt,
    receipt,
    receipt_answer,
    receipt_of,
    refusal_answer,
)
from watchstore.service_layer.given import Settling
from watchstore.service_layer.invoicing import invoice
from watchstore.service_layer.ports import (
    ALREADY_VOIDED,
    Begin,
    Clock,
    GatewayAnswer,
    GatewayOutcome,
    GatewayPending,
    GatewayUnavailable,
    PaymentGateway,
    UnitOfWork,
)
from watchstore.service_layer.redeeming import free_voucher
from watchstore.service_layer.retrying import retried
from watchstore.service_layer.waiting import action_of, is_given_up, note_waiting


def settle_payment(payment_id: PaymentId, **settling: Unpack[Settling]) -> Answer:
    """Finish whatever is pending on a payment; nothing to do is fine too.

    Raises GatewayUnavailable when the gateway still gives no answer.
    """
    return pursue(*_found(payment_id, begin=settling["begin"]), **settling)


def asked_again(payment_id: PaymentId, **settling: Unpack[Settling]) -> Receipt:
    """How a payment stands now; raises PaymentDeclined."""
    return told(*_found(payment_id, begin=settling["begin"]), **settling)


def told(order: Order, payment: Payment, **settling: Unpack[Settling]) -> Receipt:
    """The receipt once nothing is pending, or as it is while the gateway gives no answer."""
    try:
        return receipt_of(pursue(order, payment, **settling))
    except GatewayUnavailable:
        return receipt(order)


def _found(payment_id: PaymentId, *, begin: Begin) -> tuple[Order, Payment]:
    with begin() as uow:
        payment = uow.payments.get(payment_id)
    with begin() as uow:
        return uow.orders.get(payment.order_id), payment


def pursue(
    order: Order,
    payment: Payment,
    *,
    begin: Begin,
    gateway: PaymentGateway,
    clock: Clock,
    terms: Terms,
) -> Answer:
    """Call and record until nothing is pending: a recorded answer may ask for the next call.

    It ends as well when the gateway waits for somebody else, unless the order is cancelled.
    Raises GatewayUnavailable when there is no answer, or when it does not let go of the money.
    """
    while (operation := payment.pending) is not None:
        answer = _call(gateway, order, payment, operation)
        if isinstance(answer, GatewayPending):
            order, payment = note_waiting(payment, answer, begin=begin)
            if operation is not payment.pending:
                continue
            if not is_given_up(order, payment):
                return receipt_answer(order, action_of(answer))
            answer = _withdrawn(gateway, order, payment, answer)
        order, payment = _record(payment, operation, answer, begin=begin, clock=clock, terms=terms)
        if operation is Operation.VOID and payment.pending is operation:
            raise GatewayUnavailable(f"It does not let go of the money: {answer.reason}.")
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
) -> GatewayOutcome:
    key = payment.key(operation)
    if operation is Operation.AUTHORISE:
        return gateway.authorise(
            key=key, amount=payment.amount, card=payment.card, order_number=order.number.text
        )
    reference = payment.reference or ""
    if operation is Operation.CAPTURE:
        return gateway.capture(key=key, reference=reference, amount=payment.amount)
    return _settled(gateway.void(key=key, reference=reference))


def _settled(answer: GatewayAnswer) -> GatewayAnswer:
    """Nothing is set aside any more, whoever let go of it: that is what a void is for."""
    done = answer.approved or answer.reason == ALREADY_VOIDED
    return replace(answer, approved=done)


def _withdrawn(
    gateway: PaymentGateway, order: Order, payment: Payment, waiting: GatewayPending
) -> GatewayAnswer:
    """Wait no longer for the buyer: what they did until now counts."""
    gateway.void(key=payment.key(Operation.VOID), reference=waiting.reference)
    answer = _call(gateway, order, payment, Operation.AUTHORISE)
    if isinstance(answer, GatewayPending):
        raise GatewayUnavailable("It goes on waiting for the buyer.")
    return answer


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
        if not payment.awaits(asked.key(operation)):
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
