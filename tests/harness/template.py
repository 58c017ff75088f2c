"""The one place that says what a fresh test database holds."""

from watchstore.adapters.postgres import migrate


def prepare(url: str) -> None:
    """Migrate the empty template at `url`; every test database is a copy of it."""
    migrate(url)
