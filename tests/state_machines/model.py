"""What a shop must remember, in plain Python: counts of pieces, holds, sales and their money."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from watchstore.domain import HoldId, OfferId, WatchId

CHALLENGE: Final = "tok_challenge"
Wanted = Mapping[OfferId, int]
# What a ledger must say of an order, by the state of its payment.
LEDGER: Final = {
    "authorised": ["authorised"],
    "captured": ["authorised", "captured"],
    "voided": ["authorised", "voided"],
    "declined": ["declined"],
}


@dataclass
class Goods:
    watch: WatchId
    price: int
    received: int
    shown: bool = True
    open: bool = True


@dataclass
class Held:
    pieces: dict[OfferId, int]
    until: int


@dataclass
class Sale:
    number: str
    wanted: Wanted
    total: int
    card: str
    asked: bool = True
    at: int = 0
    verdict: bool | None = None
    told: bool = False
    state: str = "awaiting_payment"
    payment: str = "authorising"

    @property
    def waits(self) -> bool:
        """The gateway has it, and waits for what the buyer tells the bank."""
        open_still = self.asked and self.payment == "authorising"
        return open_still and self.card == CHALLENGE and self.verdict is None

    @property
    def kept(self) -> Counter[OfferId]:
        return Counter() if self.state == "cancelled" else Counter(self.wanted)

    @property
    def entries(self) -> list[tuple[str, int]]:
        return [(kind, self.total) for kind in self._kinds()]

    def _kinds(self) -> list[str]:
        if self.payment != "authorising":
            return LEDGER[self.payment]
        if not self.asked or self.waits:
            return []
        return ["declined" if self.declined else "authorised"]

    @property
    def declined(self) -> bool:
        return self.card == "tok_declined" or (self.card == CHALLENGE and self.verdict is False)

    def settle_all(self) -> None:
        """Whoever asks the gateway again gets the one answer there is."""
        self.asked = True
        if self.state != "awaiting_payment":
            return
        if self.waits:
            self.told = True
            return
        self.state = "cancelled" if self.declined else "paid"
        self.payment = "declined" if self.declined else "authorised"

    def cancel(self) -> None:
        nothing = self.declined or (self.card == CHALLENGE and not self.verdict)
        self.asked, self.state = True, "cancelled"
        self.payment = "declined" if nothing else "voided"

    def ship(self) -> None:
        self.state, self.payment = "shipped", "captured"


@dataclass
class Model:
    now: int = 0
    goods: dict[OfferId, Goods] = field(default_factory=dict)
    holds: dict[HoldId, Held] = field(default_factory=dict)
    spent: set[HoldId] = field(default_factory=set)
    sales: dict[str, Sale] = field(default_factory=dict)

    def states(self, offer: OfferId) -> Counter[str]:
        """How many pieces of the offer are in each state; every piece is in one."""
        counts = Counter(
            held=sum(self.in_hold(hold, offer) for hold in self.holds),
            ordered=self._taken(offer, "awaiting_payment"),
            sold=self._taken(offer, "paid", "shipped"),
        )
        counts["free"] = self.goods[offer].received - counts.total()
        return +counts

    def in_hold(self, hold: HoldId | None, offer: OfferId) -> int:
        held = self.holds.get(hold) if hold else None
        return held.pieces.get(offer, 0) if held and self.now < held.until else 0

    def total(self, wanted: Wanted) -> int:
        return sum(self.goods[offer].price * count for offer, count in wanted.items())

    def refusal_to_hold(self, wanted: Wanted, hold: HoldId | None) -> str | None:
        if not all(self.goods[offer].shown and self.goods[offer].open for offer in wanted):
            return "not_for_sale"
        for offer in sorted(wanted):
            states = self.states(offer)
            if states["free"] + self.in_hold(hold, offer) < wanted[offer]:
                return "all_reserved" if +states - Counter(sold=states["sold"]) else "sold_out"
        return None

    def refusal_to_sell(self, wanted: Wanted, hold: HoldId | None, shown: int | None) -> str | None:
        if refusal := self.refusal_to_hold(wanted, hold):
            return refusal
        if shown not in (None, self.total(wanted)):
            return "price_changed"
        if hold is None:
            return None
        enough = all(self.in_hold(hold, offer) >= wanted[offer] for offer in wanted)
        return None if enough and hold not in self.spent else "hold_expired"

    def sell(self, sale: Sale, hold: HoldId | None) -> None:
        self.sales[sale.number] = sale
        if hold is not None:
            self.spent.add(hold)
            for offer, count in sale.wanted.items():
                self.holds[hold].pieces[offer] -= count

    def _taken(self, offer: OfferId, *states: str) -> int:
        sales = (sale for sale in self.sales.values() if sale.state in states)
        return sum(sale.wanted.get(offer, 0) for sale in sales)
