"""The catalogue: public, cacheable, and the same for everybody. Nothing here looks at cookies."""

from collections.abc import Callable
from typing import Final

from flask import Response, request

from watchstore.entrypoints.http.area import IF_NONE_MATCH, Area, Parameter
from watchstore.entrypoints.http.conditional import document_response
from watchstore.entrypoints.http.permissions import PUBLIC
from watchstore.entrypoints.http.questions import Questions
from watchstore.entrypoints.http.schemas.rows import page_of, schema_of
from watchstore.service_layer.queries import (
    FACETS,
    LARGEST_PAGE,
    LONGEST_QUERY,
    BrandRow,
    Document,
    Sort,
    Suggestion,
    WatchPage,
    WatchPassport,
)


def _query(name: str, about: str, **schema: object) -> Parameter:
    return {"in": "query", "name": name, "description": about, "schema": schema}


_Q: Final = _query(
    "q", "Words, a reference, or part of one.", type="string", maxLength=LONGEST_QUERY
)
_FACET: Final = {"type": "array", "items": {"type": "string"}}
_LISTING: Final = (
    _Q,
    *(_query(name, "Repeat it or separate by commas: any of these.", **_FACET) for name in FACETS),
    _query("sort", "In which order.", type="string", enum=[str(sort) for sort in Sort]),
    _query("cursor", "`next` of the page before.", type="string"),
    _query("limit", "How many.", type="integer", minimum=1, maximum=LARGEST_PAGE, default=24),
    IF_NONE_MATCH,
)

Answered = Callable[[Document], Response]


def catalogue_area(questions: Questions, caching: tuple[str, str]) -> Area:
    area = Area("catalogue", "Watches and brands: public, cacheable, with ETags.")

    def answered(document: Document) -> Response:
        return document_response(document, request, caching)

    _searching(area, questions, answered)
    _looking(area, questions, answered)
    return area


def _searching(area: Area, questions: Questions, answered: Answered) -> None:
    @area.on(
        "GET",
        "/watches",
        access=PUBLIC,
        answer=schema_of(WatchPage),
        also=(304,),
        refuses=(422,),
        parameters=_LISTING,
        bare=True,
    )
    def watches() -> Response:
        """Find watches.

        Values of one facet are alternatives, facets narrow each other; a facet's counts ignore
        its own choice. Unknown parameters are refused.
        """
        return answered(questions.listing(request.environ["QUERY_STRING"]))

    @area.on(
        "GET",
        "/watches/suggest",
        access=PUBLIC,
        answer=page_of(Suggestion, "Suggestions"),
        also=(304,),
        refuses=(422,),
        parameters=(_Q, IF_NONE_MATCH),
        bare=True,
    )
    def suggest() -> Response:
        """What the text in the search box may become."""
        return answered(questions.suggest(request.environ["QUERY_STRING"]))


def _looking(area: Area, questions: Questions, answered: Answered) -> None:
    @area.on(
        "GET",
        "/watches/<slug>",
        access=PUBLIC,
        answer=schema_of(WatchPassport),
        also=(304,),
        refuses=(404, 422),
        parameters=(IF_NONE_MATCH,),
        bare=True,
    )
    def watch(slug: str) -> Response:
        """One watch with its offers."""
        return answered(questions.watch(slug, request.environ["QUERY_STRING"]))

    @area.on(
        "GET",
        "/brands",
        access=PUBLIC,
        answer=page_of(BrandRow, "Brands"),
        also=(304,),
        refuses=(422,),
        parameters=(IF_NONE_MATCH,),
        bare=True,
    )
    def brands() -> Response:
        """The brands, with how many watches each has."""
        return answered(questions.brands(request.environ["QUERY_STRING"]))
