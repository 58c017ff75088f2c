"""The web process: `gunicorn "watchstore.entrypoints.wsgi:app()"`. Nothing is connected at boot."""

import os
from typing import TYPE_CHECKING, Any

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
from watchstore.entrypoints.traced import traced, tracing_of
from watchstore.service_layer.shop import Shop

if TYPE_CHECKING:
    from watchstore.entrypoints.tracing import Tracing


def read_ahead() -> None:
    """Import all that `app` will, before the processes that call it fork. Nothing is connected."""
    settings = load_settings(os.environ)
    if settings.database_url:
        Container(settings=settings).ports()


def app() -> Flask:
    """The shop that the environment describes; raises SettingsError or StartError."""
    settings = load_settings(os.environ)
    if not settings.database_url:
        raise StartError("DATABASE_URL is not set")
    log_json(settings.log_level)
    registry = CollectorRegistry()
    figures = None if settings.metrics_port is None else Figures(registry)
    tracing = tracing_of(settings, "watchstore-web")
    made = create_app(
        _shop(settings, figures, tracing),
        http_settings(settings),
        log=json_log(level=settings.log_level),
        registry=registry,
    )
    if settings.frontend is not None:
        serve_pages(made, settings.frontend, stripe=bool(settings.stripe_secret_key))
    if figures is not None:
        figures.look_at(made.extensions["in_flight"])
    _stand_outside(made, settings, tracing)
    return made


def _shop(settings: Settings, figures: Figures | None, tracing: "Tracing | None") -> Shop:
    container = Container(settings=settings)
    if figures is None:
        return Shop(traced(container.ports(), tracing))
    figures.watch_pools()
    container.cache_heard.override(providers.Object(figures.cache()))
    return MeasuredShop(traced(container.ports(), tracing), figures)


def _stand_outside(made: Flask, settings: Settings, tracing: "Tracing | None") -> None:
    """What looks at requests before Flask does."""
    outside: Any = made.wsgi_app
    if tracing is not None:
        outside = tracing.of_requests(outside)
    if settings.metrics_port is not None:
        outside = MetricsDoor(outside, settings.metrics_port)
    made.wsgi_app = outside  # type: ignore[method-assign]


def http_settings(settings: Settings) -> HttpSettings:
    return HttpSettings(
        public_url=settings.public_url,
        trusted_proxies=settings.trusted_proxies,
        cache_seconds=settings.cache_seconds,
    )
