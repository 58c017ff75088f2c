"""Behind the counter: what staff put on sale, take off it, and ship."""

from typing import Final, cast

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, initialize, precondition, rule
from tests.harness.language import PARCEL, a_watch, an_offer, told
from tests.state_machines.checked import Checked, code_of
from tests.state_machines.model import Goods, Model

from watchstore.domain import Currency, Money, OfferId, OrderNumber
from watchstore.service_layer import commands
from watchstore.service_layer.answers import Receipt

MOST_OFFERS: Final = 3
USD: Final = Currency("USD")


class StaffRules(Checked):
    offers = Bundle("offers")
    sales = Bundle("sales")
    model: Model

    @initialize(target=offers, pieces=st.integers(0, 4))
    def open_first_offer(self, pieces: int) -> OfferId:
        return self._open(pieces, 5800)

    @initialize(target=offers, pieces=st.integers(1, 4))
    def open_second_offer(self, pieces: int) -> OfferId:
        return self._open(pieces, 70)

    @precondition(lambda self: len(self.model.goods) <= MOST_OFFERS)
    @rule(target=offers, pieces=st.integers(1, 4))
    def open_another_offer(self, pieces: int) -> OfferId:
        return self._open(pieces, 120)

    def _open(self, pieces: int, price: int) -> OfferId:
        watch = a_watch(self.house, f"REF {self.house.entropy.new_id().hex[:12]}")
        offer = an_offer(self.house, pieces, price=str(price), watch=watch)
        self.model.goods[offer] = Goods(watch, price * 100, pieces)
        return offer

    @rule(offer=offers, count=st.integers(1, 3))
    def receive(self, offer: OfferId, count: int) -> None:
        command = commands.ReceivePieces(offer, (commands.NewPiece(),) * count)
        if self.model.goods[offer].open:
            assert self.shop.receive_pieces(command) == count
            self.model.goods[offer].received += count
        else:
            assert code_of(told(self.shop.receive_pieces, command)) == "not_for_sale"

    @rule(offer=offers, amount=st.integers(1, 900_000))
    def reprice(self, offer: OfferId, amount: int) -> None:
        command = commands.RepriceOffer(offer, Money(amount, USD))
        if self.model.goods[offer].open:
            self.shop.reprice_offer(command)
            self.model.goods[offer].price = amount

    @rule(offer=offers, withdraw=st.sampled_from([False, False, True]))
    def withdraw_or_publish(self, offer: OfferId, withdraw: bool) -> None:
        goods = self.model.goods[offer]
        if goods.shown and withdraw:
            self.shop.withdraw_watch(goods.watch)
            goods.shown = False
        elif not goods.shown:
            self.shop.publish_watch(goods.watch)
            goods.shown = True

    @precondition(lambda self: len(self.model.goods) > MOST_OFFERS)
    @rule(offer=offers)
    def close(self, offer: OfferId) -> None:
        if self.model.goods[offer].open:
            self.shop.close_offer(offer)
            self.model.goods[offer].open = False

    @rule(number=sales)
    def ship(self, number: str) -> None:
        sale = self.model.sales[number]
        command = commands.ShipOrder(OrderNumber(number), PARCEL, by="clerk")
        answer = told(self.shop.ship_order, command)
        if sale.state != "paid":
            assert code_of(answer) == "illegal_transition"
            return
        sale.ship()
        assert cast(Receipt, answer).state == "shipped"
