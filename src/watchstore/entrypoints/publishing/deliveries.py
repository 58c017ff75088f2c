"""What a delivery costs, as the page about deliveries lists it."""

from collections.abc import Mapping
from typing import Final

from watchstore.domain.delivery import Delivery, Zone
from watchstore.domain.money import Currency, Money

ZONES: Final[Mapping[str, Zone]] = {
    "EU": Zone.EU,
    "Near Europe": Zone.EUROPE,
    "World": Zone.WORLD,
}
WAYS: Final[Mapping[str, Delivery]] = {
    "Standard": Delivery.STANDARD,
    "Insured": Delivery.INSURED,
    "Insured, against signature": Delivery.SIGNATURE,
    "Express": Delivery.EXPRESS,
}
Fees = tuple[Money | None, ...]


def delivery_fees(currency: str) -> tuple[tuple[str, Fees], ...]:
    """Every way that a parcel travels, with its fee to each zone; None where it does not go."""
    money = Currency.parse(currency)
    return tuple(
        (
            name,
            tuple(
                way.fee(money, zone) if way.is_offered(money, zone) else None
                for zone in ZONES.values()
            ),
        )
        for name, way in WAYS.items()
    )
