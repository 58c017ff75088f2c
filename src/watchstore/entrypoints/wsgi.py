"""The web process: `gunicorn "watchstore.entrypoints.wsgi:app()"`. Nothing is connected at boot."""

import os

from flask import Flask

from watchstore.entrypoints.container import Container
from watchstore.entrypoints.errors import StartError
from watchstore.entrypoints.http.app import create_app
from watchstore.entrypoints.http.pages import serve_pages
from watchstore.entrypoints.http.settings import HttpSettings
from watchstore.entrypoints.settings import Settings, load_settings


def app() -> Flask:
    """The shop that the environment describes; raises SettingsError or StartError."""
    settings = load_settings(os.environ)
    if not settings.database_url:
        raise StartError("DATABASE_URL is not set")
    container = Container(settings=settings)
    made = create_app(container.shop(), http_settings(settings))
    if settings.frontend is not None:
        serve_pages(made, settings.frontend, stripe=bool(settings.stripe_secret_key))
    return made


def http_settings(settings: Settings) -> HttpSettings:
    return HttpSettings(
        public_url=settings.public_url,
        trusted_proxies=settings.trusted_proxies,
        cache_seconds=settings.cache_seconds,
    )
