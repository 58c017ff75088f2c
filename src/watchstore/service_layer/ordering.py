"""Placing an order: two transactions, with the gateway called between them.

1. key, pieces, order, payment `authorising` and events, all or nothing;
2. (after the gateway) the payment's answer, the order's next state, the answer of the key.
Whoever dies between the two is completed by the worker: see `paying`.
"""

from collections.abc import Callable, Mapping
from typing import Final, Unpack

from watchstore.domain.errors import Conflict, InProgress, NotForSale, PriceChanged
from watchstore.domain.events import OrderPlaced
from watchstore.domain.identifiers import OfferId, OrderId, PaymentId, PieceId
from watchstore.domain.money import Money
from watchstore.domain.order import Order, OrderLine
from watchstore.domain.payment import Payment
from watchstore.domain.terms import Terms
from watchstore.domain.vouchers import Voucher
from watchstore.service_layer.answers import (
    Answer,
    Receipt,
    payment_asked,
    receipt_of,
    refusal_answer,
)
from watchstore.service_layer.commands import PlaceOrder
from watchstore.service_layer.given import Settling
from watchstore.service_layer.holding import claim_for
from watchstore.service_layer.paying import asked_again, told
from watchstore.service_layer.ports import (
    Begin,
    Clock,
    Earlier,
    Entropy,
    ForSale,
    PaymentGateway,
    RequestKey,
    UnitOfWork,
)
from watchstore.service_layer.redeeming import locked_voucher, redeem_voucher
from watchstore.service_layer.remembering import same_request
from watchstore.service_layer.retrying import retried
from watchstore.service_layer.stocking import quantities

# How long a twin waits for the first answer, in seconds, before it is told to come back.
PATIENCE: Final = (0.05, 0.1, 0.2, 0.4, 0.8)


# Says what to order, inside the transaction that orders it.
Draft = Callable[[UnitOfWork], PlaceOrder]


def place_order(command: PlaceOrder, *, entropy: Entropy, **settling: Unpack[Settling]) -> Receipt:
    """Buy. Raises SoldOut, AllReserved, NotForSale, PriceChanged, HoldExpired, VoucherRefused,
    PaymentDeclined.

    With a key the work is done once, and every repetition gets the first answer; while the bank
    waits for the buyer, how the payment stands. A receipt that says `awaiting_payment` without
    an action means that the gateway did not answer yet; the worker goes on.
    """
    return place(command.key, lambda _: command, entropy=entropy, **settling)


def place(
    key: RequestKey | None,
    draft: Draft,
    *,
    begin: Begin,
    gateway: PaymentGateway,
    clock: Clock,
    entropy: Entropy,
    terms: Terms,
) -> Receipt:
    opened = _open(key, draft, begin=begin, clock=clock, entropy=entropy, terms=terms)
    if not isinstance(opened, Earlier):
        return told(*opened, begin=begin, gateway=gateway, clock=clock, terms=terms)
    first = _first_answer(key, opened, begin=begin, clock=clock)
    if payment_id := payment_asked(first):
        return asked_again(payment_id, begin=begin, gateway=gateway, clock=clock, terms=terms)
    return receipt_of(first)


@retried
def _open(
    key: RequestKey | None,
    draft: Draft,
    *,
    begin: Begin,
    clock: Clock,
    entropy: Entropy,
    terms: Terms,
) -> tuple[Order, Payment] | Earlier:
    order_id = OrderId(entropy.new_id())
    with begin() as uow:
        if key and (earlier := uow.keys.claim(key, order_id=order_id)):
            return earlier
        command = draft(uow)
        try:
            with uow.savepoint():
                order = _create(uow, command, order_id, clock=clock, entropy=entropy, terms=terms)
        except Conflict as refusal:
            if key:
                uow.keys.answer(key, refusal_answer(refusal))
                uow.commit()
            raise
        payment = Payment(
            PaymentId(entropy.new_id()),
            order.id,
            order.prices.total,
            command.card,
            order.placed_at,
        )
        uow.payments.add(payment)
        uow.outbox.append(order.id, OrderPlaced(str(order.id), str(payment.id)))
        uow.commit()
    return order, payment


def _create(
    uow: UnitOfWork,
    command: PlaceOrder,
    order_id: OrderId,
    *,
    clock: Clock,
    entropy: Entropy,
    terms: Terms,
) -> Order:
    wanted = quantities(command.wanted)
    sales = sales_of(uow, wanted)
    claimed = claim_for(uow, command, wanted)
    voucher = locked_voucher(uow, command.voucher)
    lines = tuple(
        _line(sales[offer_id], claimed[offer_id], command.prices.get(offer_id))
        for offer_id in wanted
    )
    now = clock.now()
    priced = [(line.unit_price, line.quantity) for line in lines]
    prices = terms.price(priced, command.delivery, command.address, at=now, voucher=voucher)
    _as_shown(prices.total, command.expected_total)
    order = Order(
        order_id,
        entropy.new_order_number(),
        command.contact,
        command.address,
        command.delivery,
        lines,
        prices,
        now,
        buyer=command.shopper.user_id,
        guest_hash=command.shopper.guest_hash,
        hold_id=command.hold_id,
    ).placed()
    _keep(uow, command, order, voucher)
    return order


def _keep(uow: UnitOfWork, command: PlaceOrder, order: Order, voucher: Voucher | None) -> None:
    uow.orders.add(order)
    uow.pieces.assign(order.pieces, order.id, hold_id=command.hold_id)
    redeem_voucher(uow, order, voucher)
    if command.checkout_id is not None:
        uow.checkouts.ordered(command.checkout_id, order.number)


def sales_of(uow: UnitOfWork, wanted: Mapping[OfferId, int]) -> Mapping[OfferId, ForSale]:
    """What is wanted, as it is for sale; raises NotForSale."""
    sales = uow.offers.for_sale(wanted)
    for offer_id in wanted:
        if offer_id not in sales:
            raise NotForSale("This is not for sale any more.", offer_id=str(offer_id))
    return sales


def _line(sale: ForSale, pieces: tuple[PieceId, ...], held: Money | None) -> OrderLine:
    return OrderLine(
        sale.offer.id,
        sale.offer.watch_id,
        sale.brand,
        sale.reference,
        sale.name,
        sale.offer.condition,
        held or sale.offer.price,
        pieces,
    )


def _as_shown(actual: Money, expected: Money | None) -> None:
    if expected is not None and actual != expected:
        raise PriceChanged(
            f"The total is {actual} now.", amount=actual.amount, currency=actual.currency.code
        )


def _first_answer(
    key: RequestKey | None, earlier: Earlier | None, *, begin: Begin, clock: Clock
) -> Answer:
    """What the first request with this key was told; waits a little, holding no connection."""
    for pause in (*PATIENCE, None):
        if key is None or earlier is None:
            break
        same_request(earlier, key)
        if earlier.answer is not None:
            return earlier.answer
        if pause is not None:
            clock.sleep(pause)
            with begin() as uow:
                earlier = uow.keys.peek(key)
    raise InProgress("The same order is being placed.", retry_after=1)
