"""Text of one environment variable -> value; ValueError says what it has to be.

No message repeats what was given: URLs carry passwords.
"""

import re
from collections.abc import Callable
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

_POSTGRES = "postgresql+psycopg2"
# SQLAlchemy 2.1 takes the bare names for psycopg 3, which isn't installed.
_POSTGRES_ALIASES = ("postgresql", "postgres", _POSTGRES)


def text(given: str) -> str:
    return given


def lines(given: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in given.split(",") if line.strip())


def starting(*beginnings: str) -> Callable[[str], str]:
    """A word that shows by its beginning what it is."""

    def parse(given: str) -> str:
        if not given.startswith(beginnings) or not re.fullmatch(r"[!-~]{8,255}", given):
            raise ValueError(f"must start with {' or '.join(beginnings)}")
        return given

    return parse


def whole(lowest: int, highest: int) -> Callable[[str], int]:
    def parse(given: str) -> int:
        if re.fullmatch(r"[0-9]{1,9}", given) and lowest <= int(given) <= highest:
            return int(given)
        raise ValueError(f"must be a whole number from {lowest} to {highest}")

    return parse


def country(given: str) -> str:
    if not re.fullmatch(r"[A-Z]{2}", given):
        raise ValueError("must be a two-letter code in capitals, such as DE")
    return given


def url(*schemes: str) -> Callable[[str], str]:
    """An address of one of these schemes, with a host (or, for unix://, a path)."""

    def parse(given: str) -> str:
        if not _is_url(given, schemes):
            raise ValueError(
                f"must be a URL that starts with {' or '.join(f'{name}://' for name in schemes)}"
            )
        return given

    return parse


def web_origin(given: str) -> str:
    """http(s)://host[:port] and nothing after it: browsers send exactly this as Origin."""
    parts = urlsplit(url("http", "https")(given).rstrip("/"))
    if parts.path or parts.query or parts.fragment or "@" in parts.netloc:
        raise ValueError("must be http(s)://host[:port] without a path")
    return f"{parts.scheme}://{parts.netloc.lower()}"


def database_url(given: str) -> str:
    scheme, separator, rest = given.partition("://")
    if scheme not in _POSTGRES_ALIASES or not separator or not urlsplit(f"x://{rest}").path[1:]:
        raise ValueError(f"must be {_POSTGRES}://user:password@host/database")
    return f"{_POSTGRES}://{rest}"


def mail_address(given: str) -> str:
    _, address = parseaddr(given)
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", address) or not given.isprintable():
        raise ValueError("must be one mail address, such as Shop <shop@example.org>")
    return given


def one_of(*allowed: str) -> Callable[[str], str]:
    def parse(given: str) -> str:
        if given.lower() not in allowed:
            raise ValueError(f"must be one of {', '.join(allowed)}")
        return given.lower()

    return parse


def folder(given: str) -> Path:
    return Path(given).expanduser()


def page_target(given: str) -> str:
    """A folder, or s3://bucket[/prefix] without a slash at its end."""
    scheme, separator, place = given.partition("://")
    if separator and (scheme != "s3" or not re.fullmatch(r"[a-z0-9][a-z0-9.-]+(/[^/]+)*/?", place)):
        raise ValueError("must be a folder or s3://bucket[/prefix]")
    return given.rstrip("/") if separator else str(folder(given))


def existing_folder(given: str) -> Path:
    path = folder(given)
    if not path.is_dir():
        raise ValueError("must be a folder that exists")
    return path


def _is_url(given: str, schemes: tuple[str, ...]) -> bool:
    try:
        parts = urlsplit(given)
        place = parts.path if parts.scheme == "unix" else parts.hostname
        return parts.scheme in schemes and bool(place) and parts.port != 0
    except ValueError:  # a port that is no number, a broken IPv6 address
        return False
