"""How another project tests code of its own against this shop, in milliseconds, on its fakes."""

from datetime import UTC, datetime

import pytest

from watchstore.adapters.memory import FrozenClock, SeededEntropy
from watchstore.domain import Condition, Contact, Money, OfferId, Reference
from watchstore.domain.errors import PaymentDeclined, SoldOut
from watchstore.domain.pricing import Delivery
from watchstore.domain.watch import Brand
from watchstore.entrypoints.library import open_shop
from watchstore.service_layer.answers import Receipt
from watchstore.service_layer.commands import (
    CreateWatch,
    NewPiece,
    OpenOffer,
    PlaceOrder,
    ReceivePieces,
    Wanted,
)
from watchstore.service_layer.shop import Shop


def send_gift(shop: Shop, offer: OfferId, to: str, card: str) -> Receipt:
    """The other project's own code."""
    contact = Contact.parse(email=to, name="A friend")
    return shop.place_order(PlaceOrder((Wanted(offer),), contact, None, card, Delivery.PICK_UP))


@pytest.fixture
def shop() -> Shop:
    clock = FrozenClock(datetime(2026, 12, 1, tzinfo=UTC))
    return open_shop("memory:", clock=clock, entropy=SeededEntropy(1))


@pytest.fixture
def offer(shop: Shop) -> OfferId:
    reference = Reference.parse("SNK809")
    watch = shop.create_watch(
        CreateWatch(Brand.named("Seiko"), "5", reference, "Seiko 5 Field", publish=True)
    )
    offer = shop.open_offer(OpenOffer(watch, Condition.NEW, Money.of("120", "USD")))
    shop.receive_pieces(ReceivePieces(offer, (NewPiece(),)))
    return offer


def test_a_gift_is_paid_for(shop: Shop, offer: OfferId) -> None:
    assert send_gift(shop, offer, "friend@example.com", "tok_accepted").state == "paid"


def test_a_declined_card_leaves_the_watch_on_the_shelf(shop: Shop, offer: OfferId) -> None:
    with pytest.raises(PaymentDeclined):
        send_gift(shop, offer, "friend@example.com", "tok_declined")
    assert shop.office.stock()[0].free == 1


def test_the_last_one_is_given_once(shop: Shop, offer: OfferId) -> None:
    send_gift(shop, offer, "friend@example.com", "tok_accepted")
    with pytest.raises(SoldOut):
        send_gift(shop, offer, "other@example.com", "tok_accepted")
