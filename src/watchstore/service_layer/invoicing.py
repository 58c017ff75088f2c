"""Writing papers, in the very transaction that records how the money moved."""

from watchstore.domain import billing
from watchstore.domain.identifiers import OrderId
from watchstore.domain.order import Order
from watchstore.domain.papers import Paper, PaperKind, PaperNumber, year_of
from watchstore.domain.payment import PaymentState
from watchstore.domain.refund import Refund, RefundState
from watchstore.domain.terms import Terms
from watchstore.service_layer.ports import Begin, Clock, UnitOfWork
from watchstore.service_layer.retrying import retried

# The lock of a year's counter is the last that such a transaction takes: everybody waits for it.


@retried
def write_missing(order_id: OrderId, *, begin: Begin, clock: Clock, terms: Terms) -> None:
    """What a release that wrote no papers left to be written."""
    with begin() as uow:
        order = uow.orders.get(order_id)
        captured = uow.payments.of_order(order_id).state is PaymentState.CAPTURED
        if captured and uow.papers.invoice_of(order_id) is None:
            invoice(uow, order, clock=clock, terms=terms)
        for refund in uow.refunds.of_order(order_id):
            if refund.state is RefundState.DONE and uow.papers.credit_note_of(refund.id) is None:
                credit(uow, order, refund, clock=clock, terms=terms)
        uow.commit()


def invoice(uow: UnitOfWork, order: Order, *, clock: Clock, terms: Terms) -> Paper:
    """The caller has saved the payment as captured."""
    now = clock.now()
    return uow.papers.issue(
        PaperKind.INVOICE,
        year_of(now),
        lambda number: billing.invoice(order, number, seller=terms.seller, at=now),
    )


def credit(uow: UnitOfWork, order: Order, refund: Refund, *, clock: Clock, terms: Terms) -> Paper:
    """The caller has saved the refund as done."""
    now = clock.now()
    # One captured by a release that wrote no invoices has none yet.
    corrected = uow.papers.invoice_of(order.id) or invoice(uow, order, clock=clock, terms=terms)

    def write(number: PaperNumber) -> Paper:
        return billing.credit_note(
            order, refund, number, corrects=corrected.number, seller=terms.seller, at=now
        )

    return uow.papers.issue(PaperKind.CREDIT_NOTE, year_of(now), write)
