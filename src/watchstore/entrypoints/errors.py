"""What keeps the shop from starting: told in one line, exit code 2."""


class StartError(Exception):
    """The message is one line and names what to change."""
