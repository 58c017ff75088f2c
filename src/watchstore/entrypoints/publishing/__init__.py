"""The storefront as a folder of static pages, made from a snapshot of the catalogue."""

from watchstore.entrypoints.publishing.publish import Published, publish
from watchstore.entrypoints.publishing.snapshot import Snapshot, from_catalogue, from_csv

__all__ = ["Published", "Snapshot", "from_catalogue", "from_csv", "publish"]
