"""The pictures of a watch, drawn from what the catalogue says of it."""

from hashlib import sha256
from typing import Final

from flask import Response, request
from marshmallow import fields, validate

from watchstore.entrypoints.http.area import Area
from watchstore.entrypoints.http.conditional import holds, quoted
from watchstore.entrypoints.http.permissions import PUBLIC
from watchstore.entrypoints.http.questions import known_slug, no_watch
from watchstore.entrypoints.http.schemas.common import Closed
from watchstore.entrypoints.publishing.illustrating import illustration, worn
from watchstore.service_layer.queries import CatalogueQueries, WatchPassport

_DAY: Final = ("Cache-Control", "public, max-age=86400")
# Few sizes, so that a cache holds them all.
_WRISTS_MM: Final = range(140, 215, 5)


class WristQuery(Closed):
    around = fields.Int(load_default=170, validate=validate.OneOf(_WRISTS_MM))


def pictures_area(catalogue: CatalogueQueries) -> Area:
    area = Area("pictures", "Illustrations, to scale.")

    def shown(slug: str) -> WatchPassport:
        watch = catalogue.watch(known_slug(slug).text)
        if watch is None:
            raise no_watch()
        return watch

    @area.on("GET", "/watches/<slug>/picture.svg", access=PUBLIC, refuses=(404,))
    def picture(slug: str) -> Response:
        """The watch as SVG: an illustration, not a photograph."""
        return _answer(illustration(shown(slug)))

    @area.on("GET", "/watches/<slug>/wrist.svg", access=PUBLIC, query=WristQuery, refuses=(404,))
    def wrist(query: dict[str, int], slug: str) -> Response:
        """The watch on a wrist of so many millimetres `around`, both to the same scale."""
        return _answer(worn(shown(slug), query["around"]))

    return area


def _answer(svg: str) -> Response:
    drawn = svg.encode()
    tag = ("ETag", quoted(sha256(drawn).hexdigest()[:20]))
    if holds(request.environ, tag[1]):
        return Response(status=304, headers=[tag, _DAY])
    return Response(drawn, headers=[tag, _DAY], content_type="image/svg+xml")
