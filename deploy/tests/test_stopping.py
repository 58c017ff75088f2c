"""SIGTERM, as every deployment sends it: what is under way is finished, then all is over."""

import json
import socket
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from compose import Compose
from engine import inspect, logs, podman

GRACE = 15.0


def test_a_request_under_way_is_answered_before_the_api_ends(shop: Compose) -> None:
    container = shop.containers("api")[0]
    body = json.dumps({"email": "nobody@example.com", "password": "not this one"}).encode()
    with (
        ThreadPoolExecutor(1) as aside,
        socket.create_connection((address(container), 8000), timeout=GRACE) as line,
    ):
        line.sendall(
            b"POST /api/v1/session HTTP/1.1\r\nHost: shop\r\nExpect: 100-continue\r\n"
            b"Origin: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            % (shop.url.encode(), len(body))
        )
        assert line.recv(1000).startswith(b"HTTP/1.1 100 ")  # it is being handled
        started = time.monotonic()
        stopping = aside.submit(podman, "stop", f"--time={GRACE:.0f}", container)
        wait_for_log(container, "Handling signal: term")
        line.sendall(body)
        assert line.recv(10_000).startswith(b"HTTP/1.1 401 ")
    stopping.result()
    took = time.monotonic() - started
    code = inspect(container)["State"]["ExitCode"]
    shop.start("api")
    assert code == 0
    assert took < GRACE


def address(container: str) -> str:
    networks = inspect(container)["NetworkSettings"]["Networks"]
    return str(next(iter(networks.values()))["IPAddress"])


def wait_for_log(container: str, text: str) -> None:
    end = time.monotonic() + GRACE
    while text not in logs(container):
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.parametrize("service", ["worker", "gateway", "web", "cache", "db"])
def test_everything_ends_by_itself_when_told(shop: Compose, service: str) -> None:
    started = time.monotonic()
    shop.stop(service)
    took = time.monotonic() - started
    codes = [inspect(each)["State"]["ExitCode"] for each in shop.containers(service)]
    shop.start(service)
    assert codes == [0]
    assert took < GRACE
