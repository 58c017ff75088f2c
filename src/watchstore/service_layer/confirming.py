"""The bank asks the buyer to confirm a payment: what happens when they do, and when they do not."""

from typing import Final

from watchstore.domain.errors import NotFound
from watchstore.domain.events import OrderCancelled
from watchstore.domain.identifiers import PaymentId
from watchstore.domain.order import Order, OrderState
from watchstore.domain.payment import Payment
from watchstore.domain.terms import Terms
from watchstore.service_layer import limits
from watchstore.service_layer.answers import Receipt
from watchstore.service_layer.commands import AnswerBank, ConfirmPayment
from watchstore.service_layer.fulfilling import owned_by
from watchstore.service_layer.paying import pursue, settle_payment, told
from watchstore.service_layer.ports import Begin, Clock, PaymentGateway, RateLimiter, StandInBank
from watchstore.service_layer.redeeming import free_voucher
from watchstore.service_layer.retrying import retried

REASON: Final = "the payment was not confirmed in time"


def confirm_payment(
    command: ConfirmPayment,
    *,
    begin: Begin,
    gateway: PaymentGateway,
    clock: Clock,
    limiter: RateLimiter,
    terms: Terms,
) -> Receipt:
    """How the payment of one's own order stands; raises NotFound, PaymentDeclined.

    Each question is one to the gateway, which has limits of its own: raises TooManyAttempts.
    """
    limiter.hit(limits.PAYMENT_BY_ADDRESS, command.origin)
    with begin() as uow:
        order = uow.orders.find(command.number)
        if order is None or not owned_by(order, command.shopper):
            raise NotFound(f"There is no order {command.number}.")
        payment = uow.payments.of_order(order.id)
    return told(order, payment, begin=begin, gateway=gateway, clock=clock, terms=terms)


def answer_bank(command: AnswerBank, *, bank: StandInBank | None, limiter: RateLimiter) -> None:
    """Raises NotFound where banks are real, and where nobody waits for the answer."""
    limiter.hit(limits.PAYMENT_BY_ADDRESS, command.origin)
    unheard = NotFound("No bank waits for this answer.")
    if bank is None:
        raise unheard
    try:
        bank.confirm(command.client_secret, approved=command.approved)
    except KeyError:
        raise unheard from None


def expire_payment(
    payment_id: PaymentId, *, begin: Begin, gateway: PaymentGateway, clock: Clock, terms: Terms
) -> None:
    """Wait no longer for the buyer: the pieces are free, and what still comes is given back.

    The gateway is asked a last time before. Raises GatewayUnavailable.
    """
    settle_payment(payment_id, begin=begin, gateway=gateway, clock=clock, terms=terms)
    expired = _expire(payment_id, begin=begin, clock=clock)
    if expired is not None:
        pursue(*expired, begin=begin, gateway=gateway, clock=clock, terms=terms)


@retried
def _expire(payment_id: PaymentId, *, begin: Begin, clock: Clock) -> tuple[Order, Payment] | None:
    """None unless it waits for the buyer still."""
    with begin() as uow:
        order_id = uow.payments.get(payment_id).order_id
    with begin() as uow:
        order, payment = uow.orders.get(order_id), uow.payments.get(payment_id)
        if not payment.waits_for_the_buyer or not _is_open(order):
            return None
        order = order.cancel(clock.now(), by="shop", reason=REASON)
        uow.orders.save(order)
        uow.pieces.free(order.id)
        free_voucher(uow, order)
        uow.outbox.append(order.id, OrderCancelled(str(order.id), str(payment.id), REASON))
        uow.commit()
    return order, payment


def _is_open(order: Order) -> bool:
    return order.state is OrderState.AWAITING_PAYMENT
