"""The shop's terms of sale: its policies, as one value."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from watchstore.domain.address import Address
from watchstore.domain.delivery import Delivery
from watchstore.domain.money import Money
from watchstore.domain.papers import Seller
from watchstore.domain.pricing import PriceSheet, price
from watchstore.domain.tax import Destination, TaxPolicy
from watchstore.domain.vouchers import Voucher


@dataclass(frozen=True, slots=True)
class Terms:
    """`home` is where the shop is: what is picked up is taxed there. `seller` signs its papers.

    A checkout holds at most `most_held` pieces, for `hold` after the last sign of life, but
    never longer than `longest_hold` altogether. A buyer whose bank asks for a confirmation has
    `challenge` to give it.
    """

    home: str = "DE"
    tax: TaxPolicy = field(default_factory=TaxPolicy)
    hold: timedelta = timedelta(minutes=10)
    longest_hold: timedelta = timedelta(minutes=30)
    most_held: int = 10
    seller: Seller = field(default_factory=Seller)
    challenge: timedelta = timedelta(minutes=30)

    def destination(self, address: Address | None, delivery: Delivery) -> Destination:
        """Without an address yet, the sheet is an estimate: as if sold at home."""
        if address is None or delivery is Delivery.PICK_UP:
            return Destination(self.home)
        return Destination(address.country, address.postcode)

    def price(
        self,
        lines: Sequence[tuple[Money, int]],
        delivery: Delivery,
        address: Address | None,
        *,
        at: datetime,
        voucher: Voucher | None = None,
    ) -> PriceSheet:
        to = self.destination(address, delivery)
        taxation = self.tax.of(to, at.date())
        return price(lines, delivery, to=to, taxation=taxation, voucher=voucher)
