"""Bytes of a file -> its text, whatever program saved it."""

import codecs
from typing import Final

from watchstore.domain.errors import InvalidValue

MOST_BYTES: Final = 10 * 1024 * 1024


def decoded(data: bytes) -> str:
    """UTF-8 with or without BOM, else Windows-1252; raises InvalidValue naming the line."""
    if len(data) > MOST_BYTES:
        raise InvalidValue("file", f"must have at most {MOST_BYTES // 1024 // 1024} MiB")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise InvalidValue("file", "is UTF-16; save it as CSV UTF-8")
    if b"\0" in data:
        raise InvalidValue("file", f"line {_line(data, data.index(0))}: holds a NUL byte")
    text = _text(data)
    if not text.strip():
        raise InvalidValue("file", "is empty")
    return text


def _text(data: bytes) -> str:
    marked = data.startswith(codecs.BOM_UTF8)
    body = data.removeprefix(codecs.BOM_UTF8)
    try:
        return body.decode()
    except UnicodeDecodeError as wrong:
        if marked or _meant_as_utf8(body):
            # Read as Windows-1252 it would decode, and fill the catalogue with "GlashÃ¼tte".
            raise _refused(body, wrong, "is not valid UTF-8") from None
    try:
        return body.decode("cp1252")
    except UnicodeDecodeError as wrong:
        raise _refused(body, wrong, "is neither UTF-8 nor Windows-1252") from None


def _meant_as_utf8(data: bytes) -> bool:
    """Whether as many letters beyond ASCII are right in UTF-8 as bytes are wrong."""
    beyond = [char for char in data.decode(errors="surrogateescape") if not char.isascii()]
    wrong = sum(1 for char in beyond if "\udc80" <= char <= "\udcff")
    return len(beyond) - wrong >= wrong


def _refused(data: bytes, wrong: UnicodeDecodeError, reason: str) -> InvalidValue:
    return InvalidValue("file", f"line {_line(data, wrong.start)}: {reason}")


def _line(data: bytes, position: int) -> int:
    before = data[:position].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return before.count(b"\n") + 1
