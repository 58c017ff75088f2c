"""Money that goes back: by the piece, by the amount, or all that is left."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule
from tests.state_machines.checked import code_of, granted
from tests.state_machines.checkout_rules import CheckoutRules
from tests.state_machines.counter_rules import COUNTS
from tests.state_machines.faults import FAULTS, refund_told_of, repaid
from tests.state_machines.life import Life, Repayment, take

from watchstore.domain import Money, OfferId, OrderNumber
from watchstore.service_layer import commands
from watchstore.service_layer.commands import Wanted

# Of the three offers: how many of each; none of any stands for all.
LINES = st.dictionaries(st.integers(0, 2), COUNTS, max_size=2)
SOME_LINES = st.dictionaries(st.integers(0, 2), COUNTS, min_size=1, max_size=2)


class RefundRules(CheckoutRules):
    sales = CheckoutRules.sales

    def _lines(self, lines: dict[int, int]) -> dict[OfferId, int]:
        return {self.offer(index): count for index, count in lines.items()}

    def _too_much(self, sale: Life, answer: object) -> bool:
        """Whether it was refused since more would go out than came in, and that is said."""
        if not isinstance(answer, tuple) or answer[0] != "refund_too_large":
            return False
        assert answer[2]["amount"] == sale.rest
        return True

    def _new_refund(self, sale: Life) -> tuple[str, int]:
        """The one refund that the model does not know yet."""
        order = self.shop.orders.order(OrderNumber(sale.number), None)
        assert order is not None
        (row,) = [row for row in order.refunds if row.id not in sale.repayments]
        return row.id, row.refunded_amount

    def _repaid(self, sale: Life, identity: str, repayment: Repayment, fault: str | None) -> None:
        pieces = repayment.pieces
        if pieces:
            assert not any(piece.paid_back for piece in pieces)
            expected = min(sale.worth(pieces), sale.rest)
            assert abs(repayment.amount - expected) <= len(pieces) + 1
        assert repayment.amount <= sale.rest
        sale.repay(identity, repayment)
        repaid(sale, identity, fault)

    @rule(number=sales, lines=LINES, fault=st.sampled_from(FAULTS))
    def refund_lines(self, number: str, lines: dict[int, int], fault: str | None) -> None:
        """What pieces cost; with none named, all that is left."""
        sale, wanted = self.model.sales[number], self._lines(lines)
        answer = self._refund(number, fault, lines=wanted_of(wanted))
        pieces = take(sale.refundable, wanted)
        if pieces is None:
            assert code_of(answer) == "not_in_order"
        elif sale.payment != "captured":
            assert code_of(answer) == "illegal_transition"
        elif self._too_much(sale, answer):
            assert not sale.rest or (pieces and sale.worth(pieces) > sale.rest - 1)
        else:
            identity, amount = self._new_refund(sale)
            assert wanted or amount == sale.rest
            self._repaid(sale, identity, Repayment(amount, pieces), fault)
            self._shown(answer, sale, identity)

    @rule(number=sales, lines=SOME_LINES)
    def refund_the_same_again(self, number: str, lines: dict[int, int]) -> None:
        for _ in range(2):
            self.refund_lines(number, lines, None)

    @rule(number=sales, share=st.integers(1, 4), fault=st.sampled_from(FAULTS))
    def refund_an_amount(self, number: str, share: int, fault: str | None) -> None:
        """A third, two thirds, all of it, or more than there is."""
        sale = self.model.sales[number]
        amount = sale.total * share // 3
        answer = self._refund(number, fault, amount=Money.of(f"{amount / 100:.2f}", "USD"))
        if sale.payment != "captured":
            assert code_of(answer) == "illegal_transition"
        elif amount > sale.rest:
            assert self._too_much(sale, answer)
        else:
            identity, moved = self._new_refund(sale)
            assert moved == amount
            self._repaid(sale, identity, Repayment(amount, []), fault)
            self._shown(answer, sale, identity)

    def _refund(self, number: str, fault: str | None, **what: Any) -> object:
        command = commands.RefundOrder(OrderNumber(number), "manager", **what)
        return self.trouble.around("refund", fault, self.shop.refund_order, command)

    def _shown(self, answer: object, sale: Life, identity: str) -> None:
        if answer is not None:
            assert granted(answer).state == sale.repayments[identity].state

    def leave_out(self, number: str, restock: bool, fault: str | None) -> None:
        """What was not sent is given up; what is not paid back of it is, as far as there is."""
        sale = self.model.sales[number]
        command = commands.LeaveOutRest(OrderNumber(number), "manager", restock=restock)
        answer = self.trouble.around("refund", fault, self.shop.leave_out_rest, command)
        if sale.state != "partly_shipped":
            assert code_of(answer) == "illegal_transition"
            return
        rest = sale.leave_out()
        for piece in rest:
            self.model.goods[piece.offer].withdrawn += not restock
        unpaid = [piece for piece in rest if not piece.paid_back]
        if unpaid and sale.rest:
            identity, amount = self._new_refund(sale)
            self._repaid(sale, identity, Repayment(amount, unpaid), fault)
        assert answer is None or granted(answer).state == "shipped"

    @rule(number=sales, fault=st.sampled_from(FAULTS))
    def refund_and_hear(self, number: str, fault: str | None) -> None:
        self.refund_an_amount(number, 1, fault)
        self.the_gateway_tells(number)

    @rule(number=sales)
    def the_gateway_tells(self, number: str) -> None:
        """A webhook of anything that it ever did to this order: late, or again."""
        sale = self.model.sales[number]
        told_of = [e for e in self.house.gateway.entries if e.order_number == number]
        for entry in told_of[-1:]:
            key = self.trouble.tell(entry)
            if entry.kind.value != "refunded":
                sale.settle()
            elif sale.repayments[refund_told_of(key)].state == "pending":
                sale.settle_repayment(refund_told_of(key))

    @invariant()
    def no_more_goes_out_than_came_in(self) -> None:
        for number, sale in self.model.sales.items():
            order = self.shop.orders.order(OrderNumber(number), None)
            assert order is not None
            assert order.refunded_amount == sale.refunded <= sale.total
            assert sorted(row.state for row in order.refunds) == sorted(
                each.state for each in sale.repayments.values()
            )
            assert sorted(row.state for row in order.returns) == sorted(
                each.state for each in sale.returns.values()
            )
            if sale.pieces and all(piece.paid_back for piece in sale.pieces):
                repayments = sale.repayments.values()
                by_piece = sum(each.amount for each in repayments if each.pieces)
                assert by_piece <= sale.total - sale.sheet.delivery
                if all(each.pieces for each in repayments):
                    assert by_piece == sale.total - sale.sheet.delivery


def wanted_of(wanted: dict[OfferId, int]) -> tuple[Wanted, ...]:
    return tuple(Wanted(offer, count) for offer, count in wanted.items())
