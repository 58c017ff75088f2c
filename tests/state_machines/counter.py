"""What a shop must remember of its counter: goods, carts, checkouts, vouchers and their uses."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from tests.state_machines.life import Bought, Life, Sheet

from watchstore.domain import Delivery, OfferId

MINUTE, HOUR = 60, 3600
HOLD, LONGEST = 10 * MINUTE, 30 * MINUTE
# To the buyers' address, and as long as there is none: then it is as if sold at home.
FEES: Final = {
    Delivery.STANDARD: (0, 0),
    Delivery.INSURED: (2_300, 1_700),
    Delivery.EXPRESS: (4_500, 4_500),
    Delivery.PICK_UP: (0, 0),
}

Wanted = dict[OfferId, int]


@dataclass
class Shelved:
    price: int
    received: int
    withdrawn: int = 0


@dataclass
class Coupon:
    """`percent` or `amount` off, or neither: free delivery."""

    uses: int
    each: int
    percent: int = 0
    amount: int = 0
    minimum: int = 0
    closed: bool = False

    def off(self, items: int) -> int:
        return min(self.amount + items * self.percent // 100, items - 1)


@dataclass
class Held:
    """A shopper's checkout."""

    id: str
    wanted: Wanted
    expires: int
    latest: int
    contact: bool = False
    address: bool = False
    delivery: Delivery = Delivery.STANDARD
    voucher: str | None = None
    ordered: bool = False

    @property
    def missing(self) -> tuple[str, ...]:
        address = self.address or self.delivery is Delivery.PICK_UP
        said = {"contact": self.contact, "address": address}
        return tuple(name for name, known in said.items() if not known)


@dataclass
class CounterModel:
    now: int = 0
    forgets_at: int = 0
    goods: dict[OfferId, Shelved] = field(default_factory=dict)
    coupons: dict[str, Coupon] = field(default_factory=dict)
    carts: dict[int, Wanted] = field(default_factory=dict)
    checkouts: dict[int, Held] = field(default_factory=dict)
    sales: dict[str, Life] = field(default_factory=dict)

    def states(self, offer: OfferId) -> Counter[str]:
        """How many pieces of the offer are in each state; every piece is in one."""
        counts = Counter(
            held=sum(self.in_checkout(who, offer) for who in self.checkouts),
            withdrawn=self.goods[offer].withdrawn,
        )
        for sale in self.sales.values():
            waiting = sale.state == "awaiting_payment"
            counts["ordered" if waiting else "sold"] += sale.kept[offer]
        counts["free"] = self.goods[offer].received - counts.total()
        return +counts

    def in_checkout(self, who: int | None, offer: OfferId) -> int:
        held = self.checkouts.get(who) if who is not None else None
        live = held is not None and not held.ordered and self.now < held.expires
        return held.wanted.get(offer, 0) if held and live else 0

    def shortage(self, wanted: Wanted, who: int | None = None) -> str | None:
        """Why so much cannot be taken, by somebody who may use a checkout of their own."""
        for offer in sorted(wanted):
            states = self.states(offer)
            if states["free"] + self.in_checkout(who, offer) < wanted[offer]:
                left = states["free"] + states["held"] + states["ordered"]
                return "all_reserved" if left else "sold_out"
        return None

    def shortage_of_one_shot(self, wanted: Wanted, who: int) -> str | None:
        """Who holds a piece may buy it without the checkout: all of that is let go of then."""
        short = self.shortage(wanted)
        return self.shortage(wanted, who) if short == "all_reserved" else short

    def lets_go(self, wanted: Wanted) -> bool:
        return self.shortage(wanted) is not None

    def live(self, who: int) -> Held | None:
        held = self.checkouts.get(who)
        return held if held and not held.ordered else None

    def forget_checkouts(self) -> None:
        """Those that ended a day ago; once in an hour."""
        if self.now < self.forgets_at:
            return
        self.forgets_at = self.now + HOUR
        for who, held in list(self.checkouts.items()):
            if held.latest + 24 * HOUR < self.now:
                del self.checkouts[who]

    def items(self, wanted: Wanted) -> int:
        return sum(self.goods[offer].price * count for offer, count in wanted.items())

    def used(self, code: str, who: int | None = None) -> int:
        lives = (life for life in self.sales.values() if who in (None, life.who))
        return sum(life.voucher == code and life.state != "cancelled" for life in lives)

    def no_voucher(self, code: str | None, items: int, who: int | None) -> str | None:
        """Why the voucher is refused; nobody has used it as long as nobody is named."""
        if code is None:
            return None
        coupon = self.coupons[code]
        own = self.used(code, who) if who is not None else 0
        reasons = {
            "expired": coupon.closed,
            "minimum": items < coupon.minimum,
            "used_up": self.used(code) >= coupon.uses,
            "used_by_you": own >= coupon.each,
        }
        return next((reason for reason, true in reasons.items() if true), None)

    def sheet(
        self, wanted: Wanted, delivery: Delivery, voucher: str | None, *, somewhere: bool = True
    ) -> Sheet:
        items, fee = self.items(wanted), FEES[delivery][not somewhere]
        if voucher is None:
            return Sheet(items, 0, fee)
        coupon = self.coupons[voucher]
        free = not coupon.percent and not coupon.amount
        return Sheet(items, coupon.off(items), 0 if free else fee)

    def pieces(self, wanted: Wanted) -> list[Bought]:
        return [
            Bought(offer, self.goods[offer].price)
            for offer, count in wanted.items()
            for _ in range(count)
        ]
