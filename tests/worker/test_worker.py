"""The worker's loop: stops soon, holds nothing back, and does its share of the schedule."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.harness.goods import Goods
from tests.harness.language import an_offer, buy
from tests.harness.shop import memory_shop
from tests.harness.stack import WORKER, process, settings
from tests.support.gateway_process import GatewayProcess

from watchstore.domain import Contact, Delivery, OfferId
from watchstore.entrypoints import worker
from watchstore.entrypoints.library import open_shop
from watchstore.service_layer.commands import PlaceOrder, Wanted
from watchstore.service_layer.ports import Unavailable
from watchstore.service_layer.relay import LEASE
from watchstore.service_layer.shop import Shop


class Flaky:
    """A shop whose database is away the first time, and that stops at the second."""

    def __init__(self, stop: threading.Event) -> None:
        self.ports = memory_shop().shop.ports  # what the gauges look at
        self.stop = stop
        self.calls = 0

    def drain(self, *, stopping) -> int:
        return self._call()

    def do_duties(self) -> int:
        return self._call()

    def _call(self) -> int:
        self.calls += 1
        if self.calls == 1:
            raise Unavailable("away")
        self.stop.set()
        return 0


@pytest.mark.parametrize("loop", [worker.work, worker.keep_schedule])
def test_a_database_that_is_away_is_waited_for(loop, monkeypatch):
    monkeypatch.setattr(worker, "AWAY", 0)
    monkeypatch.setattr(worker, "LOOK", 0)
    stop = threading.Event()
    shop = Flaky(stop)
    loop(shop, stop)
    assert shop.calls == 2


def test_the_loop_delivers_what_is_due(monkeypatch):
    house, stop = memory_shop(), threading.Event()
    monkeypatch.setattr(house.mailer, "send", lambda _mail: stop.set())
    buy(house, an_offer(house))
    worker.work(house.rival, stop)
    assert house.failures == []
    assert stop.is_set()


@pytest.fixture
def gateway(tmp_path: Path) -> Iterator[GatewayProcess]:
    with GatewayProcess(tmp_path / "ledger.db", "--slow", "2", "--withhold", "0") as running:
        yield running


@pytest.fixture
def shop(own_database_url: str, gateway: GatewayProcess) -> Iterator[Shop]:
    with open_shop(own_database_url, gateway_url=gateway.url) as shop:
        yield shop


@pytest.fixture
def environ(own_database_url: str, gateway: GatewayProcess, tmp_path: Path) -> dict[str, str]:
    return settings(tmp_path, own_database_url, "", gateway.url, "http://127.0.0.1:1")


def place(shop: Shop, offer: OfferId, card: str) -> str:
    contact = Contact.parse(email="b@example.com", name="B")
    order = PlaceOrder((Wanted(offer),), contact, None, card, Delivery.PICK_UP)
    return shop.place_order(order).number


@pytest.mark.serial
def test_sigterm_ends_a_worker_after_the_delivery_under_way(shop, environ, gateway, tmp_path):
    offer = Goods(shop).offer(2)
    # The gateway hangs up behind the charge, so that the worker asks it again after 6 s.
    number = place(shop, offer, "tok_timeout")
    with process(tmp_path, "worker", WORKER, environ) as running:
        log = tmp_path / "worker.log"
        until(lambda: b"worker_started" in log.read_bytes())
        until(lambda: shop.orders.orders(state="paid").items)
        asked = time.monotonic()
        running.send_signal(signal.SIGTERM)
        assert running.wait(5) == 0
        assert time.monotonic() - asked < 5
    assert b"worker_stopped" in log.read_bytes()
    assert b"reconciled" in log.read_bytes()
    assert [card.number for card in shop.orders.orders(state="paid").items] == [number]


def until(true, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def watchstore(environ: dict[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "watchstore.entrypoints.cli", *arguments]
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=False)


def test_the_command_line_verifies_and_replays(shop, environ, gateway, tmp_path):
    offer = Goods(shop).offer(2)
    number = place(shop, offer, "tok_accepted")
    healthy = watchstore(environ, "verify")
    assert (healthy.returncode, healthy.stdout) == (0, "Everything agrees.\n")

    (lease,) = shop.ports.storage.deliveries.lease(most=1, lasting=LEASE)
    shop.ports.storage.deliveries.park(lease, error="no mail server")
    shop.ports.gateway.void(
        key="by-hand", reference=shop.ports.gateway.find(order_number=number)[0].reference
    )
    ill = watchstore(environ, "verify")
    assert ill.returncode == 1
    parked, voided, summary = ill.stdout.splitlines()
    assert parked.startswith(f"delivery_parked  {lease.event_id}  ")
    assert voided.startswith(f"voided  {number}  payment ")
    assert summary == "2 differences"

    assert str(lease.event_id) in watchstore(environ, "outbox", "list").stdout
    replayed = watchstore(environ, "outbox", "replay", str(lease.event_id))
    assert (replayed.returncode, replayed.stdout) == (0, "1 on its way again.\n")
    assert watchstore(environ, "outbox", "list").stdout == ""
    again = watchstore(environ, "outbox", "replay", str(lease.event_id))
    assert (again.returncode, again.stderr) == (
        2,
        "watchstore: There is no dead letter of this event.\n",
    )


def test_without_a_gateway_there_is_nothing_to_compare_with(shop, environ):
    silent = watchstore({**environ, "GATEWAY_URL": ""}, "verify")
    assert silent.returncode == 2
    assert silent.stderr == "watchstore: No gateway is configured: GATEWAY_URL is empty.\n"
