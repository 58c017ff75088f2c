"""What a shop must remember of an order's whole life: pieces, parcels, returns and money."""

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from watchstore.domain import OfferId

CLAIMING: Final = {"requested", "approved", "received", "accepted", "refunded"}
# The bank asks the buyer; the bank refuses the first capture.
CHALLENGE, BLOCKED = "tok_challenge", "tok_blocked"


@dataclass
class Bought:
    """One piece of a sale, in the order's own order."""

    offer: OfferId
    price: int
    sent: bool = False
    paid_back: bool = False
    back: bool = False
    left_out: bool = False


@dataclass
class Repayment:
    amount: int
    pieces: list[Bought]
    state: str = "pending"


@dataclass
class GivenBack:
    """A return: its pieces, and the repayment once it is accepted, if there is anything left."""

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
    at: int = 0
    delivered_at: int | None = None
    asked: bool = False  # the gateway knows of it
    verdict: bool | None = None  # what the buyer told the bank
    heard: bool = False  # the worker came by while it waited, and does not come again
    blocked: bool = True  # nobody has tried to capture it yet
    refused: bool = False  # this attempt to capture it, whoever asks how often
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
        return Counter(p.offer for p in self.pieces if not (p.back or p.left_out))

    @property
    def refunded(self) -> int:
        return sum(each.amount for each in self.repayments.values())

    @property
    def rest(self) -> int:
        return self.total - self.refunded if self.payment == "captured" else 0

    @property
    def unsent(self) -> list[Bought]:
        return [piece for piece in self.pieces if not (piece.sent or piece.left_out)]

    @property
    def sendable(self) -> list[Bought]:
        """What was paid back is not sent any more; goodwill stops nothing but when it is all."""
        if self.payment == "captured" and not self.rest:
            return []
        return [piece for piece in self.unsent if not piece.paid_back]

    @property
    def refundable(self) -> list[Bought]:
        """By hand: not what is paid back, nor what an open return will pay back; first what was
        not sent."""
        unpaid = self._unpaid(CLAIMING - {"accepted", "refunded"})
        return sorted(unpaid, key=lambda piece: piece.sent)

    @property
    def returnable(self) -> list[Bought]:
        return [piece for piece in self._unpaid(CLAIMING) if not piece.left_out]

    def _unpaid(self, states: set[str]) -> list[Bought]:
        """Neither paid back, nor in a return of these states."""
        spoken = [p for one in self.returns.values() if one.state in states for p in one.pieces]
        return [p for p in self.pieces if not p.paid_back and not any(p is q for q in spoken)]

    @property
    def waits(self) -> bool:
        """For what the buyer tells the bank."""
        asked = self.card == CHALLENGE and self.verdict is None
        return asked and self.payment == "authorising"

    @property
    def declined(self) -> bool:
        return self.card == "tok_declined" or (self.card == CHALLENGE and not self.verdict)

    def worth(self, pieces: list[Bought]) -> Fraction:
        """What was paid for these pieces, but for the rounding."""
        items = sum(piece.price for piece in pieces)
        return items - Fraction(self.sheet.discount * items, self.sheet.items)

    def ask_gateway(self) -> None:
        """The gateway does what is pending, whether or not its answer arrives."""
        self.asked = True
        if self.waits and self.state == "cancelled":
            self.tell_the_bank(approved=False)  # nobody wants it any more
        elif self.payment == "authorising" and not self.waits:
            self._decided()
        elif self.payment == "capturing":
            self._capture()
        elif self.payment == "voiding":
            self.acts.setdefault("voided", ("voided", self.total))

    def tell_the_bank(self, *, approved: bool) -> None:
        self.verdict = approved
        self._decided()

    def _decided(self) -> None:
        kind = "declined" if self.declined else "authorised"
        self.acts.setdefault("authorise", (kind, self.total))

    def _capture(self) -> None:
        if self.card == BLOCKED and self.blocked:
            self.blocked, self.refused = False, True
        elif not self.refused:
            self.acts.setdefault("captured", ("captured", self.total))

    def answer(self) -> None:
        """The gateway is asked, and its answer arrives."""
        self.ask_gateway()
        if self.payment == "authorising" and not self.waits:
            self._authorised()
        elif self.payment == "capturing":
            self._recalled() if self.refused else self._shipped()
        elif self.payment == "voiding":
            self.payment = "voided"

    def _authorised(self) -> None:
        if self.state == "cancelled":
            self.payment = "declined" if self.declined else "voiding"
        else:
            self.state = "cancelled" if self.declined else "paid"
            self.payment = "declined" if self.declined else "authorised"

    def _shipped(self) -> None:
        self.payment = "captured"
        self.state = "partly_shipped" if self.unsent else "shipped"

    def _recalled(self) -> None:
        self.state, self.payment, self.refused = "paid", "authorised", False
        for piece in self.pieces:
            piece.sent = False

    def settle(self) -> None:
        while self.payment.endswith("ing"):
            self.answer()
            if self.waits:
                return

    def give_up(self) -> None:
        self.state = "cancelled"
        self.settle()

    def cancel(self) -> None:
        self.state = "cancelled"
        if self.waits:
            self.asked = True
        elif self.payment == "authorising":
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

    def leave_out(self) -> list[Bought]:
        """Gives back what is left out."""
        rest, self.state = self.unsent, "shipped"
        for piece in rest:
            piece.left_out = True
        return rest

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

    def hear_the_worker(self) -> None:
        """It comes by once for each thing that happened, not for what the bank is told later."""
        if not self.heard or self.state != "awaiting_payment":
            self.settle()
        self.heard = True
        self._settle_repayments()

    def settle_all(self) -> None:
        self.settle()
        self._settle_repayments()

    def _settle_repayments(self) -> None:
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
