"""What buyers do: hold, buy, buy once however often they ask, confirm, and cancel."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, cast

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, multiple, rule
from tests.harness.language import GUEST, a_key, order_of, told
from tests.harness.steps import Crash
from tests.state_machines.checked import code_of
from tests.state_machines.model import CHALLENGE, Held, Sale, Wanted
from tests.state_machines.staff_rules import USD, StaffRules

from watchstore.domain import HoldId, Money, OfferId, OrderNumber
from watchstore.service_layer import commands
from watchstore.service_layer.answers import Receipt

# Time goes in whole units and a hold ends between two: no test depends on how long it takes.
UNIT: Final = 300
CARDS: Final = ("tok_accepted", "tok_declined", "tok_timeout", CHALLENGE)
CRASHES: Final = (None, None, "gateway.authorise:before", "gateway.authorise:after")


@dataclass(frozen=True)
class Request:
    """An order that was asked for with a key: what was said, and of which sale."""

    command: commands.PlaceOrder
    answer: object
    number: str | None


class BuyingRules(StaffRules):
    offers, sales = StaffRules.offers, StaffRules.sales
    holds = Bundle("holds")
    requests = Bundle("requests")

    def __init__(self) -> None:
        super().__init__()
        self.keys = 0

    @rule(target=holds, offer=offers, count=st.integers(1, 3), units=st.integers(0, 4))
    def hold(self, offer: OfferId, count: int, units: int) -> HoldId:
        hold = HoldId(self.house.entropy.new_id())
        self._hold(hold, {offer: count}, units)
        return hold

    @rule(hold=holds, offer=offers, count=st.integers(1, 3), units=st.integers(0, 4))
    def hold_again(self, hold: HoldId, offer: OfferId, count: int, units: int) -> None:
        self._hold(hold, {offer: count}, units)

    def _hold(self, hold: HoldId, wanted: dict[OfferId, int], units: int) -> None:
        refusal = self.model.refusal_to_hold(wanted, hold)
        lasting = units * UNIT + UNIT // 2
        command = commands.HoldPieces(hold, _lines(wanted), timedelta(seconds=lasting))
        answer = told(self.shop.hold_pieces, command)
        if refusal:
            assert code_of(answer) == refusal
            return
        found = cast(dict[OfferId, tuple[object, ...]], answer)
        assert {offer: len(pieces) for offer, pieces in found.items()} == wanted
        self.model.holds[hold] = Held(wanted, self.model.now + lasting)

    @rule(hold=holds)
    def release(self, hold: HoldId) -> None:
        self.shop.release_hold(hold)
        self.model.holds.pop(hold, None)

    @rule(
        target=sales,
        wanted=st.lists(st.tuples(offers, st.integers(1, 3)), min_size=1, max_size=3),
        card=st.sampled_from(CARDS),
        crash=st.sampled_from(CRASHES),
        seen=st.sampled_from([None, 0, 0, 1]),
    )
    def buy(
        self, wanted: list[tuple[OfferId, int]], card: str, crash: str | None, seen: int | None
    ) -> Any:
        return self._buy(wanted, card, crash, seen=seen)

    @rule(target=sales, hold=holds, offer=offers, count=st.integers(1, 2))
    def buy_what_is_held(self, hold: HoldId, offer: OfferId, count: int) -> Any:
        return self._buy([(offer, count)], "tok_accepted", None, hold_id=hold)

    @rule(
        target=requests,
        offer=offers,
        count=st.integers(1, 2),
        card=st.sampled_from(CARDS),
        crash=st.sampled_from(CRASHES),
    )
    def buy_with_a_key(self, offer: OfferId, count: int, card: str, crash: str | None) -> Request:
        self.keys += 1
        before = set(self.model.sales)
        self._buy([(offer, count)], card, crash, key=a_key(f"key-{self.keys}"))
        new = set(self.model.sales) - before
        return Request(self.command, self.answer, new.pop() if new else None)

    def _buy(
        self,
        lines: list[tuple[OfferId, int]],
        card: str,
        crash: str | None,
        *,
        seen: int | None = None,
        **more: Any,
    ) -> Any:
        wanted = _summed(lines)
        total = self.model.total(wanted)
        shown = None if seen is None else total + seen
        hold = more.get("hold_id")
        refusal = self.model.refusal_to_sell(wanted, hold, shown)
        expected = None if shown is None else Money(shown, USD)
        self.command = order_of(*lines, card=card, expected_total=expected, **more)
        if card == "tok_timeout":
            crash = None  # there is no answer to die after
        if crash and not refusal:
            self.house.steps.crash(crash)
        try:
            self.answer = told(self.shop.place_order, self.command)
        except Crash:
            self.answer = None
        if refusal:
            assert code_of(self.answer) == refusal
            return multiple()
        asked = crash != CRASHES[-2]
        sale = Sale(self._number(), wanted, total, card, asked=asked, at=self.model.now)
        self.model.sell(sale, hold)
        if not crash and card != "tok_timeout":
            sale.settle_all()
        self._told_the_truth(sale)
        return sale.number

    def _told_the_truth(self, sale: Sale) -> None:
        if isinstance(self.answer, Receipt):
            told_so = (self.answer.number, self.answer.state, self.answer.amount)
            assert told_so == (sale.number, sale.state, sale.total)
        elif self.answer is not None:
            assert (code_of(self.answer), sale.payment) == ("payment_declined", "declined")

    def _number(self) -> str:
        """The one order that the model does not know yet."""
        cards = self.shop.orders.orders().items
        (number,) = {card.number for card in cards} - set(self.model.sales)
        return number

    @rule(request=requests)
    def ask_again(self, request: Request) -> None:
        again = told(self.house.rival.place_order, request.command)
        sale = self.model.sales[request.number] if request.number else None
        if sale is None or (isinstance(request.answer, Receipt) and request.answer.state == "paid"):
            assert again == request.answer
        elif sale.told:
            sale.settle_all()
            self._told_how_it_stands(sale, again)
        elif sale.payment == "authorising":
            assert code_of(again) == "in_progress"
        elif sale.payment == "declined":
            assert code_of(again) == "payment_declined"
        else:
            assert isinstance(again, Receipt)
            assert (again.number, again.amount) == (sale.number, sale.total)

    def _told_how_it_stands(self, sale: Sale, answer: object) -> None:
        if sale.payment == "declined":
            assert code_of(answer) == "payment_declined"
            return
        assert isinstance(answer, Receipt)
        assert (answer.number, answer.state) == (sale.number, sale.state)
        assert (answer.action is not None) == sale.waits

    @rule(number=sales, approved=st.booleans())
    def answer_the_bank(self, number: str, approved: bool) -> None:
        sale, waiting = self.model.sales[number], self.house.gateway._challenges
        found = [key for key, one in waiting.items() if one.order_number == number]
        assert len(found) == sale.waits
        for reference in found:
            self.house.gateway.confirm(f"{reference}_secret", approved=approved)
            sale.verdict = approved

    @rule(number=sales)
    def ask_how_the_payment_stands(self, number: str) -> None:
        command = commands.ConfirmPayment(OrderNumber(number), GUEST)
        answer = told(self.shop.confirm_payment, command)
        sale = self.model.sales[number]
        sale.settle_all()
        self._told_how_it_stands(sale, answer)

    @rule(request=requests)
    def ask_for_something_else_with_the_same_key(self, request: Request) -> None:
        key = request.command.key
        assert key is not None
        other = order_of(
            *((line.offer_id, 1) for line in request.command.wanted), key=a_key(key.key, body="x")
        )
        assert code_of(told(self.shop.place_order, other)) == "idempotency_key_reused"

    @rule(number=sales)
    def cancel(self, number: str) -> None:
        sale = self.model.sales[number]
        answer = told(self.shop.cancel_order, commands.CancelOrder(OrderNumber(number)))
        if sale.state not in ("awaiting_payment", "paid"):
            assert code_of(answer) == "illegal_transition"
            return
        sale.cancel()
        assert cast(Receipt, answer).state == "cancelled"

    @rule(request=requests)
    def cancel_what_was_asked_for(self, request: Request) -> None:
        if request.number is not None:
            self.cancel(request.number)


def _lines(wanted: Wanted) -> tuple[commands.Wanted, ...]:
    return tuple(commands.Wanted(offer, count) for offer, count in wanted.items())


def _summed(lines: list[tuple[OfferId, int]]) -> dict[OfferId, int]:
    counts: Counter[OfferId] = Counter()
    for offer, count in lines:
        counts[offer] += count
    return dict(counts)
