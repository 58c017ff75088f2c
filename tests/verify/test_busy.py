"""A healthy shop has no differences while it is busy: what is under way is none."""

import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice

import pytest
from tests.harness.language import an_offer, buy, cancel, order_of, ship, told
from tests.harness.shop import House
from tests.harness.torture import repetitions
from tests.verify.conftest import Books

pytestmark = pytest.mark.long
BUYERS, EACH = 4, repetitions(20, 200)


def keep_busy(house: House) -> None:
    offer = an_offer(house, pieces=EACH)
    for act in islice(cycle((ship, cancel, None)), EACH):
        receipt = buy(house, offer)
        if act is not None:
            act(house, receipt)
        told(house.rival.place_order, order_of((offer, 1), card="tok_declined"))
        house.rival.drain()


def test_nothing_that_is_under_way_is_a_difference(books: Books) -> None:
    found, over = [], threading.Event()

    def look() -> int:
        looks = 0
        while not over.is_set():
            found.extend(books.house.rival.verify())
            looks += 1
        return looks

    with ThreadPoolExecutor(BUYERS + 1) as crowd:
        looking = crowd.submit(look)
        buying = [crowd.submit(keep_busy, books.house) for _ in range(BUYERS)]
        try:
            for one in buying:
                one.result()
        finally:
            over.set()
        assert looking.result() >= 3
    assert found == []
