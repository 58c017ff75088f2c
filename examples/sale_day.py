"""Simulate a sale day in memory with a frozen clock: every run prints the same.

python examples/sale_day.py
"""

from collections import Counter
from datetime import UTC, datetime
from random import Random

from watchstore.adapters.memory import FrozenClock, SeededEntropy
from watchstore.domain import Condition, Contact, DomainError, Money, OfferId, Reference
from watchstore.domain.pricing import Delivery
from watchstore.domain.watch import Brand
from watchstore.entrypoints.library import open_shop
from watchstore.service_layer.commands import (
    CreateWatch,
    NewPiece,
    OpenOffer,
    PlaceOrder,
    ReceivePieces,
    Wanted,
)
from watchstore.service_layer.shop import Shop

PIECES, BUYERS = 10, 25


def stock(shop: Shop) -> OfferId:
    watch = shop.create_watch(
        CreateWatch(
            Brand.named("Omega"),
            "Speedmaster",
            Reference.parse("310.30.42.50.01.001"),
            "Speedmaster Moonwatch Professional",
            publish=True,
        )
    )
    offer = shop.open_offer(OpenOffer(watch, Condition.NEW, Money.of("7100", "USD")))
    shop.receive_pieces(ReceivePieces(offer, (NewPiece(box=True, papers=True),) * PIECES))
    return offer


def buy(shop: Shop, offer: OfferId, buyer: int, card: str) -> str:
    contact = Contact.parse(email=f"buyer{buyer}@example.com", name=f"Buyer {buyer}")
    order = PlaceOrder((Wanted(offer),), contact, None, card, Delivery.PICK_UP)
    try:
        return shop.place_order(order).state
    except DomainError as refusal:
        return refusal.code


clock = FrozenClock(datetime(2026, 11, 27, 9, tzinfo=UTC))
chance = Random(1969)
with open_shop("memory:", clock=clock, entropy=SeededEntropy(1969)) as shop:
    offer = stock(shop)
    outcomes: Counter[str] = Counter()
    for buyer in range(BUYERS):
        clock.advance(chance.randrange(30, 900))
        card = "tok_declined" if chance.random() < 0.2 else "tok_accepted"
        outcomes[buy(shop, offer, buyer, card)] += 1
    print(f"The doors closed at {clock.now():%H:%M}.")
    for outcome, count in sorted(outcomes.items()):
        print(f"{outcome:<18}{count:>3}")
    row = shop.office.stock()[0]
    print(f"{row.free} of {PIECES} left, {row.sold} sold.")
