"""Health: whether the process is alive, and whether it can work."""

from marshmallow import Schema, fields

from watchstore.entrypoints.http.area import Area
from watchstore.entrypoints.http.permissions import PUBLIC
from watchstore.service_layer.shop import Shop


class HealthAnswer(Schema):
    status = fields.Str(required=True)


def health_area(shop: Shop) -> Area:
    area = Area("health", "Is the process alive, and can it work?")

    @area.on("GET", "/health/live", access=PUBLIC, answer=HealthAnswer)
    def live() -> dict[str, str]:
        """The process answers."""
        return {"status": "alive"}

    @area.on("GET", "/health/ready", access=PUBLIC, answer=HealthAnswer)
    def ready() -> dict[str, str]:
        """What the shop needs is there.

        503 with Retry-After when it is not: the load balancer sends nobody here meanwhile.
        """
        shop.ping()
        return {"status": "ready"}

    return area
