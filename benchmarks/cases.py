"""What is measured: each path with its floor, its target and, where there is one, its bar."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks.load import Sample, drive, get, post
from benchmarks.processes import Web

Measure = Callable[[float], Sample]

VISITORS: Final = 16
BUYERS: Final = 32
API: Final = "/api/v1"
ORDERS: Final = f"{API}/orders"
HOT: Final = ("listing", "detail", "search", "suggest")
MISSED: Final = ("listing", "filtered", "search", "detail")


@dataclass(frozen=True, slots=True)
class Case:
    """`ours` over `floor` should be `target` at least; below `bar` the check fails."""

    name: str
    ours: Measure
    floor: Measure
    target: float
    bar: float = 0.0


@dataclass(frozen=True, slots=True)
class Webs:
    """`shop` as `make run` starts it, `measured` for Prometheus too; `uncached` asks the database
    each time; `instant` is the shop with a gateway in its own process."""

    shop: Web
    measured: Web
    uncached: Web
    instant: Web
    floors: Web


def _visits(web: Web, request: str, status: str = "200") -> Measure:
    return lambda seconds: drive(
        web, [request], connections=VISITORS, seconds=seconds, expected=status
    )


def _purchases(web: Web, path: str, offers: Sequence[str]) -> Measure:
    requests = [_purchase(web, path, offer) for offer in offers]
    return lambda seconds: drive(web, requests, connections=BUYERS, seconds=seconds, expected="201")


def _purchase(web: Web, path: str, offer: str) -> str:
    body = {
        "lines": [{"offer_id": offer, "quantity": 1}],
        "contact": {"email": "buyer@example.com", "name": "A Buyer"},
        "delivery": "pick_up",
        "payment": {"card": "tok_accepted"},
    }
    headers = {"Origin": f"http://127.0.0.1:{web.port}", "Idempotency-Key": "@key@"}
    return post(path, body, Cookie="cart=@buyer@", **headers)


def hot_reads(webs: Webs, paths: Mapping[str, str], etag: str) -> Iterator[Case]:
    for name, path in paths.items():
        if name in HOT:
            ours = _visits(webs.shop, get(path))
            floor = _visits(webs.floors, get(f"/bytes/{name}"))
            yield Case(f"hot {name}", ours, floor, 0.85, 0.7 if name == "listing" else 0.0)
    listing = get(paths["listing"])
    yield Case(
        "hot listing, measured",
        _visits(webs.measured, listing),
        _visits(webs.shop, listing),
        0.97,
        0.9,
    )
    unchanged = {"If-None-Match": etag}
    yield Case(
        "not modified",
        _visits(webs.shop, get(paths["listing"], **unchanged), "304"),
        _visits(webs.floors, get("/unchanged", **unchanged), "304"),
        0.85,
    )


def missed_reads(webs: Webs, paths: Mapping[str, str]) -> Iterator[Case]:
    for name, path in paths.items():
        if name in MISSED:
            ours = _visits(webs.uncached, get(path))
            yield Case(
                f"missed {name}", ours, _visits(webs.floors, get(f"/question/{name}")), 0.5, 0.35
            )


def purchases(webs: Webs, offers: Sequence[str]) -> Iterator[Case]:
    charged = _purchases(webs.shop, ORDERS, offers)
    yield Case("order", charged, _purchases(webs.floors, "/order-charged", offers), 0.6, 0.4)
    aside = _purchases(webs.instant, ORDERS, offers)
    floor = _purchases(webs.floors, "/order", offers)
    yield Case("order, gateway aside", aside, floor, 0.6, 0.4)
    yield Case("order, one hot watch", _purchases(webs.instant, ORDERS, offers[:1]), aside, 0.85)


def against_pgbench(webs: Webs, offers: Sequence[str], bench: Measure) -> Case:
    return Case("order / pgbench", _purchases(webs.instant, ORDERS, offers), bench, 0.25)
