"""The shop that browser tests look at, and watches that only one test takes."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.harness.goods import Goods
from tests.harness.stack import Stack

from watchstore.domain import OfferId
from watchstore.service_layer.shop import Shop

PIECES = 2


@dataclass(frozen=True, slots=True)
class Spare:
    slug: str
    offer: OfferId


@dataclass(frozen=True, slots=True)
class Window:
    url: str
    shop: Shop
    pages: Path
    stack: Stack
    shown: Spare  # to look at and to put in bags: nobody buys it
    spare: Iterator[Spare]

    def take(self) -> Spare:
        """A watch with PIECES pieces that no other test touches."""
        return next(self.spare)


def pieces_to_take(shop: Shop, count: int = 120) -> Iterator[Spare]:
    goods = Goods(shop)
    numbered = [(number, goods.offer(PIECES)) for number in range(1, count + 1)]
    return iter([Spare(f"omega-speedmaster-310-30-{number}", offer) for number, offer in numbered])
