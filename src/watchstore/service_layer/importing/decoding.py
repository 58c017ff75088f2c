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
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        if _meant_as_utf8(data):
            # Read as Windows-1252 it would decode, and fill the catalogue with "GlashÃ¼tte".
            raise InvalidValue(
                "file", f"line {_line(data, wrong.start)}: is not valid UTF-8"
            ) from None
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as wrong:
        raise InvalidValue(
            "file",
            f"line {_line(data, wrong.start)}: is neither UTF-8 nor Windows-1252",
        ) from None


def _meant_as_utf8(data: bytes) -> bool:
    """Whether some letters beyond ASCII are right in UTF-8: that is no accident."""
    if data.startswith(codecs.BOM_UTF8):
        return True
    return any(not char.isascii() for char in data.decode("utf-8", errors="ignore"))


def _line(data: bytes, position: int) -> int:
    before = data[:position].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return before.count(b"\n") + 1
