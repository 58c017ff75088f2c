"""A catalogue of documents that counts what it is asked and can be made to wait."""

from collections import Counter
from collections.abc import Callable

from watchstore.service_layer.queries import Document, Listing


class CountedCatalogue:
    """`before` is called in every question; `text` is what all documents say."""

    def __init__(self, text: str = "first") -> None:
        self.asked: Counter[object] = Counter()
        self.text = text
        self.before: Callable[[], object] = lambda: None

    def listing(self, listing: Listing) -> Document:
        return self._answer(f"listing {listing.text}")

    def watch(self, slug: str) -> Document | None:
        document = self._answer(f"watch {slug}")
        return None if slug == "missing" else document

    def suggest(self, text: str) -> Document:
        return self._answer(f"suggest {text}")

    def brands(self) -> Document:
        return self._answer("brands")

    def _answer(self, question: str) -> Document:
        self.asked[question] += 1
        text = self.text  # what the query saw, however long it takes from here
        self.before()
        return Document(f"{text}: {question}\n".encode(errors="replace"), f"etag-of-{text}")
