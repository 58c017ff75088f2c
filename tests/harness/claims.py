"""Claims and orders of pieces, each in a transaction of its own."""

from collections import Counter

from tests.harness.records import (
    a_payment,
    an_order,
)

from watchstore.service_layer.retrying import retried


def claim(storage, wanted, *, hold_id=None):
    """What a claim of its own transaction takes."""
    with storage.begin() as uow:
        return uow.pieces.claim(wanted, hold_id=hold_id)


def order_of(storage, offers, wanted, *, hold_id=None):
    """Claim and assign, as one order of one line per offer."""

    @retried
    def place():
        with storage.begin() as uow:
            claimed = uow.pieces.claim(wanted, hold_id=hold_id)
            pieces = [piece for ids in claimed.values() for piece in ids]
            order = an_order(offers[0], *pieces, hold_id=hold_id)
            uow.orders.add(order)
            uow.payments.add(a_payment(order))
            uow.pieces.assign(pieces, order.id, hold_id=hold_id)
            uow.commit()
        return pieces

    return place()


def state_of(storage, offer):
    return Counter(piece.state for piece in storage.office.pieces(offer.id))
