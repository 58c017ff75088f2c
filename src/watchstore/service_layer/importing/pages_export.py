"""What is published, as JSON: from such a file the same pages can be made without the shop."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Final

from watchstore.service_layer.queries import PageQueries

_AT_ONCE: Final = 250


def export_pages(pages: PageQueries) -> Iterator[bytes]:
    """Block by block; each block of watches is a question of its own."""
    told = pages.changes(since=0)
    makers = [asdict(row) for row in pages.makers()]
    yield f'{{"version":{told.version},"makers":{_json(makers)},"watches":['.encode()
    between = ""
    for start in range(0, len(told.shown), _AT_ONCE):
        for watch in pages.watches(told.shown[start : start + _AT_ONCE]):
            yield f"{between}\n{_json(asdict(watch))}".encode()
            between = ","
    yield b"]}\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
