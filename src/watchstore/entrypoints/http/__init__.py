"""The shop over HTTP: everything under /api/v1, JSON in and out."""

from watchstore.entrypoints.http.app import create_app
from watchstore.entrypoints.http.settings import HttpSettings

__all__ = ["HttpSettings", "create_app"]
