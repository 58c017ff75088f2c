"""The web process: `gunicorn "watchstore.entrypoints.wsgi:app()"`. Nothing is connected at boot."""

import os

from dependency_injector import providers
from flask import Flask
from prometheus_client import CollectorRegistry

from watchstore.entrypoints.container import Container
from watchstore.entrypoints.errors import StartError
from watchstore.entrypoints.figures import Figures
from watchstore.entrypoints.http.app import create_app
from watchstore.entrypoints.http.observing import json_log, log_json
from watchstore.entrypoints.http.pages import serve_pages
from watchstore.entrypoints.http.settings import HttpSettings
from watchstore.entrypoints.measured import MeasuredShop
from watchstore.entrypoints.metrics import MetricsDoor
from watchstore.entrypoints.settings import Settings, load_settings
from watchstore.service_layer.shop import Shop


def app() -> Flask:
    """The shop that the environment describes; raises SettingsError or StartError."""
    settings = load_settings(os.environ)
    if not settings.database_url:
        raise StartError("DATABASE_URL is not set")
    registry = CollectorRegistry()
    log_json(settings.log_level)
    made = create_app(
        _shop(settings, registry),
        http_settings(settings),
        log=json_log(level=settings.log_level),
        registry=registry,
    )
    if settings.frontend is not None:
        serve_pages(made, settings.frontend, stripe=bool(settings.stripe_secret_key))
    if settings.metrics_port is not None:
        made.wsgi_app = MetricsDoor(made.wsgi_app, settings.metrics_port)  # type: ignore[method-assign]
    return made


def _shop(settings: Settings, registry: CollectorRegistry) -> Shop:
    container = Container(settings=settings)
    if settings.metrics_port is None:
        return container.shop()
    figures = Figures(registry)
    figures.watch_pools()
    container.cache_heard.override(providers.Object(figures.cache()))
    return MeasuredShop(container.ports(), figures)


def http_settings(settings: Settings) -> HttpSettings:
    return HttpSettings(
        public_url=settings.public_url,
        trusted_proxies=settings.trusted_proxies,
        cache_seconds=settings.cache_seconds,
    )
