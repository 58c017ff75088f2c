"""The one refusal of this package."""

from watchstore.entrypoints.errors import StartError


class EmbeddedServerError(StartError):
    """An embedded server can't start."""
