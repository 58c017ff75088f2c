"""Which states may be seen together: the tables that `verify` holds the shop's records to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from watchstore.domain import events
from watchstore.domain.order import OrderState
from watchstore.domain.payment import PaymentState

# Committed together, so these hold at any moment, not only when all is quiet.
AGREEING: Final[Mapping[OrderState, frozenset[PaymentState]]] = {
    OrderState.AWAITING_PAYMENT: frozenset({PaymentState.AUTHORISING}),
    OrderState.PAID: frozenset({PaymentState.AUTHORISED}),
    OrderState.DISPATCHING: frozenset({PaymentState.CAPTURING}),
    OrderState.PARTLY_SHIPPED: frozenset({PaymentState.CAPTURED}),
    OrderState.SHIPPED: frozenset({PaymentState.CAPTURED}),
    OrderState.DELIVERED: frozenset({PaymentState.CAPTURED}),
    OrderState.CANCELLED: frozenset(
        {
            PaymentState.AUTHORISING,  # its answer will be voided
            PaymentState.VOIDING,
            PaymentState.VOIDED,
            PaymentState.DECLINED,
        }
    ),
}

# The pieces of an order in one of these states are sold, and of no other.
SOLD: Final = frozenset(OrderState) - {OrderState.AWAITING_PAYMENT, OrderState.CANCELLED}

# An order that was in this state once has this event.
TOLD: Final[Mapping[OrderState, type[events.Event]]] = {
    OrderState.AWAITING_PAYMENT: events.OrderPlaced,
    OrderState.PAID: events.OrderPaid,
    OrderState.DISPATCHING: events.OrderDispatched,
    OrderState.PARTLY_SHIPPED: events.OrderShipped,
    OrderState.SHIPPED: events.OrderShipped,
    OrderState.DELIVERED: events.OrderDelivered,
    OrderState.CANCELLED: events.OrderCancelled,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What the gateway's ledger must say of a payment."""

    authorised: bool = True
    captured: bool = False
    voided: bool = False


# A payment in any other state awaits an answer: the gateway may be ahead of the shop.
STANDINGS: Final[Mapping[PaymentState, Standing]] = {
    PaymentState.AUTHORISED: Standing(),
    PaymentState.DECLINED: Standing(authorised=False),
    PaymentState.CAPTURED: Standing(captured=True),
    PaymentState.VOIDED: Standing(voided=True),
}
