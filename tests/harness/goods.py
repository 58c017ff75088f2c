"""Something to sell: watches with offers and pieces, made through the use cases."""

from itertools import count

from watchstore.domain import Condition, Money, OfferId, Reference
from watchstore.domain.watch import Brand
from watchstore.service_layer.commands import CreateWatch, NewPiece, OpenOffer, ReceivePieces
from watchstore.service_layer.shop import Shop


class Goods:
    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self._numbers = count(1)

    def offer(self, pieces: int, price: str = "7100") -> OfferId:
        """A new watch with one open offer of that many pieces."""
        number = next(self._numbers)
        watch = self.shop.create_watch(
            CreateWatch(
                Brand.named("Omega"),
                "Speedmaster",
                Reference.parse(f"310.30.{number}"),
                f"Speedmaster No. {number}",
                publish=True,
            )
        )
        offer = self.shop.open_offer(OpenOffer(watch, Condition.NEW, Money.of(price, "USD")))
        self.shop.receive_pieces(ReceivePieces(offer, (NewPiece(),) * pieces))
        return offer

    def stock(self, offer: OfferId) -> tuple[int, int]:
        """(free, sold) pieces of an offer."""
        row = next(row for row in self.shop.office.stock() if row.offer_id == str(offer))
        return row.free, row.sold
