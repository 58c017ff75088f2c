"""A watch's specification as lines to read."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from watchstore.entrypoints.publishing.languages import Language
from watchstore.service_layer.queries import OfferRow, WatchPassport

# Whole sentences are translated in the templates; these are single words.
FACTS: Final[tuple[tuple[str, Callable[[WatchPassport, Language], str]], ...]] = (
    ("Reference", lambda watch, _: watch.reference),
    ("Collection", lambda watch, _: watch.collection),
    ("Case", lambda watch, say: say.name_value(watch.case_material)),
    ("Diameter", lambda watch, say: _measured(watch.diameter_mm, "mm", say)),
    ("Thickness", lambda watch, say: _measured(watch.thickness_mm, "mm", say)),
    ("Lug to lug", lambda watch, say: _measured(watch.lug_to_lug_mm, "mm", say)),
    ("Lug width", lambda watch, say: _measured(watch.lug_width_mm, "mm", say)),
    ("Dial", lambda watch, say: say.name_value(watch.dial_colour)),
    ("Crystal", lambda watch, say: say.name_value(watch.crystal)),
    ("Bracelet", lambda watch, say: say.name_value(watch.bracelet_material)),
    ("Movement", lambda watch, say: say.name_value((watch.movement or "").capitalize())),
    ("Calibre", lambda watch, _: watch.calibre),
    ("Power reserve", lambda watch, say: _measured(watch.power_reserve_h, "h", say)),
    ("Complications", lambda watch, _: ", ".join(watch.complications)),
    ("Water resistance", lambda watch, say: _measured(watch.water_resistance_m, "m", say)),
    ("First made", lambda watch, _: str(watch.year or "")),
)


# The facet whose landing shows what has the same of it.
_FACETS: Final = {
    "Collection": "collection",
    "Case": "case",
    "Diameter": "diameter",
    "Dial": "dial",
    "Movement": "movement",
}


def facts_of(watch: WatchPassport, language: Language) -> Iterator[tuple[str, str, str]]:
    """(name, value, facet) of what is known."""
    for name, read in FACTS:
        value = read(watch, language)
        if value:
            yield language.say(name), value, _FACETS.get(name, "")


def cheapest(offers: Sequence[OfferRow]) -> OfferRow:
    return min(offers, key=lambda offer: (offer.amount, offer.id))


def _measured(value: float | None, unit: str, language: Language) -> str:
    return "" if value is None else f"{language.number(value)}\u00a0{unit}"
