"""The storefront as a folder of static pages, made from a snapshot of the catalogue."""

from watchstore.entrypoints.publishing.publish import Published, publish
from watchstore.entrypoints.publishing.snapshot import Snapshot, snapshot_of

__all__ = ["Published", "Snapshot", "publish", "snapshot_of"]
