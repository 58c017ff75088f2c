from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from tests.harness.language import a_watch, an_offer
from tests.harness.published import this_frontend
from tests.harness.shop import House, memory_shop

from watchstore.adapters.files import FolderPages
from watchstore.entrypoints.publishing import Published, Site, publish

URL = "https://shop.example"


@pytest.fixture
def house() -> House:
    """Three watches of two brands, two of them for sale."""
    made = memory_shop()
    an_offer(made, price="5800", watch=a_watch(made, "SBGA211"))
    an_offer(made, price="9100", watch=a_watch(made, "SBGA413"))
    a_watch(made, "AB-1", brand="<b>Lange & Söhne</script>")
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "pages"


@pytest.fixture
def site(folder: Path) -> Site:
    return Site(FolderPages(folder), URL, this_frontend)


@pytest.fixture
def run(house: House, site: Site) -> Callable[..., Published]:
    """Publish; the day does not matter unless it is given."""

    def publish_now(**more: object) -> Published:
        settings = {"day": date(2026, 3, 1), **more}
        return publish(house.storage.pages, site, **settings)  # type: ignore[arg-type]

    return publish_now


@pytest.fixture
def pages(run: Callable[..., Published], folder: Path) -> Path:
    run()
    return folder
