"""What the published pages are made of, and what changed of it since they were."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from watchstore.service_layer.queries.catalogue import BrandRow, WatchPassport


@dataclass(frozen=True, slots=True)
class Changes:
    """Slugs of the watches that were edited up to `version`: those shown, and those that are not
    or no longer."""

    version: int
    shown: tuple[str, ...]
    gone: tuple[str, ...]


class PageQueries(Protocol):
    def changes(self, *, since: int) -> Changes:
        """Edits of the versions after `since`; every watch when that is 0."""

    def watches(self, slugs: Collection[str]) -> tuple[WatchPassport, ...]:
        """Those of the watches that are published, by slug."""

    def makers(self) -> tuple[BrandRow, ...]:
        """By name; only those of which a watch is published."""
