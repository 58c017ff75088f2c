"""What the buyer has to tell the bank, and how long the shop waits for it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule
from tests.harness.language import told
from tests.state_machines.checked import code_of, granted
from tests.state_machines.counter import MINUTE
from tests.state_machines.counter_rules import PEOPLE, VOUCHERS, shopper
from tests.state_machines.faults import FAULTS
from tests.state_machines.life import CHALLENGE
from tests.state_machines.refund_rules import SOME_LINES, RefundRules

from watchstore.domain import OrderNumber
from watchstore.service_layer import commands

# Time goes in steps of five minutes, and this ends between two.
PATIENCE = 33 * MINUTE


class BankRules(RefundRules):
    sales = RefundRules.sales

    def __init__(self) -> None:
        super().__init__()
        for shop in (self.house.shop, self.house.rival):
            terms = replace(shop.ports.terms, challenge=timedelta(seconds=PATIENCE))
            shop.ports = replace(shop.ports, terms=terms)

    @rule(
        target=RefundRules.sales,
        who=PEOPLE,
        lines=SOME_LINES,
        voucher=VOUCHERS,
        fault=st.sampled_from(FAULTS),
        says=st.sampled_from([None, True, True, False]),
    )
    def buy_at_the_bank(
        self,
        who: int,
        lines: dict[int, int],
        voucher: str | None,
        fault: str | None,
        says: bool | None,
    ) -> Any:
        """A short way to who is asked, and may have answered already."""
        number = self.buy(who, lines, voucher, CHALLENGE, fault)
        if isinstance(number, str) and says is not None:
            self.answer_the_bank(number, says)
        return number

    @rule(number=sales, approved=st.booleans())
    def answer_the_bank(self, number: str, approved: bool) -> None:
        sale, waiting = self.model.sales[number], self.house.gateway._challenges
        found = [key for key, one in waiting.items() if one.order_number == number]
        assert len(found) == (sale.asked and sale.waits)
        for reference in found:
            self.house.gateway.confirm(f"{reference}_secret", approved=approved)
            sale.tell_the_bank(approved=approved)

    @rule(number=sales)
    def ask_how_the_payment_stands(self, number: str) -> None:
        sale = self.model.sales[number]
        command = commands.ConfirmPayment(OrderNumber(number), shopper(sale.who), self.origin())
        answer = told(self.shop.confirm_payment, command)
        sale.settle()
        if sale.payment == "declined":
            assert code_of(answer) == "payment_declined"
        else:
            shown = granted(answer)
            assert (shown.number, shown.state) == (number, sale.state)
            assert (shown.action is not None) == sale.waits
