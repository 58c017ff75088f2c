"""The storefront as static pages, made from the catalogue and kept up to date with it."""

from watchstore.entrypoints.publishing.publish import Published, publish
from watchstore.entrypoints.publishing.publisher import Publisher
from watchstore.entrypoints.publishing.releases import Released
from watchstore.entrypoints.publishing.site import FRONTEND, Choose, Frontend, Site, own_frontend

__all__ = [
    "FRONTEND",
    "Choose",
    "Frontend",
    "Published",
    "Publisher",
    "Released",
    "Site",
    "own_frontend",
    "publish",
]
