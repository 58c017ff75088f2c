"""The storefront as a folder of static pages, made from a snapshot of the catalogue."""

from pathlib import Path
from typing import Final

from watchstore.entrypoints.publishing.following import follow, publish_once
from watchstore.entrypoints.publishing.publish import Published, Site, publish
from watchstore.entrypoints.publishing.snapshot import Snapshot, snapshot_of

# Templates, styles and scripts of a checkout; not part of the wheel.
FRONTEND: Final = Path(__file__).parents[4] / "frontend"

__all__ = [
    "FRONTEND",
    "Published",
    "Site",
    "Snapshot",
    "follow",
    "publish",
    "publish_once",
    "snapshot_of",
]
