"""What Prometheus gets of the web processes, and where."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from secrets import token_hex
from urllib.parse import urlsplit

import psutil
import pytest
from tests.harness.buying import buy, guest, order_body
from tests.harness.goods import Goods
from tests.metrics.conftest import Measured, ask

from watchstore.domain import OfferId
from watchstore.entrypoints.library import open_shop

ORDERS = "/api/v1/orders"


def an_offer(measured: Measured) -> OfferId:
    with open_shop(measured.stack.database_url) as shop:
        return Goods(shop).offer(3)


def public_port(measured: Measured) -> int:
    return urlsplit(measured.stack.url).port or 0


def until(true: Callable[[], object]) -> None:
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_sale_is_measured_by_all_processes_together(measured: Measured) -> None:
    offer = an_offer(measured)
    with closing(guest(measured.stack.url, offer)) as client:
        assert buy(client, (offer, 1)).status == 201
        declined = order_body((offer, 1), card="tok_declined")
        assert client.post("/orders", declined, Idempotency_Key="k").status == 402
    for _ in range(20):
        ask(public_port(measured), "/api/v1/watches")

    value = measured.value
    assert value("orders_total", outcome="placed") == 2
    assert value("orders_total", outcome="paid") == 1
    assert value("orders_total", outcome="declined") == 1
    for outcome in ("approved", "refused"):
        assert value("gateway_call_seconds_count", call="authorise", outcome=outcome) == 1
    posted = {"method": "POST", "route": ORDERS}
    assert value("http_request_seconds_count", **posted, status="2xx") == 1
    assert value("http_request_seconds_count", **posted, status="4xx") == 1
    listed = {"method": "GET", "route": "/api/v1/watches", "status": "2xx"}
    assert value("http_request_seconds_count", **listed) == 20
    cached = {each: value("catalogue_cache_total", result=each) for each in ("hit", "miss")}
    assert sum(cached.values()) == 20
    assert cached["miss"] >= 1
    assert cached["hit"] > cached["miss"]
    assert value("database_connections") == 0
    releases = [series for series in measured.series() if series[0] == "watchstore_release"]
    assert len(releases) == 1


def test_requests_under_way_are_counted(measured: Measured) -> None:
    offer = an_offer(measured)
    with closing(guest(measured.stack.url, offer)) as client, ThreadPoolExecutor(1) as buyer:
        never = order_body((offer, 1), card="tok_timeout")  # the gateway keeps it waiting
        buyer.submit(client.post, "/orders", never, Idempotency_Key="k")
        until(lambda: measured.value("http_requests_in_flight") == 1)
    until(lambda: measured.value("http_requests_in_flight") == 0)


@pytest.mark.parametrize("path", ["/metrics", "/metrics/", "/api/v1/metrics"])
def test_nobody_reaches_them_by_the_public_port(measured: Measured, path: str) -> None:
    host = f"127.0.0.1:{measured.port}"
    status, body = ask(
        public_port(measured),
        path,
        Host=host,
        X_Forwarded_Host=host,
        X_Forwarded_Port=str(measured.port),
    )
    assert status == 404
    assert b"http_request_seconds" not in body
    assert ask(measured.port, "/api/v1/watches")[0] == 404


def test_made_up_paths_make_no_series(measured: Measured) -> None:
    def visit(times: int) -> None:
        for _ in range(times):
            made_up = token_hex(8)
            for path in (f"/{made_up}", f"/api/v1/watches/{made_up}", f"/api/v1/{made_up}"):
                ask(public_port(measured), path)

    visit(3)
    before = set(measured.series())
    visit(30)
    assert set(measured.series()) == before
    unknown = {"method": "GET", "route": "none", "status": "4xx"}
    assert measured.value("http_request_seconds_count", **unknown) == 66


def test_what_a_killed_process_did_still_counts(measured: Measured) -> None:
    live = {"method": "GET", "route": "/api/v1/brands", "status": "2xx"}
    for _ in range(5):
        assert ask(public_port(measured), "/api/v1/brands")[0] == 200
    master = psutil.Process(measured.stack.web.pid)
    workers = master.children()
    for worker in workers:
        worker.kill()

    def replaced() -> bool:
        gauges = {path.stem.rpartition("_")[2] for path in measured.folder.glob("*/gauge_live*")}
        return bool(gauges) and gauges.isdisjoint({str(worker.pid) for worker in workers})

    until(replaced)
    until(lambda: ask(measured.port, "/metrics")[0] == 200)
    assert measured.value("http_request_seconds_count", **live) == 5
