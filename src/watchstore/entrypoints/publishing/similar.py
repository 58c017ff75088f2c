"""Which watches stand next to a watch."""

from collections.abc import Sequence
from heapq import nsmallest

from watchstore.entrypoints.publishing.cards import Card
from watchstore.service_layer.queries import Availability


def similar(watch: Card, candidates: Sequence[Card], count: int = 4) -> tuple[Card, ...]:
    """The nearest of `candidates`, those that can be bought first; always in the same order."""

    def distance(other: Card) -> tuple[object, ...]:
        size = abs((other.diameter_mm or 40) - (watch.diameter_mm or 40))
        return (
            other.availability != Availability.IN_STOCK.value,
            other.collection != watch.collection,
            other.case_material != watch.case_material,
            size,
            other.slug,
        )

    others = [other for other in candidates if other.slug != watch.slug]
    return tuple(nsmallest(count, others, key=distance))
