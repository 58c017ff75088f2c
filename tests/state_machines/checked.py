"""A shop beside its model: after every step the two must agree, and the books with themselves."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol
from uuid import UUID

from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from tests.harness.books import books_agree
from tests.harness.language import drain_all
from tests.harness.shop import House

from watchstore.domain import OfferId, OrderNumber
from watchstore.service_layer.verifying import KEPT


@dataclass(frozen=True)
class World:
    """A shop over some storage, how its time passes, and the numbers of its events."""

    house: House
    later: Callable[[timedelta], None]
    events: Callable[[], Iterable[tuple[UUID, int]]]


class Remembered(Protocol):
    """What a model knows of a sale; `kept` counts the pieces that are its own now."""

    state: str
    payment: str

    @property
    def total(self) -> int: ...

    @property
    def kept(self) -> Counter[OfferId]: ...

    @property
    def entries(self) -> list[tuple[str, int]]: ...

    def settle_all(self) -> None: ...


class Modelled(Protocol):
    now: int

    @property
    def goods(self) -> Mapping[OfferId, Any]: ...

    @property
    def sales(self) -> Mapping[str, Remembered]: ...

    def states(self, offer: OfferId) -> Counter[str]: ...


class Checked(RuleBasedStateMachine):
    model: Modelled

    def open_world(self) -> World:
        raise NotImplementedError

    def __init__(self) -> None:
        super().__init__()
        self.world = self.open_world()
        self.house, self.shop = self.world.house, self.world.house.shop
        self.model = self.open_model()

    def open_model(self) -> Modelled:
        raise NotImplementedError

    def pass_time(self, seconds: int) -> None:
        self.world.later(timedelta(seconds=seconds))
        self.model.now += seconds

    def let_the_worker_work(self) -> None:
        """Whatever waits for an answer gets it."""
        self.pass_time(300)
        drain_all(self.house)
        assert self.house.failures == []
        for sale in self.model.sales.values():
            sale.settle_all()

    def let_all_be_settled(self) -> None:
        self.let_the_worker_work()

    @rule()
    def the_books_agree(self) -> None:
        books_agree(self.house.rival)

    def teardown(self) -> None:
        """In the end nothing is under way any more, and everything agrees."""
        self.let_all_be_settled()
        self.every_order_is_what_was_sold()
        self.the_gateway_has_what_it_should_and_once()
        books_agree(self.house.rival, grace=timedelta(0))

    @invariant()
    def every_piece_is_where_it_should_be(self) -> None:
        taken: Counter[str] = Counter()
        for offer in self.model.goods:
            rows = self.shop.office.pieces(offer)
            assert Counter(row.state for row in rows) == self.model.states(offer)
            taken.update(row.order_number for row in rows if row.order_number)
        kept = {number: sale.kept.total() for number, sale in self.model.sales.items()}
        assert taken == Counter(kept)

    @invariant()
    def every_order_is_what_was_sold(self) -> None:
        for number, sale in self.model.sales.items():
            order = self.shop.orders.order(OrderNumber(number), None)
            assert order is not None
            found = (order.state, order.payment, order.amount)
            assert found == (sale.state, sale.payment, sale.total)
        assert self.shop.orders.orders().total == len(self.model.sales)

    @invariant()
    def the_gateway_has_what_it_should_and_once(self) -> None:
        entries: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        for entry in self.house.gateway.entries:
            entries[entry.order_number].append((entry.kind.value, entry.amount.amount))
        assert entries.keys() <= self.model.sales.keys()
        for number, sale in self.model.sales.items():
            assert entries[number] == sale.entries

    @invariant()
    def events_are_numbered_without_a_gap(self) -> None:
        numbers: defaultdict[UUID, list[int]] = defaultdict(list)
        for aggregate, number in self.world.events():
            numbers[aggregate].append(number)
        for found in numbers.values():
            first = min(found)
            assert first == 1 or self.model.now > KEPT.total_seconds()
            assert sorted(found) == list(range(first, first + len(found)))


def code_of(answer: object) -> object:
    assert isinstance(answer, tuple), f"this was to be refused: {answer}"
    return answer[0]


def granted(answer: object) -> Any:
    assert not isinstance(answer, tuple), f"this was refused: {answer}"
    return answer
