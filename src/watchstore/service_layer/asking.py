"""Webhooks that only say that something changed: the gateway is asked how it stands now.

So they may come late, twice, in any order, and about what the shop knows already.
"""

from contextlib import suppress
from typing import Final
from uuid import UUID

from watchstore.domain.errors import NotFound
from watchstore.domain.identifiers import PaymentId, RefundId
from watchstore.domain.refund import RefundState
from watchstore.domain.terms import Terms
from watchstore.service_layer import paying, refunding
from watchstore.service_layer.ports import Begin, Clock, Notice, PaymentGateway
from watchstore.service_layer.retrying import retried

REFUND: Final = "refund"


def ask(
    sender: str,
    notice: Notice,
    identity: UUID,
    operation: str,
    *,
    begin: Begin,
    gateway: PaymentGateway,
    clock: Clock,
    terms: Terms,
) -> None:
    """Taken for heeded once the gateway has answered: when it does not, the notice comes again.

    Raises GatewayUnavailable. What is of another shop on the same account is ignored.
    """
    if _is_known(sender, notice, begin=begin, clock=clock):
        return
    with suppress(NotFound):
        if operation == REFUND:
            refunding.settle_refund(
                RefundId(identity), begin=begin, gateway=gateway, clock=clock, terms=terms
            )
        else:
            _settle(PaymentId(identity), begin=begin, gateway=gateway, clock=clock, terms=terms)
    _heeded(sender, notice, begin=begin, clock=clock)


def _settle(
    payment_id: PaymentId, *, begin: Begin, gateway: PaymentGateway, clock: Clock, terms: Terms
) -> None:
    """What is said of a charge may be about any refund of it."""
    paying.settle_payment(payment_id, begin=begin, gateway=gateway, clock=clock, terms=terms)
    with begin() as uow:
        refunds = uow.refunds.of_order(uow.payments.get(payment_id).order_id)
    for refund in refunds:
        if refund.state is RefundState.PENDING:
            refunding.settle_refund(
                refund.id, begin=begin, gateway=gateway, clock=clock, terms=terms
            )


def _is_known(sender: str, notice: Notice, *, begin: Begin, clock: Clock) -> bool:
    with begin() as uow:  # not committed: only a look
        return not uow.notices.add(sender, notice.id, clock.now())


@retried
def _heeded(sender: str, notice: Notice, *, begin: Begin, clock: Clock) -> None:
    with begin() as uow:
        uow.notices.add(sender, notice.id, clock.now())
        uow.commit()
