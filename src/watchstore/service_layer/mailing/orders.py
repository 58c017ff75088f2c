"""Letters to buyers."""

from collections.abc import Collection
from typing import Final, cast
from uuid import UUID

from watchstore.domain import events
from watchstore.domain.events import Event
from watchstore.domain.identifiers import OrderId, PieceId, RefundId, ReturnId
from watchstore.domain.order import Order
from watchstore.domain.papers import Paper
from watchstore.domain.returning import WINDOW, ReturnState
from watchstore.service_layer.mailing.desk import Desk
from watchstore.service_layer.mailing.goods import confirmed, destination, good
from watchstore.service_layer.mailing.letter import (
    Block,
    Facts,
    Goods,
    Letter,
    Link,
    Paragraph,
    Steps,
)
from watchstore.service_layer.wording.amounts import money_text
from watchstore.service_layer.wording.order_mails import ORDER, RETURN

_DECLINED: Final = "payment declined"
_UNTOLD: Final = "cancelled"  # what the event says when nobody gave a reason


def paid(event: Event, desk: Desk) -> Letter | None:
    order = _order(cast(events.OrderPaid, event).order_id, desk)
    words = ORDER[order.contact.language]
    return _about(
        order,
        words.paid_subject,
        Paragraph(words.paid),
        confirmed(order),
        destination(order),
        Paragraph(words.paid_later),
        _see(order, desk),
    )


def shipped(event: Event, desk: Desk) -> Letter | None:
    """With the invoice in the mail about the first parcel, when the money was taken."""
    sent = cast(events.OrderShipped, event)
    order = _order(sent.order_id, desk)
    words, parcel = ORDER[order.contact.language], order.parcels[sent.parcel - 1]
    told = sum(len(one.pieces) for one in order.parcels[: sent.parcel])
    coming = len(order.pieces) - len(order.left_out)
    invoice = desk.uow.papers.invoice_of(order.id) if sent.parcel == 1 else None
    return _about(
        order,
        words.shipped_subject,
        Paragraph(words.shipped),
        _sent(order, parcel.pieces),
        Facts(((words.carrier, parcel.carrier), (words.tracking, parcel.tracking))),
        *([Paragraph(words.shipped_rest)] if told < coming else []),
        *([Paragraph(words.shipped_invoice)] if invoice else []),
        _see(order, desk),
        paper=invoice,
    )


def left_out(event: Event, desk: Desk) -> Letter | None:
    short = cast(events.RestLeftOut, event)
    order = _order(short.order_id, desk)
    words = ORDER[order.contact.language]
    back = desk.uow.refunds.get(RefundId(UUID(short.refund_id))) if short.refund_id else None
    amount = money_text(back.amount, order.contact.language) if back else ""
    return _about(
        order,
        words.left_out_subject,
        Paragraph(words.left_out),
        _sent(order, order.left_out),
        *([Facts(((words.reason, short.reason),))] if short.reason else []),
        Paragraph(words.left_out_back.format(amount=amount) if back else words.left_out_paid),
        _see(order, desk),
    )


def delivered(event: Event, desk: Desk) -> Letter | None:
    order = _order(cast(events.OrderDelivered, event).order_id, desk)
    words = ORDER[order.contact.language]
    told = words.delivered.format(days=WINDOW.days)
    return _about(order, words.delivered_subject, Paragraph(told), _see(order, desk))


def cancelled(event: Event, desk: Desk) -> Letter | None:
    reason = cast(events.OrderCancelled, event).reason
    order = _order(cast(events.OrderCancelled, event).order_id, desk)
    words = ORDER[order.contact.language]
    declined = reason.startswith(_DECLINED)
    why = not declined and reason != _UNTOLD
    return _about(
        order,
        words.cancelled_subject,
        Paragraph(words.declined if declined else words.cancelled),
        *([Facts(((words.reason, reason),))] if why else []),
    )


def refunded(event: Event, desk: Desk) -> Letter | None:
    back = cast(events.OrderRefunded, event)
    order = _order(back.order_id, desk)
    words = ORDER[order.contact.language]
    refund = desk.uow.refunds.get(RefundId(UUID(back.refund_id)))
    note = desk.uow.papers.credit_note_of(refund.id)
    amount = money_text(refund.amount, order.contact.language)
    return _about(
        order,
        words.refunded_subject,
        Paragraph(words.refunded.format(amount=amount)),
        *([Facts(((words.reason, refund.reason),))] if refund.reason else []),
        *([Paragraph(words.refunded_note)] if note else []),
        _see(order, desk),
        paper=note,
    )


def return_changed(event: Event, desk: Desk) -> Letter | None:
    """Nothing is said of one that is accepted: the mail about its refund is, if it has one."""
    changed = cast(events.ReturnChanged, event)
    order = _order(changed.order_id, desk)
    words = RETURN[order.contact.language]
    told = {
        ReturnState.REQUESTED: words.requested,
        ReturnState.APPROVED: words.approved,
        ReturnState.DECLINED: words.declined,
        ReturnState.RECEIVED: words.received,
        ReturnState.REJECTED: words.rejected,
        ReturnState.REFUNDED: words.closed,
    }.get(ReturnState(changed.state))
    if told is None:
        return None
    blocks: list[Block] = [Paragraph(told)]
    if changed.state == ReturnState.APPROVED:
        steps = (step.format(number=order.number) for step in words.approved_steps)
        blocks.append(Steps(tuple(steps)))
    if note := desk.uow.returns.get(ReturnId(UUID(changed.return_id))).note:
        blocks.append(Facts(((words.note, note),)))
    return _about(order, words.subject, *blocks)


def _order(order_id: str, desk: Desk) -> Order:
    return desk.uow.orders.get(OrderId(UUID(order_id)))


def _about(order: Order, subject: str, *blocks: Block, paper: Paper | None = None) -> Letter:
    contact, titled = order.contact, subject.format(number=order.number)
    return Letter(contact.email, contact.name, contact.language, titled, blocks, paper)


def _see(order: Order, desk: Desk) -> Link:
    language = order.contact.language
    address = desk.page(f"order/?number={order.number}", language)
    return Link(ORDER[language].see_order, address)


def _sent(order: Order, pieces: Collection[PieceId]) -> Goods:
    """What is in one parcel, or in none."""
    counted = [(line, len(set(pieces).intersection(line.pieces))) for line in order.lines]
    return Goods(
        tuple(good(line, count, order.contact.language) for line, count in counted if count)
    )
