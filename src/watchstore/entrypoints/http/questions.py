"""The questions to the catalogue, as paths and query strings ask them."""

from watchstore.domain.errors import InvalidValue, NotFound
from watchstore.domain.identifiers import Slug
from watchstore.entrypoints.http.listing import listing_of, no_parameters, suggestion_of
from watchstore.service_layer.queries import CatalogueDocuments, Document


class Questions:
    def __init__(self, documents: CatalogueDocuments) -> None:
        self._documents = documents

    def listing(self, query: str) -> Document:
        return self._documents.listing(listing_of(query))

    def suggest(self, query: str) -> Document:
        return self._documents.suggest(suggestion_of(query))

    def brands(self, query: str) -> Document:
        no_parameters(query)
        return self._documents.brands()

    def watch(self, slug: str, query: str) -> Document:
        no_parameters(query)
        document = self._documents.watch(known_slug(slug).text)
        if document is None:
            raise no_watch()
        return document


def known_slug(text: str) -> Slug:
    """The slug in a path; what cannot be one names nothing."""
    try:
        return Slug.parse(text)
    except InvalidValue:
        raise no_watch() from None


def no_watch() -> NotFound:
    return NotFound("There is no such watch.")
