"""Price a cart with the domain alone: no server, no site-packages, nothing installed.

python examples/price_a_cart.py
"""

from datetime import UTC, datetime
from uuid import UUID

from watchstore.domain import Cart, CartId, CartLine, Currency, Delivery, Money, OfferId, price

now = datetime(2026, 5, 3, 12, tzinfo=UTC)
speedmaster = CartLine(OfferId(UUID(int=1)), 1, Money.of("7100", "USD"))
straps = CartLine(OfferId(UUID(int=2)), 3, Money.of("129.90", "USD"))

cart = Cart(CartId(UUID(int=9)), now).put(speedmaster, now).put(straps, now)
sheet = price([(line.price, line.quantity) for line in cart.lines], Delivery.EXPRESS)

print(f"{'Items':<10}{sheet.items!s:>16}")
print(f"{'Delivery':<10}{sheet.delivery!s:>16}")
print(f"{'Total':<10}{sheet.total!s:>16}")

thirds = Money(10_000, Currency("EUR")).allocate([1, 1, 1])
print("100.00 EUR in three:", ", ".join(map(str, thirds)))
