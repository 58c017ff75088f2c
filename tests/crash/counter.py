"""A buyer of the crash lab at the counter: fills a cart, holds what is in it, says the rest."""

from uuid import uuid4

from tests.crash.lab import Lab
from tests.harness.browserless import Reply
from tests.harness.buying import elsewhere

from watchstore.service_layer.ports import Unavailable

SAID = {"contact": {"email": "buyer@example.com", "name": "A Buyer"}, "delivery": "pick_up"}


class Counter:
    def __init__(self, lab: Lab) -> None:
        self._lab = lab

    def fill_the_cart(self) -> None:
        reply = self._lab.buyer.send("put", f"/cart/lines/{self._lab.offer}", {"quantity": 1})
        assert reply.status == 200, reply

    def hold(self) -> str:
        """The path of a checkout; asked for again with one key until there is an answer."""
        reply = self._lab.buyer.post(
            "/checkouts", {}, Idempotency_Key=uuid4().hex, X_Forwarded_For=elsewhere()
        )
        assert reply.status == 201, reply
        return f"/checkouts/{reply.json['id']}"

    def say(self, checkout: str) -> Reply:
        reply = self._lab.buyer.send("patch", checkout, SAID)
        assert (reply.status, reply.json["missing"]) == (200, []), reply
        return reply

    def order(self, checkout: str) -> Reply:
        return self._lab.order(f"{checkout}/order", {"payment": {"card": "tok_accepted"}})

    def empty(self) -> bool:
        reply = self._lab.buyer.send("get", "/cart", None)
        return reply.json["lines"] == []

    def held(self) -> list[str]:
        """The states of the pieces of the present offer; a fail-over ends our connections too."""
        office = self._lab.shop.office
        try:
            pieces = office.pieces(self._lab.offer)
        except Unavailable:
            pieces = office.pieces(self._lab.offer)
        return sorted(piece.state for piece in pieces)
