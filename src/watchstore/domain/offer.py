"""What can be bought of a watch: its condition and price. New pieces share one offer,
a pre-owned piece has its own. A watch without an open offer is "price on request"."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from watchstore.domain.errors import IllegalTransition, InvalidValue
from watchstore.domain.identifiers import OfferId, WatchId
from watchstore.domain.money import Money


class Condition(StrEnum):
    NEW = "new"
    UNWORN = "unworn"
    MINT = "mint"
    EXCELLENT = "excellent"
    VERY_GOOD = "very_good"
    GOOD = "good"
    PRE_OWNED = "pre_owned"  # worn before, not graded yet


@dataclass(frozen=True, slots=True)
class Offer:
    id: OfferId
    watch_id: WatchId
    condition: Condition
    price: Money
    opened_at: datetime
    note: str = ""
    closed_at: datetime | None = None
    version: int = 1

    def __post_init__(self) -> None:
        if self.price.amount <= 0:
            raise InvalidValue("price", "must be more than zero")

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    def reprice(self, price: Money) -> "Offer":
        if not self.is_open:
            raise IllegalTransition("A closed offer has no price to change.")
        if price == self.price:
            return self
        return replace(self, price=price, version=self.version + 1)

    def close(self, at: datetime) -> "Offer":
        if not self.is_open:
            raise IllegalTransition("The offer is closed already.")
        return replace(self, closed_at=at, version=self.version + 1)
