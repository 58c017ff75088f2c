"""The catalogue's rows as the JSON of the API, encoded once and sent as they are."""

from collections.abc import Sequence
from hashlib import blake2b

import orjson

from watchstore.adapters.orjson.shapes import card, facet, passport
from watchstore.service_layer.queries import CatalogueQueries, Document, Listing


class EncodedCatalogue:
    def __init__(self, queries: CatalogueQueries) -> None:
        self._queries = queries

    def listing(self, listing: Listing) -> Document:
        page = self._queries.listing(listing)
        return _document(
            {
                "items": [card(row) for row in page.items],
                "next": page.next,
                "total": page.total,
                "facets": {name: facet(values) for name, values in page.facets.items()},
            }
        )

    def watch(self, slug: str) -> Document | None:
        row = self._queries.watch(slug)
        return None if row is None else _document(passport(row))

    def suggest(self, text: str) -> Document:
        return _whole(self._queries.suggest(text))

    def brands(self) -> Document:
        return _whole(self._queries.brands())


def _whole(rows: Sequence[object]) -> Document:
    """A list without pages; rows that need no other shape are encoded as they are."""
    return _document({"items": rows, "next": None, "total": len(rows)})


def _document(answer: object) -> Document:
    body = orjson.dumps(answer)
    return Document(body, blake2b(body, digest_size=12).hexdigest())
