"""Giving money back: the amount is set aside first, then the gateway is called with one key."""

from collections.abc import Collection
from typing import Unpack

from watchstore.domain.errors import InvalidValue, NotFound
from watchstore.domain.events import OrderRefunded, RefundAsked
from watchstore.domain.identifiers import PieceId, RefundId, plain_text
from watchstore.domain.money import Money
from watchstore.domain.order import Order
from watchstore.domain.payment import Payment
from watchstore.domain.refund import Refund, RefundState
from watchstore.domain.terms import Terms
from watchstore.service_layer.answers import RefundReceipt, refund_receipt
from watchstore.service_layer.commands import RefundOrder, Wanted
from watchstore.service_layer.given import Settling
from watchstore.service_layer.invoicing import credit
from watchstore.service_layer.ports import (
    Begin,
    Clock,
    Entropy,
    GatewayAnswer,
    GatewayPending,
    GatewayUnavailable,
    PaymentGateway,
    UnitOfWork,
)
from watchstore.service_layer.remembering import earlier_creation, remember_creation
from watchstore.service_layer.retrying import retried
from watchstore.service_layer.stocking import quantities


def refund_order(
    command: RefundOrder,
    *,
    begin: Begin,
    gateway: PaymentGateway,
    clock: Clock,
    terms: Terms,
    entropy: Entropy,
) -> RefundReceipt:
    """Give money back for a charged order: all, an amount, or what some pieces cost.

    Raises RefundTooLarge; NotInOrder for a piece that is paid back already, or is on its way
    back: its return will pay for it.
    """
    refund = _ask(command, begin=begin, clock=clock, entropy=entropy)
    return refund_receipt(attempt(refund, begin=begin, gateway=gateway, clock=clock, terms=terms))


def attempt(refund: Refund, **settling: Unpack[Settling]) -> Refund:
    """Settle now if the gateway answers; else it stays pending, and the worker goes on."""
    try:
        return settle_refund(refund.id, **settling)
    except GatewayUnavailable:
        return refund


def settle_refund(
    refund_id: RefundId, *, begin: Begin, gateway: PaymentGateway, clock: Clock, terms: Terms
) -> Refund:
    """Finish a refund that is pending; it stays so while the bank takes its time.

    Raises GatewayUnavailable when there is no answer.
    """
    with begin() as uow:
        refund = uow.refunds.get(refund_id)
    if refund.state is not RefundState.PENDING:
        return refund
    with begin() as uow:
        payment = uow.payments.get(refund.payment_id)
    answer = gateway.refund(key=refund.key, reference=payment.reference or "", amount=refund.amount)
    if isinstance(answer, GatewayPending):
        return refund
    return _record(refund, answer, begin=begin, clock=clock, terms=terms)


@retried
def _ask(command: RefundOrder, *, begin: Begin, clock: Clock, entropy: Entropy) -> Refund:
    with begin() as uow:
        earlier = earlier_creation(uow, command.key)
        if earlier is not None:
            return uow.refunds.get(RefundId(earlier))
        order = uow.orders.find(command.number)
        if order is None:
            raise NotFound(f"There is no order {command.number}.")
        payment = uow.payments.of_order(order.id)
        refund = _wanted(uow, command, order, payment, clock=clock, entropy=entropy)
        uow.orders.save(set_aside(uow, order, payment, refund))
        remember_creation(uow, command.key, refund.id)
        uow.commit()
    return refund


def _wanted(
    uow: UnitOfWork,
    command: RefundOrder,
    order: Order,
    payment: Payment,
    *,
    clock: Clock,
    entropy: Entropy,
) -> Refund:
    if command.amount is not None and command.lines:
        raise InvalidValue("amount", "must not be given together with lines")
    pieces = _pieces(uow, order, command.lines)
    return Refund(
        RefundId(entropy.new_id()),
        order.id,
        payment.id,
        order.price_of(pieces) if pieces else _amount(command, payment),
        clock.now(),
        command.by,
        plain_text(command.reason, "reason", longest=200, empty=True),
        pieces,
    )


def _amount(command: RefundOrder, payment: Payment) -> Money:
    if command.amount is not None:
        return command.amount
    return payment.rest()


def _pieces(uow: UnitOfWork, order: Order, lines: tuple[Wanted, ...]) -> tuple[PieceId, ...]:
    """What an open return will pay back is not paid back by hand as well.

    Of several alike, those that were not sent come first: the buyer has the others.
    """
    if not lines:
        return ()
    coming = {piece for one in uow.returns.of_order(order.id) if one.open for piece in one.pieces}
    left = [piece for piece in unrefunded(uow, order) if piece not in coming]
    return order.pick(quantities(lines), sorted(left, key=order.sent.__contains__))


def unrefunded(uow: UnitOfWork, order: Order) -> tuple[PieceId, ...]:
    """The pieces that are not paid back, nor about to be."""
    counted = (refund for refund in uow.refunds.of_order(order.id) if refund.counts)
    paid_back = {piece for refund in counted for piece in refund.pieces}
    return tuple(piece for piece in order.pieces if piece not in paid_back)


def set_aside_for(
    uow: UnitOfWork,
    order: Order,
    wanted: Collection[PieceId],
    reason: str,
    *,
    by: str,
    clock: Clock,
    entropy: Entropy,
) -> tuple[Order, Refund | None]:
    """What pieces cost, as far as that is still with the shop; None when nothing is."""
    payment, left = uow.payments.of_order(order.id), unrefunded(uow, order)
    pieces = tuple(piece for piece in left if piece in wanted)
    amount = min(order.price_of(pieces), payment.refundable)
    if not amount:
        return order, None
    refund = Refund(
        RefundId(entropy.new_id()),
        order.id,
        payment.id,
        amount,
        clock.now(),
        by,
        reason,
        pieces,
    )
    return set_aside(uow, order, payment, refund), refund


def set_aside(uow: UnitOfWork, order: Order, payment: Payment, refund: Refund) -> Order:
    """Ask for a refund in the transaction of whoever wants it. The caller saves the order."""
    note = f"refund of {refund.amount} asked for" + (f": {refund.reason}" if refund.reason else "")
    uow.payments.save(payment.refund(refund.amount))
    uow.refunds.add(refund)
    uow.outbox.append(order.id, RefundAsked(str(order.id), str(refund.id)))
    return order.noted(note, refund.asked_at, by=refund.by)


@retried
def _record(
    asked: Refund, answer: GatewayAnswer, *, begin: Begin, clock: Clock, terms: Terms
) -> Refund:
    """Write down the answer, unless somebody else did so already."""
    with begin() as uow:
        order = uow.orders.get(asked.order_id)
        refund = uow.refunds.get(asked.id)
        if refund.state is RefundState.PENDING:
            refund = note_answer(uow, order, refund, answer, clock=clock, terms=terms)
            uow.commit()
    return refund


def note_answer(
    uow: UnitOfWork,
    order: Order,
    refund: Refund,
    answer: GatewayAnswer,
    *,
    clock: Clock,
    terms: Terms,
) -> Refund:
    """The gateway's answer, and what follows from it. The caller holds the order."""
    payment = uow.payments.get(refund.payment_id)
    refund = refund.answered(approved=answer.approved, reason=answer.reason)
    uow.refunds.save(refund)
    note = f"refunded {refund.amount}"
    if refund.state is RefundState.REFUSED:
        uow.payments.save(payment.keep(refund.amount))
        note = f"refund of {refund.amount} refused: {refund.refusal}"
    else:
        uow.outbox.append(order.id, OrderRefunded(str(order.id), str(refund.id)))
        _complete_return(uow, order, refund)
    uow.orders.save(order.noted(note, clock.now(), by="gateway"))
    if refund.state is RefundState.DONE:
        credit(uow, order, refund, clock=clock, terms=terms)
    return refund


def _complete_return(uow: UnitOfWork, order: Order, refund: Refund) -> None:
    for each in uow.returns.of_order(order.id):
        if each.refund_id == refund.id:
            uow.returns.save(each.paid_back())
