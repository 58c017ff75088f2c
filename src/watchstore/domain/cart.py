"""What a buyer means to buy: lines and limits, and the merge when a guest signs in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from watchstore.domain.errors import CartLimit, InvalidValue, MixedCurrency
from watchstore.domain.identifiers import CartId, OfferId, UserId
from watchstore.domain.money import Currency, Money, total

MOST_LINES: Final = 20
MOST_OF_ONE: Final = 10


@dataclass(frozen=True, slots=True)
class CartLine:
    """`price` is what the buyer saw when adding; the order is made at the offer's own."""

    offer_id: OfferId
    quantity: int
    price: Money

    def __post_init__(self) -> None:
        if not 1 <= self.quantity <= MOST_OF_ONE:
            raise InvalidValue("quantity", f"must be between 1 and {MOST_OF_ONE}")


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What signing in did to the cart: offers added, quantities raised, lines left out."""

    added: tuple[OfferId, ...] = ()
    raised: tuple[OfferId, ...] = ()
    left_out: tuple[OfferId, ...] = ()


@dataclass(frozen=True, slots=True)
class Cart:
    """One currency, at most MOST_LINES lines. A guest's cart is found by its cookie's hash."""

    id: CartId
    changed_at: datetime
    owner: UserId | None = None
    secret_hash: str | None = None
    lines: tuple[CartLine, ...] = ()
    version: int = 1

    @property
    def currency(self) -> Currency | None:
        return self.lines[0].price.currency if self.lines else None

    @property
    def subtotal(self) -> Money | None:
        if self.currency is None:
            return None
        return total([line.price * line.quantity for line in self.lines], self.currency)

    def line(self, offer_id: OfferId) -> CartLine | None:
        return next((line for line in self.lines if line.offer_id == offer_id), None)

    def put(self, line: CartLine, at: datetime) -> "Cart":
        """Set the quantity of one offer, adding the line when it is new."""
        if self.remove(line.offer_id, at).currency not in (None, line.price.currency):
            raise MixedCurrency(
                f"The cart is in {self.currency}; order {line.price.currency} separately."
            )
        if self.line(line.offer_id):
            kept = (line if old.offer_id == line.offer_id else old for old in self.lines)
            return self._with(kept, at)
        if len(self.lines) == MOST_LINES:
            raise CartLimit(f"A cart holds at most {MOST_LINES} different watches.")
        return self._with((*self.lines, line), at)

    def remove(self, offer_id: OfferId, at: datetime) -> "Cart":
        if self.line(offer_id) is None:
            return self
        return self._with((line for line in self.lines if line.offer_id != offer_id), at)

    def take_out(self, bought: Mapping[OfferId, int], at: datetime) -> "Cart":
        """Without what was bought; more of the same may stay."""
        rest = tuple(
            replace(line, quantity=line.quantity - bought.get(line.offer_id, 0))
            for line in self.lines
            if line.quantity > bought.get(line.offer_id, 0)
        )
        return self if rest == self.lines else self._with(rest, at)

    def empty(self, at: datetime) -> "Cart":
        return self._with((), at) if self.lines else self

    def merge(self, guest: "Cart", at: datetime) -> tuple["Cart", MergeReport]:
        """Take over a guest's lines, of two quantities the larger: whoever put the same
        watch in twice wants it once. Nothing is dropped without being reported."""
        merged, changes = self, dict[str, list[OfferId]]()
        for line in guest.lines:
            merged, change = merged._take(line, at)
            if change:
                changes.setdefault(change, []).append(line.offer_id)
        return merged, MergeReport(**{name: tuple(ids) for name, ids in changes.items()})

    def _take(self, line: CartLine, at: datetime) -> tuple["Cart", str]:
        mine = self.line(line.offer_id)
        if mine is not None and mine.quantity >= line.quantity:
            return self, ""
        if self.currency not in (None, line.price.currency):
            return self, "left_out"
        try:
            return self.put(line, at), "raised" if mine else "added"
        except CartLimit:
            return self, "left_out"

    def _with(self, lines: Iterable[CartLine], at: datetime) -> "Cart":
        return replace(self, lines=tuple(lines), changed_at=at, version=self.version + 1)
