"""Anything a shop can be asked, in any order; after each step it is compared with the model."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from hypothesis import strategies as st
from hypothesis.stateful import rule
from tests.harness.language import drain_all
from tests.state_machines.buying_rules import UNIT, BuyingRules
from tests.state_machines.model import Model, Sale

PATIENCE: Final = 6 * UNIT + UNIT // 2


class ShopMachine(BuyingRules):
    """What happens by itself, between what staff and buyers do."""

    def __init__(self) -> None:
        super().__init__()
        self.delivered: list[Sale] = []
        for shop in (self.house.shop, self.house.rival):
            terms = replace(shop.ports.terms, challenge=timedelta(seconds=PATIENCE))
            shop.ports = replace(shop.ports, terms=terms)

    def open_model(self) -> Model:
        return Model()

    @rule(units=st.integers(1, 3))
    def time_passes(self, units: int) -> None:
        self.pass_time(units * UNIT)

    @rule()
    def the_worker_comes_round(self) -> None:
        self.let_the_worker_work()

    def let_the_worker_work(self) -> None:
        """It hears of each order once; what the buyer tells the bank later is others' to find."""
        self.time_passes(1)
        drain_all(self.house)
        assert self.house.failures == []
        for sale in self.model.sales.values():
            if not any(sale is known for known in self.delivered):
                sale.settle_all()
        self.delivered += self.model.sales.values()

    def let_all_be_settled(self) -> None:
        self.pass_time(PATIENCE + UNIT)
        self.let_the_worker_work()
        self.the_schedule_is_kept()
        self.let_the_worker_work()

    @rule()
    def the_schedule_is_kept(self) -> None:
        """Nobody keeps the bank waiting, and the pieces, for longer than a buyer has."""
        self.time_passes(1)
        self.house.rival.do_duties()
        for sale in self.model.sales.values():
            sale.settle_all()
            if sale.waits and self.model.now - sale.at > PATIENCE:
                sale.cancel()
