"""The one refusal of this package."""


class EmbeddedServerError(Exception):
    """An embedded server can't start; the message is one line for the person at the terminal."""
