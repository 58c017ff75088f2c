"""Load the demo: every reference, the pre-owned pieces, and new pieces of what has a price."""

import csv
import io
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from watchstore.domain.identifiers import Reference
from watchstore.domain.watch import Brand
from watchstore.service_layer.commands import ImportCatalogue, ImportOffers
from watchstore.service_layer.importing.report import (
    ImportReport,
    OffersReport,
    Progress,
    unwatched,
)
from watchstore.service_layer.shop import Shop

FOLDER: Final = Path(__file__).parent
MOST_NEW_PIECES: Final = 5
_COLUMNS: Final = ("brand", "reference", "condition", "price_amount", "price_currency", "source")


class DemoDataMissing(Exception):
    """A file of the demo is not where it belongs."""


@dataclass(frozen=True, slots=True)
class DemoReport:
    """The references, the rows of offers.csv, and the new pieces that the shop adds itself."""

    catalogue: ImportReport
    offers: OffersReport
    new: OffersReport


def load_demo(shop: Shop, *, folder: Path = FOLDER, progress: Progress = unwatched) -> DemoReport:
    """Running it again changes nothing, unless the shop was edited: the files win."""
    catalogue, offers = _content(folder / "catalogue.csv"), _content(folder / "offers.csv")
    brands = _brands(_content(folder / "brands.csv"))
    stock = _new_pieces(catalogue, offers)
    facts = ImportCatalogue(catalogue, publish=True, prices=False, brands=brands)
    return DemoReport(
        shop.import_catalogue(facts, progress=progress),
        shop.import_offers(ImportOffers(offers)),
        shop.import_offers(ImportOffers(stock)),
    )


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise DemoDataMissing(f"The demo needs the file {path}, which is not there.") from None


def _rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def _brands(data: bytes) -> tuple[Brand, ...]:
    return tuple(
        Brand.named(
            row["brand"],
            country=row["country"],
            founded_year=int(row["founded_year"]) if row["founded_year"] else None,
        )
        for row in _rows(data)
    )


def _new_pieces(catalogue: bytes, offers: bytes) -> bytes:
    """What has a price and nobody offers a piece of: a few new ones, always as many."""
    offered = {_identity(row) for row in _rows(offers)}
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    for row in _rows(catalogue):
        if row["price_amount"] and _identity(row) not in offered:
            cells = row | {"condition": "new", "source": "demo"}
            writer.writerows([[cells[column] for column in _COLUMNS]] * _count(row))
    return text.getvalue().encode()


def _identity(row: dict[str, str]) -> tuple[str, str]:
    return Brand.named(row["brand"]).slug.text, Reference.parse(row["reference"]).bare


def _count(row: dict[str, str]) -> int:
    return 1 + sha256("\n".join(_identity(row)).encode()).digest()[0] % MOST_NEW_PIECES
