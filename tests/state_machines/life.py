"""What a shop must remember of an order's whole life: pieces, parcels, returns and money."""

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from watchstore.domain import OfferId

CLAIMING: Final = {"requested", "approved", "received", "accepted", "refunded"}


@dataclass
class Bought:
    """One piece of a sale, in the order's own order."""

    offer: OfferId
    price: int
    sent: bool = False
    paid_back: bool = False
    back: bool = False


@dataclass
class Repayment:
    amount: int
    pieces: list[Bought]
    state: str = "pending"


@dataclass
class GivenBack:
    """A return: its pieces, and the repayment once it is accepted."""

    pieces: list[Bought]
    state: str = "requested"
    repayment: Repayment | None = None


@dataclass
class Sheet:
    items: int
    discount: int
    delivery: int

    @property
    def total(self) -> int:
        return self.items - self.discount + self.delivery


@dataclass
class Life:
    number: str
    who: int
    pieces: list[Bought]
    sheet: Sheet
    card: str
    voucher: str | None
    state: str = "awaiting_payment"
    payment: str = "authorising"
    delivered_at: int | None = None
    # What the gateway did, by its key: each once, whoever asks how often.
    acts: dict[str, tuple[str, int]] = field(default_factory=dict)
    returns: dict[str, GivenBack] = field(default_factory=dict)
    repayments: dict[str, Repayment] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return self.sheet.total

    @property
    def entries(self) -> list[tuple[str, int]]:
        return list(self.acts.values())

    @property
    def kept(self) -> Counter[OfferId]:
        if self.state == "cancelled":
            return Counter()
        return Counter(piece.offer for piece in self.pieces if not piece.back)

    @property
    def refunded(self) -> int:
        return sum(each.amount for each in self.repayments.values())

    @property
    def rest(self) -> int:
        return self.total - self.refunded if self.payment == "captured" else 0

    @property
    def unsent(self) -> list[Bought]:
        return [piece for piece in self.pieces if not piece.sent]

    @property
    def refundable(self) -> list[Bought]:
        """By hand: not what is paid back, nor what an open return will pay back."""
        open_returns = (each for each in self.returns.values() if each.repayment is None)
        spoken = [p for one in open_returns if one.state in CLAIMING for p in one.pieces]
        return [p for p in self.pieces if not p.paid_back and not any(p is q for q in spoken)]

    def worth(self, pieces: list[Bought]) -> Fraction:
        """What was paid for these pieces, but for the rounding."""
        items = sum(piece.price for piece in pieces)
        return items - Fraction(self.sheet.discount * items, self.sheet.items)

    def ask_gateway(self) -> None:
        """The gateway does what is pending, whether or not its answer arrives."""
        if self.payment == "authorising":
            declined = self.card == "tok_declined"
            kind = "declined" if declined else "authorised"
            self.acts.setdefault("authorise", (kind, self.total))
        elif self.payment in ("capturing", "voiding"):
            kind = "captured" if self.payment == "capturing" else "voided"
            self.acts.setdefault(kind, (kind, self.total))

    def answer(self) -> None:
        """The gateway is asked, and its answer arrives."""
        self.ask_gateway()
        if self.payment == "authorising":
            self._authorised()
        elif self.payment == "capturing":
            self.payment = "captured"
            self.state = "partly_shipped" if self.unsent else "shipped"
        elif self.payment == "voiding":
            self.payment = "voided"

    def _authorised(self) -> None:
        declined = self.card == "tok_declined"
        if self.state == "cancelled":
            self.payment = "declined" if declined else "voiding"
        else:
            self.state = "cancelled" if declined else "paid"
            self.payment = "declined" if declined else "authorised"

    def settle(self) -> None:
        while self.payment.endswith("ing"):
            self.answer()

    def cancel(self) -> None:
        self.state = "cancelled"
        if self.payment == "authorising":
            self.answer()
        elif self.payment == "authorised":
            self.payment = "voiding"

    def dispatch(self, parcel: list[Bought]) -> None:
        for piece in parcel:
            piece.sent = True
        if self.state == "paid":
            self.state, self.payment = "dispatching", "capturing"
        else:
            self.state = "partly_shipped" if self.unsent else "shipped"

    def repay(self, identity: str, repayment: Repayment) -> None:
        self.repayments[identity] = repayment
        for piece in repayment.pieces:
            piece.paid_back = True

    def move_money(self, identity: str) -> None:
        self.acts.setdefault(identity, ("refunded", self.repayments[identity].amount))

    def settle_repayment(self, identity: str) -> None:
        self.move_money(identity)
        self.repayments[identity].state = "done"
        for each in self.returns.values():
            if each.repayment is self.repayments[identity]:
                each.state = "refunded"

    def settle_all(self) -> None:
        self.settle()
        for identity, each in self.repayments.items():
            if each.state == "pending":
                self.settle_repayment(identity)


def take(among: list[Bought], wanted: dict[OfferId, int]) -> list[Bought] | None:
    """The first so many of each offer; None when there are fewer."""
    chosen: list[Bought] = []
    for offer, count in wanted.items():
        own = [piece for piece in among if piece.offer == offer]
        if len(own) < count:
            return None
        chosen += own[:count]
    return chosen
