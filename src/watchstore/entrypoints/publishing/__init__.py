"""The storefront as static pages, made from the catalogue and kept up to date with it."""

from watchstore.entrypoints.publishing.publish import Published, publish
from watchstore.entrypoints.publishing.site import FRONTEND, Frontend, Site

__all__ = ["FRONTEND", "Frontend", "Published", "Site", "publish"]
