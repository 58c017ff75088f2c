"""`watchstore run`: from an empty folder to a purchase, killed and started again."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Self
from urllib.error import HTTPError
from urllib.request import urlopen
from uuid import UUID

import psutil
import pytest
from tests.harness.browserless import Client
from tests.harness.buying import buy, guest
from tests.harness.readme import block
from tests.harness.stack import free_port
from tests.support.gateway_process import SOURCES

from watchstore.domain import Money, OfferId
from watchstore.entrypoints.embedded import find_servers
from watchstore.entrypoints.library import open_shop
from watchstore.service_layer.commands import RepriceOffer
from watchstore.service_layer.queries import Listing

pytestmark = pytest.mark.serial

RUN = (sys.executable, "-m", "watchstore.entrypoints.cli", "run")
OPEN_SECONDS = 90
FOR_SALE = {"availability": ("in_stock",), "brand": ("rolex",), "condition": ("pre_owned",)}


class RunningShop:
    """`watchstore run` on a data folder, as a person starts it in a terminal."""

    def __init__(self, data: Path, port: int) -> None:
        self.data = data
        self.url = f"http://127.0.0.1:{port}"
        environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(SOURCES)}
        self.log = data.with_name(f"{data.name}.log")
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                RUN,
                env=environ | {"DATA": str(data), "PORT": str(port)},
                stdout=log,
                stderr=log,
            )
        self._wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.interrupt()

    def interrupt(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)

    def family(self) -> list[psutil.Process]:
        """Every process that works on this data folder, whoever its parent is now."""
        return [each for each in psutil.process_iter() if self._belongs(each)]

    def _belongs(self, process: psutil.Process) -> bool:
        try:
            return str(self.data) in " ".join(
                [*process.cmdline(), process.environ().get("DATA", "")]
            )
        except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
            return False

    def _wait(self) -> None:
        end = time.monotonic() + OPEN_SECONDS
        while "is open" not in self.log.read_text():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < end, self.log.read_text()
            time.sleep(0.05)


def an_offer(url: str) -> OfferId:
    with urlopen(f"{url}/api/v1/watches?availability=in_stock&limit=1") as reply:
        slug = json.load(reply)["items"][0]["slug"]
    with urlopen(f"{url}/api/v1/watches/{slug}") as reply:
        return OfferId(json.load(reply)["offers"][0]["id"])


def test_from_an_empty_folder_to_a_purchase_that_survives_a_kill(tmp_path: Path) -> None:
    data, port = tmp_path / "shop", free_port()
    with RunningShop(data, port) as shop:
        with urlopen(f"{shop.url}/api/v1/watches?limit=1") as reply:
            assert json.load(reply)["total"] == 2126
        offer = an_offer(shop.url)
        client = guest(shop.url, offer)
        number = buy(client, (offer, 1)).json["number"]
        bought_by_curl(shop, tmp_path)
        first_start = accounts(shop)
        # The best of some: the first edits may find the publisher still at its first run.
        assert min(seconds_until_shown(shop, price) for price in range(9_901, 9_906)) < 2
        shop.process.kill()
        shop.process.wait()
    wait_until_gone(shop, port)
    with RunningShop(data, port) as again:
        client = reconnected(client, again.url)
        assert client.get(f"/orders/{number}").json["state"] == "paid"
        assert accounts(again) == first_start
        client.close()
        assert again.interrupt() == 0
    wait_until_gone(again, port)


def seconds_until_shown(shop: RunningShop, dollars: int) -> float:
    """From staff's edit of a price until the page has it."""
    servers = find_servers(shop.data)
    assert servers is not None
    with open_shop(servers.database_url) as opened:
        (card,) = opened.catalogue.listing(Listing(filters=FOR_SALE, limit=1)).items
        watch = opened.catalogue.watch(card.slug)
        assert watch is not None
        price = Money.of(str(dollars), watch.offers[0].currency)
        opened.reprice_offer(RepriceOffer(OfferId(UUID(watch.offers[0].id)), price))
    edited = time.monotonic()
    while f"{dollars:,}" not in page_of(shop, card.slug):
        assert time.monotonic() - edited < OPEN_SECONDS
        time.sleep(0.02)
    return time.monotonic() - edited


def page_of(shop: RunningShop, slug: str) -> str:
    try:
        with urlopen(f"{shop.url}/watches/{slug}/") as reply:
            return str(reply.read().decode())
    except HTTPError:  # it was not published yet
        return ""


def bought_by_curl(shop: RunningShop, folder: Path) -> None:
    """The README's own purchase."""
    script = block("bash").replace("http://127.0.0.1:8000", shop.url)
    done = subprocess.run(
        ["bash", "-eu"], input=script, cwd=folder, capture_output=True, text=True, check=True
    )
    assert '"state":"paid"' in done.stdout, done.stdout + done.stderr


def accounts(shop: RunningShop) -> list[str]:
    lines = re.findall(r"^ {2}(?:customer|clerk|manager) .*$", shop.log.read_text(), re.MULTILINE)
    assert len(lines) == 3
    return lines


def reconnected(client: Client, url: str) -> Client:
    client.close()
    fresh = Client(url)
    fresh.cookies = client.cookies
    return fresh


def wait_until_gone(shop: RunningShop, port: int) -> None:
    """No process and no port is left behind, also by a supervisor that was killed."""
    end = time.monotonic() + 15
    while left := shop.family():
        assert time.monotonic() < end, left
        time.sleep(0.05)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))


def refused(tmp_path: Path, **environ: str) -> list[str]:
    """What a start that cannot work says on standard error."""
    given = {"PATH": os.environ["PATH"], "PYTHONPATH": str(SOURCES), "DATA": str(tmp_path / "d")}
    done = subprocess.run(
        RUN, env=given | environ, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 2, done.stderr
    return done.stderr.splitlines()


def test_a_port_in_use_is_told_in_one_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        (line,) = refused(tmp_path, PORT=str(port))
    assert line == f"watchstore: PORT: cannot listen on 127.0.0.1:{port}: Address already in use"


def test_a_database_that_does_not_answer_is_told_in_one_line(tmp_path: Path) -> None:
    url = f"postgresql://nobody@127.0.0.1:{free_port()}/none"
    (line,) = refused(tmp_path, DATABASE_URL=url, PORT=str(free_port()))
    assert line == "watchstore: DATABASE_URL: The database is away or too busy."


def test_every_setting_out_of_range_is_named(tmp_path: Path) -> None:
    lines = refused(tmp_path, PORT="99999", POOL_SIZE="many", DATABASE_URL="mysql://x/y")
    assert [line.split(":")[1].strip() for line in lines] == ["DATABASE_URL", "PORT", "POOL_SIZE"]
