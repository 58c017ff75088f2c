"""Passwords that too many people use, most frequent first in the file beside this module."""

from functools import cache
from importlib.resources import files


@cache
def common_passwords() -> frozenset[str]:
    """About 11,600 of at least eight characters, in lower case; read once, on first use."""
    text = files(__package__).joinpath("common_passwords.txt").read_text(encoding="utf-8")
    return frozenset(text.split())
