"""A checkout: pieces held for one buyer for a while, with all that an order needs, in any order."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from watchstore.domain.address import Address, Contact
from watchstore.domain.delivery import Delivery, Zone
from watchstore.domain.errors import (
    CheckoutIncomplete,
    HoldExpired,
    HoldLimit,
    IllegalTransition,
    InvalidValue,
)
from watchstore.domain.identifiers import (
    CheckoutId,
    HoldId,
    OfferId,
    OrderNumber,
    UserId,
    VoucherCode,
)
from watchstore.domain.money import Currency, Money, total
from watchstore.domain.offer import Condition
from watchstore.domain.piece import Hold
from watchstore.domain.pricing import PriceSheet
from watchstore.domain.terms import Terms
from watchstore.domain.vouchers import Voucher


class CheckoutState(StrEnum):
    OPEN = "open"
    EXPIRED = "expired"
    ORDERED = "ordered"


@dataclass(frozen=True, slots=True)
class CheckoutLine:
    """`price` is held with the piece; `seen` is the one that the cart showed."""

    offer_id: OfferId
    brand: str
    reference: str
    name: str
    condition: Condition
    quantity: int
    price: Money
    seen: Money

    def __post_init__(self) -> None:
        if self.quantity < 1:
            raise InvalidValue("quantity", "must be at least 1")


@dataclass(frozen=True, slots=True)
class Checkout:
    """One at a time for each account, or guest's cookie. `hold_id` becomes the order's own.

    No sign of life makes the hold last beyond `latest`. `settled` says that what was ordered
    has left the cart.
    """

    id: CheckoutId
    lines: tuple[CheckoutLine, ...]
    started_at: datetime
    expires_at: datetime
    latest: datetime
    owner: UserId | None = None
    guest_hash: str | None = None
    contact: Contact | None = None
    address: Address | None = None
    delivery: Delivery = Delivery.STANDARD
    voucher: VoucherCode | None = None
    order_number: OrderNumber | None = None
    settled: bool = False

    def __post_init__(self) -> None:
        if not self.lines:
            raise InvalidValue("lines", "must not be empty")
        if not self.started_at <= self.expires_at <= self.latest:
            raise InvalidValue("expires_at", "must be between the start and the latest end")

    @property
    def hold(self) -> Hold:
        return Hold(HoldId(self.id), self.expires_at)

    @property
    def currency(self) -> Currency:
        return self.lines[0].price.currency

    @property
    def items(self) -> Money:
        return total([line.price * line.quantity for line in self.lines], self.currency)

    @property
    def wanted(self) -> dict[OfferId, int]:
        return {line.offer_id: line.quantity for line in self.lines}

    def state(self, at: datetime) -> CheckoutState:
        if self.order_number is not None:
            return CheckoutState.ORDERED
        return CheckoutState.OPEN if at < self.expires_at else CheckoutState.EXPIRED

    def owned_by(self, user_id: UserId | None, guest_hash: str | None) -> bool:
        if self.owner is not None:
            return self.owner == user_id
        return self.guest_hash is not None and self.guest_hash == guest_hash

    def require_within(self, terms: Terms) -> None:
        if sum(line.quantity for line in self.lines) > terms.most_held:
            raise HoldLimit(f"At most {terms.most_held} watches are held for one buyer.")

    def alive(self, at: datetime, terms: Terms) -> "Checkout":
        """A sign of life: the hold lasts longer, up to the cap."""
        self.require_open()
        if at >= self.latest:
            raise HoldExpired("The watches were held as long as can be; start again.")
        until = max(self.expires_at, min(at + terms.hold, self.latest))
        return replace(self, expires_at=until)

    def require_open(self) -> None:
        if self.order_number is not None:
            raise IllegalTransition(
                "This checkout has become an order.", order_number=self.order_number.text
            )

    def missing(self, terms: Terms) -> tuple[str, ...]:
        """What has yet to be said before it can be ordered."""
        missing = ["contact"] if self.contact is None else []
        if self.address is None and self.delivery is not Delivery.PICK_UP:
            missing.append("address")
        if not self.delivery.is_offered(self.currency, self.zone(terms)):
            missing.append("delivery")
        return tuple(missing)

    def require_complete(self, terms: Terms) -> Contact:
        missing = self.missing(terms)
        if missing or self.contact is None:
            raise CheckoutIncomplete(f"Still needed: {', '.join(missing)}.", missing=list(missing))
        return self.contact

    def zone(self, terms: Terms) -> Zone:
        """Where it would be sent, if it is not picked up."""
        return Zone.of(self.address.country if self.address else terms.home)

    def bound_for(self, country: str) -> "Checkout":
        """As if it were sent there: what it costs is asked before there is an address."""
        known = self.address or Address("", "", "", "", country)
        there = known if known.country == country else replace(known, country=country, postcode="")
        return replace(self, address=there)

    def sheet(self, terms: Terms, at: datetime, voucher: Voucher | None) -> PriceSheet:
        """A delivery that is not offered there costs nothing: another one must be chosen."""
        known = self.delivery.is_offered(self.currency, self.zone(terms))
        return terms.price(
            [(line.price, line.quantity) for line in self.lines],
            self.delivery if known else Delivery.STANDARD,
            self.address,
            at=at,
            voucher=voucher,
        )

    def ordered(self, number: OrderNumber) -> "Checkout":
        self.require_open()
        return replace(self, order_number=number)
