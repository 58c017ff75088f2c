"""The catalogue from a file that the shop wrote, instead of from its database."""

import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from watchstore.entrypoints.errors import StartError
from watchstore.entrypoints.library import MEMORY, open_shop
from watchstore.service_layer.commands import ImportCatalogue
from watchstore.service_layer.queries import (
    BrandRow,
    Changes,
    OfferRow,
    PageQueries,
    WatchPassport,
)


def exported(file: Path) -> PageQueries:
    """Of `export --json`: what was published then. Of an exported CSV: what an import of it into
    an empty shop would publish, without stock. Raises StartError for any other file."""
    if file.suffix == ".json":
        return ExportedPages(file.read_bytes(), file.name)
    if file.suffix == ".csv":
        return _imported(file)
    raise StartError(f"{file.name}: not a file of `watchstore export`, .json or .csv")


class ExportedPages:
    def __init__(self, text: bytes, name: str) -> None:
        try:
            found = json.loads(text)
            self._version = int(found["version"])
            self._makers = tuple(BrandRow(**row) for row in found["makers"])
            watches = [_watch(row) for row in found["watches"]]
        except (ValueError, TypeError, KeyError) as fault:
            raise StartError(f"{name}: not a file of `watchstore export --json`") from fault
        self._watches = {watch.slug: watch for watch in watches}

    def changes(self, *, since: int) -> Changes:
        shown = tuple(sorted(self._watches)) if since < self._version else ()
        return Changes(self._version, shown, ())

    def watches(self, slugs: Collection[str]) -> tuple[WatchPassport, ...]:
        return tuple(self._watches[slug] for slug in sorted(slugs) if slug in self._watches)

    def makers(self) -> tuple[BrandRow, ...]:
        return self._makers


def _watch(row: Mapping[str, Any]) -> WatchPassport:
    parts = {
        "offers": tuple(OfferRow(**offer) for offer in row["offers"]),
        "complications": tuple(row["complications"]),
    }
    return WatchPassport(**{**row, **parts})


def _imported(file: Path) -> PageQueries:
    shop = open_shop(MEMORY)
    report = shop.import_catalogue(ImportCatalogue(file.read_bytes(), publish=True))
    if report.faults:
        raise StartError(f"{file.name}: {report.faults[0]}")
    return shop.ports.storage.pages
