"""One order's dealings with a payment gateway, for the contract that both gateways keep."""

import json
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from watchstore.domain.money import Currency, Money
from watchstore.service_layer.ports import PaymentGateway

USD = Currency("USD")


def usd(amount: int) -> Money:
    return Money(amount, USD)


@dataclass
class Till:
    """One order's dealings with a gateway, and what the gateway's own ledger says of them.

    `cards` are the gateway's own names of the cards; `bank` answers what it asks the buyer for;
    `lose` lets it charge the next call, and lose the answer.
    """

    gateway: PaymentGateway
    ledger: Callable[[], list[tuple[str, str, int]]]
    order: str
    bank: Callable[[str, bool], None]
    cards: Mapping[str, str] = field(default_factory=dict)
    lose: Callable[[], None] = lambda: None

    def authorise(self, amount=1000, *, card="tok_accepted", key="auth"):
        return self.gateway.authorise(
            key=f"{self.order}-{key}",
            amount=usd(amount),
            card=self.cards.get(card, card),
            order_number=self.order,
        )

    def capture(self, reference, amount, *, key="capture"):
        return self.gateway.capture(
            key=f"{self.order}-{key}", reference=reference, amount=usd(amount)
        )

    def refund(self, reference, amount, *, key="refund"):
        return self.gateway.refund(
            key=f"{self.order}-{key}", reference=reference, amount=usd(amount)
        )

    def void(self, reference, *, key="void"):
        return self.gateway.void(key=f"{self.order}-{key}", reference=reference)

    def entries(self):
        return [(kind, amount) for order, kind, amount in self.ledger() if order == self.order]

    def payment(self):
        (found,) = self.gateway.find(order_number=self.order)
        return found


def ledger_over_http(url: str) -> list[tuple[str, str, int]]:
    entries, after = [], 0
    while after is not None:
        with urllib.request.urlopen(f"{url}/v1/ledger?after={after}") as response:
            page = json.load(response)
        entries += page["entries"]
        after = page["next"]
    return [(entry["order_number"], entry["kind"], entry["amount"]) for entry in entries]
