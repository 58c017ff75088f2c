"""The picture of a watch, drawn from what the catalogue says of it."""

from hashlib import sha256

from flask import Response, request

from watchstore.domain.errors import NotFound
from watchstore.entrypoints.http.area import Area
from watchstore.entrypoints.http.conditional import holds, quoted
from watchstore.entrypoints.http.permissions import PUBLIC
from watchstore.entrypoints.publishing.illustrating import illustration
from watchstore.service_layer.queries import CatalogueQueries

_DAY = ("Cache-Control", "public, max-age=86400")


def pictures_area(catalogue: CatalogueQueries) -> Area:
    area = Area("pictures", "Illustrations, to scale.")

    @area.on("GET", "/watches/<slug>/picture.svg", access=PUBLIC, refuses=(404,))
    def picture(slug: str) -> Response:
        """The watch as SVG: an illustration, not a photograph."""
        watch = catalogue.watch(slug)
        if watch is None:
            raise NotFound("There is no such watch.")
        drawn = illustration(watch).encode()
        tag = ("ETag", quoted(sha256(drawn).hexdigest()[:20]))
        if holds(request.environ, tag[1]):
            return Response(status=304, headers=[tag, _DAY])
        return Response(drawn, headers=[tag, _DAY], content_type="image/svg+xml")

    return area
