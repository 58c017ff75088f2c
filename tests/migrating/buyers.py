"""Buyers who shop until they are told to stop, and what they saw."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import count

from tests.harness.browserless import Client, Reply
from tests.harness.buying import buy

from watchstore.domain import OfferId


@dataclass(slots=True)
class Seen:
    """`failed`: what was answered instead of the status that belongs there."""

    seconds: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    bought: int = 0

    def p(self, share: float) -> float:
        ordered = sorted(self.seconds)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


class _Buyer:
    def __init__(self, client: Client, seen: Seen) -> None:
        self._client = client
        self._seen = seen

    def shop(self, offer: OfferId) -> None:
        """Look around, fill the cart, pay, and look at what was bought."""
        client = self._client
        listing = self._ask("listing", 200, lambda: client.get("/watches?limit=24&sort=price"))
        slug = listing.json["items"][0]["slug"] if listing else ""
        self._ask("watch", 200, lambda: client.get(f"/watches/{slug}"))
        self._ask("line", 200, lambda: client.put(f"/cart/lines/{offer}", {"quantity": 1}))
        self._ask("cart", 200, lambda: client.get("/cart"))
        order = self._ask("order", 201, lambda: buy(client, (offer, 1)))
        if order:
            self._seen.bought += 1
            number = order.json["number"]
            self._ask("bought", 200, lambda: client.get(f"/orders/{number}"))

    def _ask(self, what: str, expected: int, ask: Callable[[], Reply]) -> Reply | None:
        began = time.monotonic()
        reply = ask()
        self._seen.seconds.append(time.monotonic() - began)
        if reply.status == expected:
            return reply
        self._seen.failed.append(f"{what}: {reply.status} {reply.body[:200]!r}")
        return None


@contextmanager
def buyers_shopping(url: str, offers: Sequence[OfferId], *, buyers: int) -> Iterator[list[Seen]]:
    """In threads, for as long as the block lasts; each has seen something before it begins."""
    over, begun = threading.Event(), threading.Barrier(buyers + 1)
    seen = [Seen() for _ in range(buyers)]

    def go_on(number: int) -> None:
        with closing(Client(url)) as client:
            buyer = _Buyer(client, seen[number])
            for turn in count():
                buyer.shop(offers[(number + turn) % len(offers)])
                if turn == 0:
                    begun.wait(60)
                if over.is_set():
                    return

    with ThreadPoolExecutor(buyers) as crowd:
        going = [crowd.submit(go_on, number) for number in range(buyers)]
        try:
            begun.wait(60)
            yield seen
        finally:
            over.set()
        for one in going:
            one.result()


def together(seen: Sequence[Seen]) -> Seen:
    return Seen(
        [each for one in seen for each in one.seconds],
        [each for one in seen for each in one.failed],
        sum(one.bought for one in seen),
    )
