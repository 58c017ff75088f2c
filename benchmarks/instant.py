"""The shop with a gateway that answers at once and in the process: what the house alone costs."""

import os

from dependency_injector import providers
from flask import Flask

from watchstore.adapters.memory import MemoryGateway
from watchstore.entrypoints.container import Container
from watchstore.entrypoints.http.app import create_app
from watchstore.entrypoints.settings import load_settings
from watchstore.entrypoints.wsgi import http_settings


def app() -> Flask:
    settings = load_settings(os.environ)
    container = Container(settings=settings)
    container.gateway.override(providers.Object(MemoryGateway()))
    return create_app(container.shop(), http_settings(settings))
