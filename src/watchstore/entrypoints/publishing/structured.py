"""What search engines read in a page: JSON-LD that no text of the catalogue can break out of."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from markupsafe import Markup

from watchstore.domain.money import Currency, Money
from watchstore.service_layer.queries import Availability, OfferRow, WatchPassport

_SCHEMA: Final = "https://schema.org"
_STOCK: Final = {
    Availability.IN_STOCK.value: "InStock",
    Availability.RESERVED.value: "LimitedAvailability",
    Availability.SOLD_OUT.value: "SoldOut",
}
_UNSAFE: Final = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def script_text(data: Mapping[str, Any]) -> Markup:
    """JSON that may stand inside a script element, whatever its strings hold."""
    return Markup(json.dumps(data, ensure_ascii=False).translate(_UNSAFE))  # noqa: S704


def product(watch: WatchPassport, *, address: str, picture: str) -> dict[str, Any]:
    data: dict[str, Any] = {
        "@context": _SCHEMA,
        "@type": "Product",
        "name": f"{watch.brand} {watch.name}",
        "brand": {"@type": "Brand", "name": watch.brand},
        "mpn": watch.reference,
        "image": picture,
        "url": address,
    }
    offers = [_offer(offer, address) for offer in watch.offers]
    return data | {"offers": offers} if offers else data


def _offer(offer: OfferRow, address: str) -> dict[str, Any]:
    price = Money(offer.amount, Currency.parse(offer.currency))
    worn = "NewCondition" if offer.condition in {"new", "unworn"} else "UsedCondition"
    return {
        "@type": "Offer",
        "url": address,
        "price": str(price.decimal),
        "priceCurrency": offer.currency,
        "itemCondition": f"{_SCHEMA}/{worn}",
        "availability": f"{_SCHEMA}/{_STOCK.get(offer.availability, 'SoldOut')}",
    }


def breadcrumbs(trail: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """`trail` is (name, address) from the home page down."""
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": address}
        for place, (name, address) in enumerate(trail, start=1)
    ]
    return {"@context": _SCHEMA, "@type": "BreadcrumbList", "itemListElement": items}
