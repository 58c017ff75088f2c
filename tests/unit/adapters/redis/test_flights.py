import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from watchstore.adapters.redis.flights import Flights

PATIENT = 30.0


class Flight:
    """Something slow to fetch: says when it is under way and lands when told to."""

    def __init__(self, outcome: object) -> None:
        self.outcome = outcome
        self.count = 0
        self.started, self.may_land = Event(), Event()

    def __call__(self) -> object:
        self.count += 1
        self.started.set()
        assert self.may_land.wait(PATIENT)
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


def passengers(flights: Flights, name: str) -> int:
    return len(flights._under_way[name]._waiters)


def wait_for(condition) -> None:
    end = time.monotonic() + PATIENT
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.001)


@pytest.mark.parametrize("outcome", ["result", ValueError("wrong question")])
def test_one_thread_fetches_for_all_that_ask_meanwhile(outcome):
    flights = Flights(PATIENT)
    flight = Flight(outcome)
    with ThreadPoolExecutor(4) as pool:
        asking = [pool.submit(flights.join, "a", flight)]
        assert flight.started.wait(PATIENT)
        asking += [pool.submit(flights.join, "a", flight) for _ in range(3)]
        wait_for(lambda: passengers(flights, "a") == 3)
        flight.may_land.set()
        outcomes = [each.exception() or each.result() for each in asking]

    assert outcomes == [outcome] * 4
    assert flight.count == 1


def test_other_names_do_not_wait():
    flights = Flights(PATIENT)
    flight = Flight("slow")
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(flights.join, "a", flight)
        assert flight.started.wait(PATIENT)

        assert flights.join("b", lambda: "quick") == "quick"

        flight.may_land.set()
        assert slow.result() == "slow"


def test_a_result_is_not_kept():
    flights = Flights(PATIENT)

    assert [flights.join("a", lambda: 1), flights.join("a", lambda: 2)] == [1, 2]


def test_a_failure_is_not_kept():
    flights = Flights(PATIENT)
    with pytest.raises(ZeroDivisionError):
        flights.join("a", lambda: 1 // 0)

    assert flights.join("a", lambda: 2) == 2


def test_who_loses_patience_fetches_for_itself():
    flights = Flights(0.01)
    flight = Flight("slow")
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(flights.join, "a", flight)
        assert flight.started.wait(PATIENT)

        assert flights.join("a", lambda: "own") == "own"

        flight.may_land.set()
        assert slow.result() == "slow"
