"""Webhooks: a gateway says by itself how a call ended. Each notice acts once, in any order."""

from collections.abc import Mapping
from uuid import UUID

from watchstore.domain.errors import NotFound
from watchstore.domain.identifiers import PaymentId, RefundId
from watchstore.domain.order import Order
from watchstore.domain.payment import Operation, Payment
from watchstore.domain.refund import RefundState
from watchstore.domain.terms import Terms
from watchstore.service_layer import asking, paying, refunding
from watchstore.service_layer.asking import REFUND
from watchstore.service_layer.commands import TakeNotice
from watchstore.service_layer.ports import (
    Begin,
    Clock,
    GatewayAnswer,
    Notice,
    NoticeReader,
    PaymentGateway,
)
from watchstore.service_layer.retrying import retried


def take_notice(
    command: TakeNotice,
    *,
    readers: Mapping[str, NoticeReader],
    begin: Begin,
    gateway: PaymentGateway,
    clock: Clock,
    terms: Terms,
) -> None:
    """Raises NotFound for an unknown gateway, InvalidSignature. What is known already is fine."""
    reader = readers.get(command.gateway)
    if reader is None:
        raise NotFound("There is no such gateway.")
    notice = reader.read(command.headers, command.body, now=clock.now())
    if notice is None:
        return
    about = _about(notice.key)
    if about is None:
        return
    identity, operation = about
    if notice.answer is None:
        asking.ask(
            command.gateway, notice, *about, begin=begin, gateway=gateway, clock=clock, terms=terms
        )
    elif operation == REFUND:
        _heed_refund(
            command.gateway,
            notice,
            notice.answer,
            RefundId(identity),
            begin=begin,
            clock=clock,
            terms=terms,
        )
    else:
        heeded = _heed_payment(
            command.gateway,
            notice,
            notice.answer,
            PaymentId(identity),
            begin=begin,
            clock=clock,
            terms=terms,
        )
        paying.pursue(*heeded, begin=begin, gateway=gateway, clock=clock, terms=terms)


def _about(key: str) -> tuple[UUID, str] | None:
    """What a key of ours names; None for anybody else's."""
    identity, _, call = key.partition(":")
    operation = call.partition(":")[0]  # a number may follow: of the attempt
    try:
        named = UUID(identity)
    except ValueError:
        return None
    return (named, operation) if operation in (*Operation, REFUND) else None


@retried
def _heed_payment(
    gateway: str,
    notice: Notice,
    answer: GatewayAnswer,
    payment_id: PaymentId,
    *,
    begin: Begin,
    clock: Clock,
    terms: Terms,
) -> tuple[Order, Payment]:
    """The notice's id and what it does are committed together."""
    with begin() as uow:
        order_id = uow.payments.get(payment_id).order_id
    with begin() as uow:
        new = uow.notices.add(gateway, notice.id, clock.now())
        order, payment = uow.orders.get(order_id), uow.payments.get(payment_id)
        if new and payment.awaits(notice.key):
            order, payment = paying.note_answer(
                uow, order, payment, answer, clock=clock, terms=terms
            )
        uow.commit()
    return order, payment


@retried
def _heed_refund(
    gateway: str,
    notice: Notice,
    answer: GatewayAnswer,
    refund_id: RefundId,
    *,
    begin: Begin,
    clock: Clock,
    terms: Terms,
) -> None:
    with begin() as uow:
        order_id = uow.refunds.get(refund_id).order_id
    with begin() as uow:
        new = uow.notices.add(gateway, notice.id, clock.now())
        order, refund = uow.orders.get(order_id), uow.refunds.get(refund_id)
        if new and refund.state is RefundState.PENDING:
            refunding.note_answer(uow, order, refund, answer, clock=clock, terms=terms)
        uow.commit()
