"""The shop as a Python object: `open_shop("memory:")`, or the address of a PostgreSQL database."""

from typing import Final

from dependency_injector import providers

from watchstore.entrypoints.container import Container, MemoryContainer
from watchstore.entrypoints.settings import load_settings
from watchstore.service_layer.ports import Clock, Entropy
from watchstore.service_layer.shop import Shop

MEMORY: Final = "memory:"


def open_shop(
    url: str, *, clock: Clock | None = None, entropy: Entropy | None = None, **settings: str
) -> Shop:
    """Open the shop kept at `url`, as a context manager; nothing is connected before first use.

    `url` is "memory:" (empty, and gone at the end) or "postgresql+psycopg2://...", whose schema
    must be up to date (`watchstore migrate`). `settings` are those of `.env.example` in lower
    case, as text: `redis_url="redis://127.0.0.1/0"`. A `clock` and an `entropy` of your own
    make a script repeatable. Raises SettingsError naming every fault.
    """
    environ = {name.upper(): value for name, value in settings.items()}
    if url != MEMORY:
        environ["DATABASE_URL"] = url
    kind = MemoryContainer if url == MEMORY else Container
    container = kind(settings=load_settings(environ))
    if clock is not None:
        container.clock.override(providers.Object(clock))
    if entropy is not None:
        container.entropy.override(providers.Object(entropy))
    return container.shop()
