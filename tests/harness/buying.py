"""One buyer's purchase over HTTP."""

from itertools import count
from uuid import uuid4

from tests.harness.browserless import Client, Reply

from watchstore.domain import OfferId

_networks = count(1)


def guest(url: str, offer: OfferId) -> Client:
    """A guest who has a cart cookie, and so can be told from others."""
    client = Client(url)
    reply = client.put(f"/cart/lines/{offer}", {"quantity": 1})
    if reply.status != 200:
        raise AssertionError(reply)
    return client


def order_body(*lines: tuple[OfferId, int], card: str = "tok_accepted") -> dict[str, object]:
    return {
        "lines": [{"offer_id": str(offer), "quantity": quantity} for offer, quantity in lines],
        "contact": {"email": "buyer@example.com", "name": "A Buyer"},
        "delivery": "pick_up",
        "payment": {"card": card},
    }


def buy(client: Client, *lines: tuple[OfferId, int], key: str | None = None) -> Reply:
    return client.post("/orders", order_body(*lines), Idempotency_Key=key or uuid4().hex)


def elsewhere() -> str:
    """Another network each time: limits count one /64 as one, and have tests of their own."""
    return f"2001:db8:0:{next(_networks):x}::1"
