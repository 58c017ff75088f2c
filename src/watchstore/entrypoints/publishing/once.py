"""Publishing once, for whoever waits for it: a pipeline, or a person at a terminal."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from watchstore.entrypoints.errors import StartError
from watchstore.entrypoints.publishing.exported import exported
from watchstore.entrypoints.publishing.publish import Published, publish
from watchstore.entrypoints.publishing.publisher import AGAIN, Publisher
from watchstore.entrypoints.publishing.site import Site
from watchstore.service_layer.shop import Shop

_PATIENCE: Final = 300  # looks, AGAIN seconds apart


def publish_file(file: Path, site: Site) -> Published:
    """From an export: it needs no database, and so knows of no other publisher."""
    return publish(exported(file), site, day=datetime.now(UTC).date(), whole=True)


def publish_once(shop: Shop, site: Site, *, patience: int = _PATIENCE) -> Published:
    """Compare everything; raises StartError when another publisher is at work for too long."""
    publisher = Publisher(shop, site)
    for look in range(patience + 1):
        if look:
            shop.ports.clock.sleep(AGAIN)
        if done := publisher.run(whole=True):
            return done
    raise StartError("another publisher is at work")
