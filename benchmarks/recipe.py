"""One order as SQL with holes, captured from the shop; filled anew for every repetition.

`@order@`, `@payment@`, `@number@`, `@reference@` and `@key@` are new each time,
`@offer@` is what is bought and `@piece@` is what the claim found.
"""

from collections.abc import Mapping
from typing import Final
from uuid import UUID, uuid4

from benchmarks.capture import done
from benchmarks.stock import database
from watchstore.adapters.system import SystemEntropy
from watchstore.domain.address import Contact
from watchstore.domain.identifiers import OfferId, OrderNumber
from watchstore.domain.pricing import Delivery
from watchstore.entrypoints.library import open_shop
from watchstore.service_layer.commands import PlaceOrder, Shopper, Wanted
from watchstore.service_layer.ports import RequestKey

CARD: Final = "tok_accepted"
EMAIL: Final = "buyer@example.com"
NAME: Final = "A Buyer"
_CHOSEN: Final = """
SELECT p.id::text, reference FROM pieces p JOIN payments USING (order_id) WHERE order_id = %s
"""


class _Noted:
    """SystemEntropy that remembers what it gave out."""

    def __init__(self) -> None:
        self._entropy = SystemEntropy()
        self.ids: list[UUID] = []
        self.number = ""

    def new_id(self) -> UUID:
        self.ids.append(self._entropy.new_id())
        return self.ids[-1]

    def new_secret(self) -> str:
        return self._entropy.new_secret()

    def new_order_number(self) -> OrderNumber:
        number = self._entropy.new_order_number()
        self.number = number.text
        return number


def order_recipe(database_url: str, gateway_url: str, offer: str) -> list[str]:
    """Buy one piece of the offer, and write down how."""
    entropy, key = _Noted(), uuid4().hex
    command = PlaceOrder(
        wanted=(Wanted(OfferId(UUID(offer)), 1),),
        contact=Contact.parse(email=EMAIL, name=NAME),
        address=None,
        card=CARD,
        delivery=Delivery.PICK_UP,
        shopper=Shopper(guest_hash="0" * 64),
        key=RequestKey("guest:benchmark", key, "0" * 64),
    )
    with open_shop(database_url, entropy=entropy, gateway_url=gateway_url) as shop:
        statements = done(lambda: shop.place_order(command))
    order, payment = entropy.ids[:2]
    holes = {
        str(order): "@order@",
        str(payment): "@payment@",
        entropy.number: "@number@",
        key: "@key@",
        offer: "@offer@",
        **_chosen_by_others(database_url, order),
    }
    return _with_holes(statements, holes)


def _chosen_by_others(database_url: str, order: UUID) -> dict[str, str]:
    """What the database and the gateway made up."""
    with database(database_url) as cursor:
        cursor.execute(_CHOSEN, [str(order)])
        piece, reference = cursor.fetchone()
    return {piece: "@piece@", reference: "@reference@"}


def _with_holes(statements: list[str], holes: Mapping[str, str]) -> list[str]:
    for value, hole in holes.items():
        if not any(value in statement for statement in statements):
            raise ValueError(f"no statement names {hole}")
        statements = [statement.replace(value, hole) for statement in statements]
    return statements
