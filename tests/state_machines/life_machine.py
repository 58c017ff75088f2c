"""Behind the counter: cancel, ship, deliver, take back and pay back whatever was ever sold."""

from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, multiple, precondition, rule
from tests.harness.language import PARCEL, drain_all, told
from tests.state_machines.bank_rules import PATIENCE, BankRules
from tests.state_machines.checked import code_of, granted
from tests.state_machines.counter import MINUTE
from tests.state_machines.counter_rules import PEOPLE, VOUCHERS, shopper
from tests.state_machines.faults import FAULTS, paid, unheard
from tests.state_machines.life import BLOCKED, GivenBack, Life, Repayment, take
from tests.state_machines.refund_rules import LINES, SOME_LINES, wanted_of

from watchstore.domain import OrderNumber, ReturnId, ReturnState
from watchstore.service_layer import commands

WINDOW = int(timedelta(days=14).total_seconds())
DECISIONS = {
    "requested": {"approved", "declined"},
    "approved": {"received", "declined"},
}
Given = tuple[str, str]


class LifeMachine(BankRules):
    sales = BankRules.sales
    returns = Bundle("returns")

    @rule(number=sales, restock=st.booleans(), fault=st.sampled_from(FAULTS))
    def cancel(self, number: str, restock: bool, fault: str | None) -> None:
        sale = self.model.sales[number]
        command = commands.CancelOrder(OrderNumber(number), restock=restock)
        answer = self.trouble.around("void", fault, self.shop.cancel_order, command)
        if sale.state not in ("awaiting_payment", "paid"):
            assert code_of(answer) == "illegal_transition"
            return
        if not restock:
            for piece in sale.pieces:
                self.model.goods[piece.offer].withdrawn += 1
        sale.cancel()
        if sale.payment == "voiding" or sale.waits:
            paid(sale, fault)
        assert answer is None or granted(answer).state == "cancelled"

    @rule(
        target=BankRules.sales,
        who=PEOPLE,
        lines=SOME_LINES,
        voucher=VOUCHERS,
        restock=st.booleans(),
        fault=st.sampled_from(FAULTS),
    )
    def think_better_of_it(
        self, who: int, lines: dict[int, int], voucher: str | None, restock: bool, fault: str | None
    ) -> Any:
        number = self.buy(who, lines, voucher, "tok_accepted", fault)
        if isinstance(number, str):
            self.cancel(number, restock, fault)
        return number

    @rule(number=sales, lines=LINES, fault=st.sampled_from(FAULTS))
    def ship(self, number: str, lines: dict[int, int], fault: str | None) -> None:
        sale, wanted = self.model.sales[number], self._lines(lines)
        command = commands.ShipOrder(OrderNumber(number), PARCEL, "clerk", wanted_of(wanted))
        fault = unheard(fault) if sale.card == BLOCKED and sale.blocked else fault
        answer = self.trouble.around("capture", fault, self.shop.ship_order, command)
        parcel = take(sale.sendable, wanted) if wanted else sale.unsent
        if parcel is None or (not wanted and len(sale.sendable) < len(sale.unsent)):
            assert code_of(answer) == "not_in_order"
        elif sale.state not in ("paid", "partly_shipped"):
            assert code_of(answer) == "illegal_transition"
        else:
            sale.dispatch(parcel)
            paid(sale, fault)
            assert answer is None or granted(answer).state == sale.state

    @rule(
        target=BankRules.sales,
        who=PEOPLE,
        index=st.integers(0, 2),
        by_hand=st.sampled_from(["", "a watch", "an amount", "all"]),
        restock=st.booleans(),
        fault=st.sampled_from(FAULTS),
    )
    def send_a_part(
        self, who: int, index: int, by_hand: str, restock: bool, fault: str | None
    ) -> Any:
        """A short way to a rest that is given up, some of it paid back already."""
        number = self.buy(who, {index: 2}, None, "tok_accepted", None)
        if isinstance(number, str):
            self.ship(number, {index: 1}, None)
            if by_hand in ("a watch", "all"):
                self.refund_lines(number, {index: 1} if by_hand == "a watch" else {}, None)
                self.ship(number, {}, None)
            elif by_hand:
                self.refund_an_amount(number, 2, None)
            self.leave_out(number, restock, fault)
        return number

    @rule(number=sales)
    def deliver(self, number: str) -> None:
        sale = self.model.sales[number]
        answer = told(self.shop.deliver_order, commands.DeliverOrder(OrderNumber(number), "clerk"))
        if sale.state == "shipped":
            sale.state, sale.delivered_at = "delivered", self.model.now
        else:
            assert code_of(answer) == "illegal_transition"

    @rule(
        target=BankRules.sales,
        who=PEOPLE,
        lines=SOME_LINES,
        voucher=VOUCHERS,
        sent=st.booleans(),
        card=st.sampled_from(["tok_accepted", BLOCKED]),
        fault=st.sampled_from(FAULTS),
    )
    def sell_and_deliver(
        self,
        who: int,
        lines: dict[int, int],
        voucher: str | None,
        *,
        sent: bool,
        card: str,
        fault: str | None,
    ) -> Any:
        """A short way to what takes many steps."""
        number = self.buy(who, lines, voucher, card, None)
        if isinstance(number, str):
            if card == BLOCKED:
                self.ship(number, {}, fault)
            self.ship(number, {}, None)
            if sent:
                self.deliver(number)
        return number

    @rule(target=returns, number=sales, lines=SOME_LINES)
    def ask_to_return(self, number: str, lines: dict[int, int]) -> Any:
        sale, wanted = self.model.sales[number], self._lines(lines)
        command = commands.RequestReturn(OrderNumber(number), wanted_of(wanted), shopper(sale.who))
        answer = told(self.shop.request_return, command)
        pieces = take(sale.returnable, wanted)
        if refusal := self._no_return(sale):
            assert code_of(answer) == refusal
        elif pieces is None:
            assert code_of(answer) == "not_in_order"
        else:
            identity = granted(answer).id
            sale.returns[identity] = GivenBack(pieces)
            return number, identity
        return multiple()

    def _no_return(self, sale: Life) -> str | None:
        if sale.state not in ("shipped", "delivered"):
            return "illegal_transition"
        late = sale.delivered_at is not None and sale.delivered_at + WINDOW < self.model.now
        return "return_window_closed" if late else None

    @rule(given=returns, state=st.sampled_from(["approved", "received", "declined"]))
    def decide(self, given: Given, state: str) -> None:
        number, identity = given
        returned = self.model.sales[number].returns[identity]
        command = commands.DecideReturn(
            OrderNumber(number), ReturnId(UUID(identity)), ReturnState(state), "clerk"
        )
        answer = told(self.shop.decide_return, command)
        if state in DECISIONS.get(returned.state, ()):
            returned.state = state
            assert granted(answer).state == state
        else:
            assert code_of(answer) == "illegal_transition"

    @rule(target=returns, number=sales, index=st.integers(0, 2))
    def give_back(self, number: str, index: int) -> Any:
        """A short way to what lies on the watchmaker's table."""
        self.ship(number, {}, None)
        self.deliver(number)
        given = self.ask_to_return(number, {index: 1})
        if isinstance(given, tuple):
            self.decide(given, "approved")
            self.decide(given, "received")
        return given

    @rule(
        given=returns,
        accepted=st.sampled_from([True, True, False]),
        restock=st.booleans(),
        fault=st.sampled_from(FAULTS),
    )
    def inspect(self, given: Given, accepted: bool, restock: bool, fault: str | None) -> None:
        number, identity = given
        sale = self.model.sales[number]
        returned = sale.returns[identity]
        command = commands.InspectReturn(
            OrderNumber(number), ReturnId(UUID(identity)), "manager", accepted, restock
        )
        answer = self.trouble.around("refund", fault, self.shop.inspect_return, command)
        if returned.state != "received":
            assert code_of(answer) == "illegal_transition"
        elif not accepted:
            returned.state = "rejected"
        elif not sale.rest:
            self._accepted(returned, restock)
            returned.state = granted(answer).state
            assert returned.state == "refunded"
        else:
            self._accepted(returned, restock)
            refund, amount = self._new_refund(sale)
            repayment = returned.repayment = Repayment(amount, returned.pieces)
            self._repaid(sale, refund, repayment, fault)

    @rule(
        target=returns,
        number=sales,
        index=st.integers(0, 2),
        restock=st.booleans(),
        fault=st.sampled_from(FAULTS),
    )
    def take_back(self, number: str, index: int, restock: bool, fault: str | None) -> Any:
        given = self.give_back(number, index)
        if isinstance(given, tuple):
            self.inspect(given, True, restock, fault)
        return given

    @rule(target=returns, given=returns)
    def want_it_twice(self, given: Given) -> Any:
        """The buyer asks for what is asked for already, and the clerk pays for it by hand."""
        number, identity = self._open_return() or given
        sale = self.model.sales[number]
        indices = list(self.model.goods)
        again = Counter(indices.index(p.offer) for p in sale.returns[identity].pieces)
        everything = Counter(indices.index(piece.offer) for piece in sale.pieces)
        self.refund_lines(number, dict(everything), None)
        self.ask_to_return(number, dict(everything))
        return self.ask_to_return(number, dict(again))

    def _open_return(self) -> Given | None:
        """The latest that may still be paid back."""
        found = [
            (number, identity)
            for number, sale in self.model.sales.items()
            for identity, returned in sale.returns.items()
            if returned.state in ("requested", "approved", "received")
        ]
        return found[-1] if found else None

    @rule(target=returns, who=PEOPLE, index=st.integers(0, 2), share=st.integers(1, 3))
    def be_generous(self, who: int, index: int, share: int) -> Any:
        """Some of the money, or all, is paid back by hand before the watch is looked at."""
        number = self.buy(who, {index: 1}, None, "tok_accepted", None)
        given = self.give_back(number, index) if isinstance(number, str) else multiple()
        if isinstance(given, tuple):
            self.refund_an_amount(number, share, None)
            self.inspect(given, True, True, None)
        return given

    @rule()
    def the_schedule_is_kept(self) -> None:
        """Nobody keeps the bank waiting, and the pieces, for longer than a buyer has."""
        self.let_the_worker_work()
        self.house.rival.do_duties()
        for sale in self.model.sales.values():
            sale.settle_all()
            if sale.waits and self.model.now - sale.at > PATIENCE:
                sale.give_up()
        self.model.forget_checkouts()

    def let_the_worker_work(self) -> None:
        """It hears of each order once; what the buyer tells the bank later is others' to find."""
        self.pass_time(5 * MINUTE)
        drain_all(self.house)
        assert self.house.failures == []
        for sale in self.model.sales.values():
            sale.hear_the_worker()

    def let_all_be_settled(self) -> None:
        self.pass_time(PATIENCE)
        self.the_schedule_is_kept()
        self.let_the_worker_work()

    def _accepted(self, returned: GivenBack, restock: bool) -> None:
        returned.state = "accepted"
        for piece in returned.pieces:
            assert not piece.back
            piece.back = True
            self.model.goods[piece.offer].withdrawn += not restock

    @precondition(lambda self: any(s.delivered_at is not None for s in self.model.sales.values()))
    @rule()
    def two_weeks_pass(self) -> None:
        """What waited is settled before, as it would be."""
        self.let_the_worker_work()
        self.pass_time(WINDOW + 3600)
