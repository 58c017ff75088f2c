"""In front of the counter: what is sold, to whom, with vouchers that have limits."""

from dataclasses import replace
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, initialize, invariant, multiple, rule
from tests.harness.language import CONTACT, a_voucher, an_offer, order_of
from tests.state_machines.checked import Checked, code_of
from tests.state_machines.counter import MINUTE, CounterModel, Coupon, Shelved, Wanted
from tests.state_machines.faults import FAULTS, Trouble, paid, unheard
from tests.state_machines.life import BLOCKED, CHALLENGE, Life, Sheet

from watchstore.domain import (
    AmountOff,
    Currency,
    Delivery,
    Email,
    FreeDelivery,
    Money,
    OfferId,
    OrderNumber,
    VoucherCode,
)
from watchstore.service_layer import commands
from watchstore.service_layer.answers import Receipt
from watchstore.service_layer.commands import Shopper
from watchstore.service_layer.secrets import secret_hash

PEOPLE: Final = st.integers(0, 2)
COUNTS: Final = st.integers(1, 3)
CODES: Final = ("TWICE", "EACH-ONCE", "PORTO")
VOUCHERS: Final = st.sampled_from((None, *CODES))
CARDS: Final = ("tok_accepted", "tok_accepted", BLOCKED, "tok_declined", "tok_timeout", CHALLENGE)
# A tenth of each is a whole number of cents, so that the model needs no rounding.
PRICES: Final = ("5800.10", "70.30", "120.50")


def shopper(who: int) -> Shopper:
    return Shopper(guest_hash=secret_hash(f"cookie {who}"))


def contact(who: int) -> Any:
    return replace(CONTACT, email=Email(f"buyer{who}@example.com"))


class CounterRules(Checked):
    sales = Bundle("sales")
    model: CounterModel

    def __init__(self) -> None:
        super().__init__()
        self.trouble = Trouble(self.house)
        self.asked = 0

    def open_model(self) -> CounterModel:
        return CounterModel()

    @initialize(counts=st.tuples(*[st.integers(1, 6)] * len(PRICES)))
    def open_the_shop(self, counts: tuple[int, ...]) -> None:
        for price, pieces in zip(PRICES, counts, strict=True):
            offer = an_offer(self.house, pieces, price=price)
            self.model.goods[offer] = Shelved(round(float(price) * 100), pieces)
        usd = Currency("USD")
        a_voucher(self.house, "TWICE", uses=2)
        off = AmountOff(Money.of("5", "USD"))
        a_voucher(self.house, "EACH-ONCE", benefit=off, currency=usd, uses_per_customer=1)
        least = Money.of("100", "USD")
        a_voucher(self.house, "PORTO", benefit=FreeDelivery(), currency=usd, minimum=least, uses=3)
        self.model.coupons = {
            "TWICE": Coupon(2, 1000, percent=10),
            "EACH-ONCE": Coupon(1000, 1, amount=500),
            "PORTO": Coupon(3, 1000, minimum=10_000),
        }

    def offer(self, index: int) -> OfferId:
        return list(self.model.goods)[index]

    def origin(self) -> str:
        """Another address each time: limits are tested elsewhere."""
        self.asked += 1
        return f"2001:db8::{self.asked:x}"

    @rule(index=st.integers(0, 2), count=COUNTS)
    def receive(self, index: int, count: int) -> None:
        pieces = (commands.NewPiece(),) * count
        self.shop.receive_pieces(commands.ReceivePieces(self.offer(index), pieces))
        self.model.goods[self.offer(index)].received += count

    @rule(
        target=sales,
        who=PEOPLE,
        lines=st.dictionaries(st.integers(0, 2), COUNTS, min_size=1, max_size=2),
        voucher=VOUCHERS,
        card=st.sampled_from(CARDS),
        fault=st.sampled_from(FAULTS),
    )
    def buy(
        self, who: int, lines: dict[int, int], voucher: str | None, card: str, fault: str | None
    ) -> Any:
        wanted = {self.offer(index): count for index, count in lines.items()}
        fault = self._possible(card, fault)
        command = order_of(
            *wanted.items(),
            card=card,
            voucher=VoucherCode.parse(voucher) if voucher else None,
            shopper=shopper(who),
            contact=contact(who),
        )
        answer = self.trouble.around("authorise", fault, self.shop.place_order, command)
        refusal = self.model.shortage_of_one_shot(wanted, who)
        if not refusal and self.model.no_voucher(voucher, self.model.items(wanted), who):
            refusal = "voucher_refused"
        if refusal:
            assert code_of(answer) == refusal
            return multiple()
        if self.model.lets_go(wanted):
            del self.model.checkouts[who]
        sheet = self.model.sheet(wanted, Delivery.STANDARD, voucher)
        sale = self._sold(who, wanted, sheet, voucher, card)
        self._answered(sale, answer, fault)
        return sale.number

    def _possible(self, card: str, fault: str | None) -> str | None:
        if card == "tok_timeout":
            return None
        return unheard(fault) if card == CHALLENGE else fault

    def _sold(self, who: int, wanted: Wanted, sheet: Sheet, voucher: str | None, card: str) -> Life:
        cards = self.shop.orders.orders(limit=1000).items
        (number,) = {each.number for each in cards} - set(self.model.sales)
        pieces, now = self.model.pieces(wanted), self.model.now
        sale = Life(number, who, pieces, sheet, card, voucher, at=now)
        self.model.sales[number] = sale
        return sale

    def _answered(self, sale: Life, answer: object, fault: str | None) -> None:
        if sale.card == "tok_timeout":
            sale.ask_gateway()
        else:
            paid(sale, fault)
        if isinstance(answer, Receipt):
            said = (answer.number, answer.state, answer.amount)
            assert said == (sale.number, sale.state, sale.total)
            assert (answer.action is not None) == (sale.waits and not fault)
        elif answer is not None:
            assert (code_of(answer), sale.payment) == ("payment_declined", "declined")

    @rule(code=st.sampled_from(CODES), close=st.integers(0, 9))
    def close_a_voucher(self, code: str, close: int) -> None:
        if close == 0 and not self.model.coupons[code].closed:
            self.shop.close_voucher(VoucherCode.parse(code))
            self.model.coupons[code].closed = True

    @rule(units=st.integers(1, 3))
    def time_passes(self, units: int) -> None:
        self.pass_time(units * 5 * MINUTE)

    @rule()
    def the_worker_comes_round(self) -> None:
        self.let_the_worker_work()

    @invariant()
    def a_voucher_is_used_as_often_as_it_may(self) -> None:
        for row in self.shop.office.vouchers():
            assert row.used == self.model.used(row.code)
            assert row.uses is None or row.used <= row.uses
        for who in range(3):
            assert self.model.used("EACH-ONCE", who) <= 1

    @invariant()
    def totals_add_up(self) -> None:
        for number, sale in self.model.sales.items():
            order = self.shop.orders.order(OrderNumber(number), None)
            assert order is not None
            assert order.items_amount - order.discount_amount + order.delivery_amount == sale.total
            assert sum(line.amount * line.quantity for line in order.lines) == order.items_amount
            assert order.voucher == sale.voucher
