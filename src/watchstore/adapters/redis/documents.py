"""Catalogue documents, kept in Redis as the bytes that HTTP sends.

A document and its ETag are one value, so that a hot read is one round trip. The key holds the
catalogue's version, read BEFORE the query: what a slow reader stores late is under an old version.
"""

import time
from collections.abc import Callable
from hashlib import blake2b
from typing import Final, cast

from watchstore.adapters.redis.client import Client, RedisAway
from watchstore.adapters.redis.flights import Flights
from watchstore.adapters.redis.version import RememberedVersion
from watchstore.service_layer.queries import CatalogueDocuments, Document, Listing

# How long a document is waited for that another thread, or another process, is making.
PATIENCE: Final = 2.0
LOCK: Final = 0.25
POLL: Final = 0.01
_NOTHING: Final = b"-"  # there is no such watch; an ETag is longer

Compute = Callable[[], Document | None]
Heard = Callable[[str], None]


class CachedDocuments:
    """`lifetime`: seconds from the query until its answer is asked for again.

    `heard` is told of every question: hit, miss, or away when Redis is.
    """

    def __init__(
        self,
        inner: CatalogueDocuments,
        version: Callable[[], int],
        client: Client,
        *,
        lifetime: float,
        heard: Heard = lambda _result: None,
    ) -> None:
        self._heard = heard
        self._inner = inner
        self._version = RememberedVersion(version)
        self._client = client
        self._lifetime = lifetime
        self._flights = Flights[Document | None](PATIENCE)

    def listing(self, listing: Listing) -> Document:
        question = ("listing", *_normalised(listing))
        return cast(Document, self._answer(question, lambda: self._inner.listing(listing)))

    def watch(self, slug: str) -> Document | None:
        return self._answer(("watch", slug), lambda: self._inner.watch(slug))

    def suggest(self, text: str) -> Document:
        question = ("suggest", _folded(text))
        return cast(Document, self._answer(question, lambda: self._inner.suggest(text)))

    def brands(self) -> Document:
        return cast(Document, self._answer(("brands",), self._inner.brands))

    def _answer(self, question: tuple[object, ...], compute: Compute) -> Document | None:
        key = _key(self._version(), question)
        try:
            stored = self._client.get(key)
        except RedisAway:
            self._heard("away")
            return self._flights.join(key, compute)
        self._heard("miss" if stored is None else "hit")
        if stored is None:
            return self._flights.join(key, lambda: self._fill(key, compute))
        return _unpacked(stored)

    def _fill(self, key: str, compute: Compute) -> Document | None:
        try:
            stored = self._made_elsewhere(key)
        except RedisAway:
            return compute()
        return self._made_here(key, compute) if stored is None else _unpacked(stored)

    def _made_elsewhere(self, key: str) -> bytes | None:
        """What another process that came first is making; None when we are first, or it fails."""
        if self._client.put_new(_lock(key), b"1", milliseconds=int(LOCK * 1000)):
            return None
        end = time.monotonic() + LOCK
        while (stored := self._client.get(key)) is None and time.monotonic() < end:
            time.sleep(POLL)
        return stored

    def _made_here(self, key: str, compute: Compute) -> Document | None:
        end = time.monotonic() + self._lifetime
        try:
            document = compute()
        except BaseException:
            self._unlock(key)  # or those who repeat a wrong question would wait for an answer
            raise
        left = int((end - time.monotonic()) * 1000)
        if left > 0:
            self._store(key, _packed(document), left)
        return document

    def _store(self, key: str, value: bytes, milliseconds: int) -> None:
        try:
            self._client.put(key, value, milliseconds=milliseconds)
        except RedisAway:
            return  # the next reader computes it again

    def _unlock(self, key: str) -> None:
        try:
            self._client.drop(_lock(key))
        except RedisAway:
            return  # it ends by itself soon


def _lock(key: str) -> str:
    return f"{key}:lock"


def _key(version: int, question: tuple[object, ...]) -> str:
    """Braces: in a cluster, a document and its lock lie on one node."""
    digest = blake2b(repr(question).encode(), digest_size=16).hexdigest()
    return f"{{document:{version}:{digest}}}"


def _normalised(listing: Listing) -> tuple[object, ...]:
    """Two ways to ask one thing are one question: blanks, case and the order of filters."""
    chosen = [(facet, *sorted(values)) for facet, values in sorted(listing.filters.items())]
    return (_folded(listing.text), chosen, str(listing.sort), listing.cursor, listing.limit)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _packed(document: Document | None) -> bytes:
    return _NOTHING if document is None else b"%b\n%b" % (document.etag.encode(), document.body)


def _unpacked(value: bytes) -> Document | None:
    if value == _NOTHING:
        return None
    etag, _, body = value.partition(b"\n")
    return Document(body, etag.decode())
