"""What the measurements need: real servers, the demo catalogue, the shop and its floors."""

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from redis import Redis

from benchmarks.capture import asked
from benchmarks.cases import API, HOT, Webs
from benchmarks.floors import RECIPES
from benchmarks.processes import Web, free_port, gunicorn, running
from benchmarks.recipe import order_recipe
from benchmarks.stock import a_stocked_offer
from watchstore.entrypoints.container import migrate
from watchstore.entrypoints.demo import load_demo
from watchstore.entrypoints.embedded import embedded_servers
from watchstore.entrypoints.http.listing import listing_of
from watchstore.entrypoints.library import open_shop
from watchstore.service_layer.queries import CatalogueDocuments
from watchstore.service_layer.shop import Shop

_READY: Final = f"{API}/health/ready"
_QUERIES: Final = {
    "listing": "",
    "filtered": "brand=omega&movement=automatic&sort=price",
    "search": "q=speedmastr+proffesional",
}
_SUGGEST: Final = "q=submar"


@dataclass(frozen=True, slots=True)
class Stage:
    """`recipe` is one order as SQL with holes; `paths` are those of the catalogue's questions."""

    database_url: str
    webs: Webs
    paths: Mapping[str, str]
    etag: str
    recipe: list[str]


@contextmanager
def staged(folder: Path) -> Iterator[Stage]:
    """Everything real, on this machine, for as long as the block lasts."""
    with ExitStack() as stack:
        servers = stack.enter_context(embedded_servers(folder / "data"))
        gateway = _gateway(stack, folder)
        environ = {
            "DATABASE_URL": servers.database_url,
            "REDIS_URL": servers.redis_url,
            "GATEWAY_URL": gateway,
            "CACHE_SECONDS": "5",
        }
        migrate(servers.database_url)
        with open_shop(servers.database_url, cache_seconds="0") as shop:
            load_demo(shop)
            slug = _slug(shop)
            questions = _questions(shop.documents, slug)
        recipe = _recipe(servers.database_url, gateway)
        webs = _webs(stack, folder, environ, {"questions": questions, "order": recipe})
        paths = _paths(slug)
        etag = _store_bytes(webs, paths, servers.redis_url)
        yield Stage(servers.database_url, webs, paths, etag, recipe)


def _gateway(stack: ExitStack, folder: Path) -> str:
    port = free_port()
    module = "watchstore.entrypoints.testgateway"
    ledger = str(folder / "gateway.sqlite")
    command = [sys.executable, "-m", module, "--port", str(port), "--ledger", ledger]
    stack.enter_context(running("gateway", folder, command, {}))
    return f"http://127.0.0.1:{port}"


def _recipe(database_url: str, gateway: str) -> list[str]:
    return order_recipe(database_url, gateway, a_stocked_offer(database_url))


def _slug(shop: Shop) -> str:
    return shop.catalogue.listing(listing_of("availability=in_stock")).items[0].slug


def _questions(documents: CatalogueDocuments, slug: str) -> dict[str, list[str]]:
    found = {
        name: asked(partial(documents.listing, listing_of(query)))
        for name, query in _QUERIES.items()
    }
    return found | {"detail": asked(lambda: documents.watch(slug))}


def _paths(slug: str) -> dict[str, str]:
    watches = f"{API}/watches"
    paths = {name: f"{watches}?{query}".rstrip("?") for name, query in _QUERIES.items()}
    return paths | {"detail": f"{watches}/{slug}", "suggest": f"{watches}/suggest?{_SUGGEST}"}


def _webs(
    stack: ExitStack, folder: Path, environ: Mapping[str, str], recipes: Mapping[str, object]
) -> Webs:
    def web(name: str, app: str = "", ready: str = _READY, **more: str) -> Web:
        return stack.enter_context(
            gunicorn(name, folder, {**environ, **more}, app=app, ready=ready)
        )

    return Webs(
        shop=web("shop"),
        measured=web("measured", METRICS_PORT=str(free_port())),
        uncached=web("uncached", CACHE_SECONDS="0"),
        instant=web("instant", "benchmarks.instant:app()"),
        floors=web("floors", "benchmarks.floors:app()", "/ready", **{RECIPES: json.dumps(recipes)}),
    )


def _store_bytes(webs: Webs, paths: Mapping[str, str], redis_url: str) -> str:
    """What the shop answers is what its floor sends; the listing's ETag."""
    with Redis.from_url(redis_url) as redis:
        for name in HOT:
            body, _ = webs.shop.fetch(paths[name])
            redis.set(f"floor:{name}", body)
        _, etag = webs.shop.fetch(paths["listing"])
        redis.set("floor:etag", etag)
    return etag
