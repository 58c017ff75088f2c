"""Carts and checkouts: hold first, say the rest in any order, and order what is held."""

from collections import Counter
from dataclasses import replace
from typing import Any, cast
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import multiple, precondition, rule
from tests.harness.language import ADDRESS, a_key, told
from tests.state_machines.checked import code_of, granted
from tests.state_machines.counter import HOLD, LONGEST, MINUTE, Held, Wanted
from tests.state_machines.counter_rules import (
    CARDS,
    CODES,
    PEOPLE,
    VOUCHERS,
    CounterRules,
    contact,
    shopper,
)
from tests.state_machines.faults import FAULTS

from watchstore.domain import CheckoutId, Delivery, VoucherCode
from watchstore.service_layer import commands
from watchstore.service_layer.answers import Receipt
from watchstore.service_layer.queries import CheckoutView


class CheckoutRules(CounterRules):
    sales = CounterRules.sales

    @rule(who=PEOPLE, index=st.integers(0, 2), count=st.integers(0, 3))
    def fill_the_cart(self, who: int, index: int, count: int) -> None:
        offer, cart = self.offer(index), self.model.carts.setdefault(who, {})
        if count:
            self.shop.put_cart_line(commands.PutCartLine(shopper(who), offer, count))
            cart[offer] = count
        else:
            self.shop.remove_cart_line(commands.RemoveCartLine(shopper(who), offer))
            cart.pop(offer, None)
        shown = self.shop.carts.cart(shopper(who)).lines
        assert {line.offer_id: line.quantity for line in shown} == {
            str(each): quantity for each, quantity in cart.items()
        }

    @rule(who=PEOPLE)
    def start_a_checkout(self, who: int) -> None:
        wanted = dict(self.model.carts.get(who, {}))
        command = commands.StartCheckout(shopper(who), origin=self.origin())
        answer = told(self.shop.start_checkout, command)
        if not wanted:
            assert code_of(answer) == "invalid_value"
        elif short := self.model.shortage(wanted, who):
            assert code_of(answer) == short
        else:
            held = self._held(who, wanted, granted(answer).id)
            self.model.checkouts[who] = held
            self._shown_as(held, who, granted(answer))

    def _held(self, who: int, wanted: Wanted, identity: str) -> Held:
        now, before = self.model.now, self.model.live(who)
        latest = now + LONGEST
        if before and before.wanted.keys() & wanted.keys() and now < before.expires:
            latest = min(latest, before.latest)
        return Held(identity, wanted, min(now + HOLD, latest), latest)

    @precondition(lambda self: self.model.checkouts)
    @rule(
        who=PEOPLE,
        said=st.fixed_dictionaries(
            {},
            optional={
                "contact": st.booleans(),
                "address": st.booleans(),
                "delivery": st.sampled_from(Delivery).filter(lambda d: d is not Delivery.SIGNATURE),
                "voucher": st.sampled_from((None, *CODES)),
            },
        ),
    )
    def say_more(self, who: int, said: dict[str, Any]) -> None:
        held = self.model.checkouts.get(who)
        if held is None:
            return
        command = commands.ChangeCheckout(
            CheckoutId(UUID(held.id)), shopper(who), _changes(who, said), origin=self.origin()
        )
        answer = told(self.shop.change_checkout, command)
        if refusal := self._refuses_to_change(who, held, said):
            assert code_of(answer) == refusal
            return
        changed = replace(held, **said)
        changed.expires = max(held.expires, min(self.model.now + HOLD, held.latest))
        self.model.checkouts[who] = changed
        self._shown_as(changed, who, granted(answer))

    def _refuses_to_change(self, who: int, held: Held, said: dict[str, Any]) -> str | None:
        if held.ordered:
            return "illegal_transition"
        if self.model.now >= held.latest:
            return "hold_expired"
        known = said.get("contact", held.contact)
        items = self.model.items(held.wanted)
        if self.model.no_voucher(said.get("voucher"), items, who if known else None):
            return "voucher_refused"
        return self.model.shortage(held.wanted, who)

    def _shown_as(self, held: Held, who: int, view: CheckoutView) -> None:
        person = who if held.contact else None
        refused = self.model.no_voucher(held.voucher, self.model.items(held.wanted), person)
        voucher = None if refused else held.voucher
        sheet = self.model.sheet(held.wanted, held.delivery, voucher, somewhere=held.address)
        assert view.voucher_refused == refused
        assert (view.state, view.missing) == ("open", held.missing)
        assert (view.amount, view.items_amount) == (sheet.total, sheet.items)
        assert sum(line.line_amount for line in view.lines) + sheet.delivery == sheet.total

    @rule(who=PEOPLE)
    def linger(self, who: int) -> None:
        """Each sign of life holds the pieces for longer."""
        self.pass_time(5 * MINUTE)
        self.say_more(who, {})
        self.pass_time(5 * MINUTE)

    @precondition(lambda self: self.model.checkouts)
    @rule(who=PEOPLE)
    def leave(self, who: int) -> None:
        held = self.model.checkouts.get(who)
        if held is None:
            return
        command = commands.LeaveCheckout(CheckoutId(UUID(held.id)), shopper(who))
        answer = told(self.shop.leave_checkout, command)
        if held.ordered:
            assert code_of(answer) == "illegal_transition"
        else:
            del self.model.checkouts[who]

    @rule(
        target=sales,
        who=PEOPLE,
        index=st.integers(0, 2),
        voucher=VOUCHERS,
        fault=st.sampled_from(FAULTS),
    )
    def check_out(self, who: int, index: int, voucher: str | None, fault: str | None) -> Any:
        """All of it in one go, so that most runs come to an order."""
        if not self.model.carts.get(who):
            self.fill_the_cart(who, index, 1)
        self.start_a_checkout(who)
        self.say_more(who, {"contact": True, "address": True, "voucher": voucher})
        return self.order_what_is_held(who, "tok_accepted", fault)

    @precondition(lambda self: self.model.checkouts)
    @rule(target=sales, who=PEOPLE, card=st.sampled_from(CARDS), fault=st.sampled_from(FAULTS))
    def order_what_is_held(self, who: int, card: str, fault: str | None) -> Any:
        held = self.model.checkouts.get(who)
        if held is None:
            return multiple()
        fault = None if card == "tok_timeout" else fault
        key = a_key(f"order {self.origin()}")
        command = commands.OrderCheckout(CheckoutId(UUID(held.id)), shopper(who), card, key=key)
        answer = self.trouble.around("authorise", fault, self.shop.order_checkout, command)
        if refusal := self._refuses_to_order(who, held):
            assert code_of(answer) == refusal
            return multiple()
        sheet = self.model.sheet(held.wanted, held.delivery, held.voucher)
        sale = self._sold(who, held.wanted, sheet, held.voucher, card)
        held.ordered = True
        self._answered(sale, answer, fault)
        if isinstance(answer, Receipt):
            self._leaves_the_cart(who, held)
            if answer.state == "paid":
                assert self.house.rival.order_checkout(command) == answer
        return sale.number

    def _refuses_to_order(self, who: int, held: Held) -> str | None:
        if held.ordered:
            return "illegal_transition"
        if held.missing:
            return "checkout_incomplete"
        if short := self.model.shortage(held.wanted, who):
            return short
        if self.model.now >= held.expires:
            return "hold_expired"
        items = self.model.items(held.wanted)
        return "voucher_refused" if self.model.no_voucher(held.voucher, items, who) else None

    def _leaves_the_cart(self, who: int, held: Held) -> None:
        cart = Counter(self.model.carts.get(who, {}))
        left = {offer: count - held.wanted.get(offer, 0) for offer, count in cart.items()}
        self.model.carts[who] = {offer: count for offer, count in left.items() if count > 0}


def _changes(who: int, said: dict[str, Any]) -> commands.CheckoutChanges:
    values = {
        "contact": lambda known: contact(who) if known else None,
        "address": lambda known: ADDRESS if known else None,
        "delivery": lambda delivery: delivery,
        "voucher": lambda code: VoucherCode.parse(code) if code else None,
    }
    return cast(commands.CheckoutChanges, {name: values[name](said[name]) for name in said})
