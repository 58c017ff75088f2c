"""A payment that the gateway has and has not decided: it waits for the buyer, or for a bank."""

from watchstore.domain.order import Order, OrderState
from watchstore.domain.payment import Operation, Payment
from watchstore.service_layer.answers import BuyerAction, asking_answer
from watchstore.service_layer.ports import Begin, GatewayPending
from watchstore.service_layer.retrying import retried


@retried
def note_waiting(asked: Payment, waiting: GatewayPending, *, begin: Begin) -> tuple[Order, Payment]:
    """Remember it once: the request that began it has no final answer, and may be repeated."""
    with begin() as uow:
        order, payment = uow.orders.get(asked.order_id), uow.payments.get(asked.id)
        if payment.pending is Operation.AUTHORISE and not payment.waits_for_the_buyer:
            payment = payment.waiting(waiting.reference)
            uow.payments.save(payment)
            uow.keys.answer_order(order.id, asking_answer(payment))
            uow.commit()
    return order, payment


def action_of(waiting: GatewayPending) -> BuyerAction | None:
    return BuyerAction("confirm", waiting.client_secret) if waiting.client_secret else None


def is_given_up(order: Order, payment: Payment) -> bool:
    """Nobody wants the authorisation any more that the buyer is asked to confirm."""
    cancelled = order.state is OrderState.CANCELLED
    return cancelled and payment.pending is Operation.AUTHORISE
