"""A shop beside its model: after every step the two must agree."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from hypothesis.stateful import RuleBasedStateMachine, invariant
from tests.harness.shop import House
from tests.state_machines.model import Model

from watchstore.domain import OrderNumber


@dataclass(frozen=True)
class World:
    """A shop over some storage, how its time passes, and the numbers of its events."""

    house: House
    later: Callable[[timedelta], None]
    events: Callable[[], Iterable[tuple[UUID, int]]]


class Checked(RuleBasedStateMachine):
    def open_world(self) -> World:
        raise NotImplementedError

    def __init__(self) -> None:
        super().__init__()
        self.world = self.open_world()
        self.house, self.shop = self.world.house, self.world.house.shop
        self.model = Model()

    @invariant()
    def every_piece_is_where_it_should_be(self) -> None:
        taken: Counter[str] = Counter()
        for offer in self.model.goods:
            rows = self.shop.office.pieces(offer)
            assert Counter(row.state for row in rows) == self.model.states(offer)
            taken.update(row.order_number for row in rows if row.order_number)
        kept = {
            sale.number: sum(sale.wanted.values())
            for sale in self.model.sales.values()
            if sale.state != "cancelled"
        }
        assert taken == kept

    @invariant()
    def every_order_is_what_was_sold(self) -> None:
        for sale in self.model.sales.values():
            order = self.shop.orders.order(OrderNumber(sale.number), None)
            assert order is not None
            found = (order.state, order.payment, order.amount)
            assert found == (sale.state, sale.payment, sale.total)
        assert self.shop.orders.orders().total == len(self.model.sales)

    @invariant()
    def the_gateway_has_what_it_should_and_once(self) -> None:
        entries: defaultdict[str, list[str]] = defaultdict(list)
        for entry in self.house.gateway.entries:
            entries[entry.order_number].append(entry.kind.value)
            assert entry.amount.amount == self.model.sales[entry.order_number].total
        for sale in self.model.sales.values():
            assert entries[sale.number] == sale.entries

    @invariant()
    def events_are_numbered_without_a_gap(self) -> None:
        numbers: defaultdict[UUID, list[int]] = defaultdict(list)
        for aggregate, number in self.world.events():
            numbers[aggregate].append(number)
        for found in numbers.values():
            assert sorted(found) == list(range(1, len(found) + 1))
