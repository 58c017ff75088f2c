"""The demo for a shop that opens for the first time: the wares once, and who works there."""

from pathlib import Path

from watchstore.entrypoints.demo.accounts import demo_accounts
from watchstore.entrypoints.demo.loading import load_demo
from watchstore.service_layer.shop import Shop


def open_demo(shop: Shop, data: Path) -> list[str]:
    """Stock the shop, unless `data` says that this was done; one line per demo account.

    Only the first start loads the wares: what staff changed since then is theirs.
    """
    loaded = data / "demo-loaded"
    if not loaded.exists():
        load_demo(shop)
        data.mkdir(parents=True, exist_ok=True)
        loaded.touch()
    return demo_accounts(shop, data)
