"""Returns: the buyer asks, staff approve, the watchmaker looks, the money goes back or not."""

from collections.abc import Callable
from typing import Final, Unpack

from watchstore.domain.errors import IllegalTransition, NotFound, ReturnWindowClosed
from watchstore.domain.events import ReturnChanged
from watchstore.domain.identifiers import OrderNumber, PieceId, ReturnId, plain_text
from watchstore.domain.order import Order
from watchstore.domain.refund import Refund
from watchstore.domain.returning import WINDOW, Return, ReturnState
from watchstore.domain.terms import Terms
from watchstore.service_layer.answers import ReturnReceipt, return_receipt
from watchstore.service_layer.commands import (
    DecideReturn,
    InspectReturn,
    RepayReturn,
    RequestReturn,
)
from watchstore.service_layer.fulfilling import owned_by
from watchstore.service_layer.given import Settling
from watchstore.service_layer.ports import Begin, Clock, Entropy, PaymentGateway, UnitOfWork
from watchstore.service_layer.refunding import attempt, set_aside_for, unrefunded
from watchstore.service_layer.remembering import earlier_creation, remember_creation
from watchstore.service_layer.retrying import retried
from watchstore.service_layer.stocking import quantities

_WHY: Final = "returned"
_STEPS: dict[ReturnState, Callable[[Return, str], Return]] = {
    ReturnState.APPROVED: Return.approve,
    ReturnState.DECLINED: Return.decline,
    ReturnState.RECEIVED: Return.receive,
}


@retried
def request_return(
    command: RequestReturn, *, begin: Begin, clock: Clock, entropy: Entropy
) -> ReturnReceipt:
    """Ask to send pieces back. Raises NotInOrder, ReturnWindowClosed, IllegalTransition."""
    with begin() as uow:
        earlier = earlier_creation(uow, command.key)
        if earlier is not None:
            return return_receipt(uow.returns.get(ReturnId(earlier)))
        order = uow.orders.find(command.number)
        if order is None or not owned_by(order, command.shopper):
            raise _no_such_order(command.number)
        now = clock.now()
        _in_time(order, clock)
        reason = plain_text(command.reason, "reason", longest=200, empty=True)
        pieces = order.pick(quantities(command.lines), _returnable(uow, order))
        returned = Return(ReturnId(entropy.new_id()), order.id, pieces, reason, now)
        uow.returns.add(returned)
        _note(uow, order, returned, clock, by="buyer", note=reason)
        remember_creation(uow, command.key, returned.id)
        uow.commit()
    return return_receipt(returned)


@retried
def decide_return(command: DecideReturn, *, begin: Begin, clock: Clock) -> ReturnReceipt:
    """Approve, decline or receive."""
    with begin() as uow:
        order, returned = _found(uow, command.number, command.return_id)
        returned = _STEPS[command.state](returned, command.note)
        uow.returns.save(returned)
        _note(uow, order, returned, clock, by=command.by, note=returned.note)
        uow.commit()
    return return_receipt(returned)


def inspect_return(
    command: InspectReturn,
    *,
    begin: Begin,
    gateway: PaymentGateway,
    clock: Clock,
    entropy: Entropy,
    terms: Terms,
) -> ReturnReceipt:
    """Accept what came back, and pay back what was not before; or send it to the buyer again."""
    returned, refund = _inspect(command, begin=begin, clock=clock, entropy=entropy)
    return _paid_back(returned, refund, begin=begin, gateway=gateway, clock=clock, terms=terms)


def repay_return(
    command: RepayReturn,
    *,
    begin: Begin,
    gateway: PaymentGateway,
    clock: Clock,
    entropy: Entropy,
    terms: Terms,
) -> ReturnReceipt:
    """Ask again for the money of an accepted return, whose refund was refused."""
    returned, refund = _repay(command, begin=begin, clock=clock, entropy=entropy)
    return _paid_back(returned, refund, begin=begin, gateway=gateway, clock=clock, terms=terms)


def _paid_back(
    returned: Return, refund: Refund | None, **settling: Unpack[Settling]
) -> ReturnReceipt:
    if refund is None:
        return return_receipt(returned)
    attempt(refund, **settling)
    with settling["begin"]() as uow:
        return return_receipt(uow.returns.get(returned.id))


@retried
def _inspect(
    command: InspectReturn, *, begin: Begin, clock: Clock, entropy: Entropy
) -> tuple[Return, Refund | None]:
    with begin() as uow:
        order, returned = _found(uow, command.number, command.return_id)
        refund = None
        if command.accepted:
            order, refund = set_aside_for(
                uow, order, returned.pieces, _WHY, by=command.by, clock=clock, entropy=entropy
            )
            returned = returned.accept(
                refund.id if refund else None, restock=command.restock, note=command.note
            )
            uow.pieces.take_back(returned.pieces, clock.now(), restock=command.restock)
        else:
            returned = returned.reject(command.note)
        uow.returns.save(returned)
        _note(uow, order, returned, clock, by=command.by, note=returned.note)
        uow.commit()
    return returned, refund


@retried
def _repay(
    command: RepayReturn, *, begin: Begin, clock: Clock, entropy: Entropy
) -> tuple[Return, Refund | None]:
    with begin() as uow:
        order, returned = _found(uow, command.number, command.return_id)
        asked = uow.refunds.get(returned.refund_id) if returned.refund_id else None
        if asked is None or asked.counts:
            raise IllegalTransition("No refund of it was refused.", state=returned.state)
        order, refund = set_aside_for(
            uow, order, returned.pieces, _WHY, by=command.by, clock=clock, entropy=entropy
        )
        returned = returned.repay(refund.id if refund else None)
        uow.returns.save(returned)
        if refund is None:
            _note(uow, order, returned, clock, by=command.by, note=returned.note)
        else:
            uow.orders.save(order)
        uow.commit()
    return returned, refund


def _in_time(order: Order, clock: Clock) -> None:
    if not order.may_come_back:
        raise IllegalTransition(
            f"An order that is {order.state} cannot be returned.", state=order.state
        )
    if order.delivered_at is not None and order.delivered_at + WINDOW < clock.now():
        raise ReturnWindowClosed(f"Returns are possible within {WINDOW.days} days of delivery.")


def _returnable(uow: UnitOfWork, order: Order) -> tuple[PieceId, ...]:
    claimed = {
        piece for one in uow.returns.of_order(order.id) if one.claims for piece in one.pieces
    }
    gone = claimed.union(order.left_out)
    return tuple(piece for piece in unrefunded(uow, order) if piece not in gone)


def _found(uow: UnitOfWork, number: OrderNumber, return_id: ReturnId) -> tuple[Order, Return]:
    order = uow.orders.find(number)
    if order is None:
        raise _no_such_order(number)
    returned = uow.returns.get(return_id)
    if returned.order_id != order.id:
        raise NotFound("There is no such return.")
    return order, returned


def _note(
    uow: UnitOfWork, order: Order, returned: Return, clock: Clock, *, by: str, note: str
) -> None:
    text = f"return {returned.state}" + (f": {note}" if note else "")
    uow.orders.save(order.noted(text, clock.now(), by=by))
    uow.outbox.append(
        order.id, ReturnChanged(str(order.id), str(returned.id), returned.state.value)
    )


def _no_such_order(number: OrderNumber) -> NotFound:
    return NotFound(f"There is no order {number}.")
