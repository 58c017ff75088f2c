"""Pages from a file that the shop exported: the same as from the shop itself."""

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner
from tests.harness.language import a_watch, an_offer, buy
from tests.harness.shop import House, memory_shop

from watchstore.adapters.files import FolderPages
from watchstore.domain import OfferId
from watchstore.entrypoints.cli import main
from watchstore.entrypoints.errors import StartError
from watchstore.entrypoints.publishing import Site, publish
from watchstore.entrypoints.publishing.exported import exported
from watchstore.service_layer.queries import PageQueries

DAY = date(2026, 3, 1)


def written(source: PageQueries, folder: Path) -> dict[str, str]:
    """All that is served, but for the version."""
    publish(source, Site(FolderPages(folder), "https://shop.example"), day=DAY)
    texts = {}
    for path in folder.rglob("*"):
        if path.is_file() and not path.name.startswith("."):
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
            plain = [line for line in lines if "catalogue-version" not in line]
            texts[path.relative_to(folder).as_posix()] = "\n".join(plain)
    return texts


def test_of_json_they_are_the_same_with_stock_and_all(house: House, tmp_path: Path) -> None:
    (watch,) = house.storage.pages.watches(["grand-seiko-heritage-sbga211"])
    buy(house, OfferId(UUID(watch.offers[0].id)))
    house.shop.withdraw_watch(a_watch(house, "GONE"))
    a_watch(house, "DRAFT", publish=False)
    file = tmp_path / "published.json"
    file.write_bytes(b"".join(house.shop.export_pages()))
    live = written(house.storage.pages, tmp_path / "live")
    assert written(exported(file), tmp_path / "file") == live
    assert "schema.org/SoldOut" in live[f"watches/{watch.slug}/index.html"]


def test_of_csv_they_are_the_same_but_for_stock(tmp_path: Path) -> None:
    house = memory_shop()
    an_offer(house, pieces=0, price="5800", watch=a_watch(house, "SBGA211"))
    a_watch(house, "SBGA413")
    file = tmp_path / "catalogue.csv"
    file.write_bytes(b"".join(house.shop.export_catalogue()))
    live = written(house.storage.pages, tmp_path / "live")
    assert written(exported(file), tmp_path / "file") == live


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("export.json", "{}"),
        ("export.json", '{"version": 1, "makers": [{"no": "brand"}], "watches": []}'),
        ("export.json", "no json"),
        ("export.csv", "brand,reference\nOmega,\n"),
        ("export.xml", "<watches/>"),
    ],
    ids=["empty", "strange", "broken", "faulty", "unknown"],
)
def test_another_file_is_refused_by_name(tmp_path: Path, name: str, content: str) -> None:
    file = tmp_path / name
    file.write_text(content)
    with pytest.raises(StartError, match=name):
        exported(file)


def test_it_is_published_from_the_command_line_without_a_database(
    house: House, tmp_path: Path
) -> None:
    file = tmp_path / "published.json"
    file.write_bytes(b"".join(house.shop.export_pages()))
    words = ("publish", str(tmp_path / "pages"), "--from", str(file))
    first = CliRunner().invoke(main, words, env={"DATABASE_URL": "", "DATA": str(tmp_path)})
    assert (first.exit_code, first.stderr) == (0, "")
    assert (tmp_path / "pages" / "watches" / "grand-seiko-heritage-sbga211").is_dir()
    again = CliRunner().invoke(main, words, env={"DATABASE_URL": "", "DATA": str(tmp_path)})
    assert again.stdout.startswith("0 written")
