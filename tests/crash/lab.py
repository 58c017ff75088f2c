"""What is done to the shop of the crash lab, and what must be true of it afterwards."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPException
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool
from tests.harness.browserless import Client, Reply
from tests.harness.buying import guest, order_body
from tests.harness.crashing import light
from tests.harness.goods import Goods
from tests.harness.ledger import charges
from tests.harness.stack import Stack
from tests.support.webhooks import notice_of_authorisation

from watchstore.domain import Email, OfferId, Role
from watchstore.service_layer.commands import CreateStaff
from watchstore.service_layer.shop import Shop

SETTLED_WITHIN = 15.0  # seconds after the last restart
PASSWORD = "correct horse battery staple"
PARCEL = {"carrier": "DHL", "tracking": "JD0001"}

_STATES = text(
    "SELECT state, count(*) FROM orders WHERE lines->0->>'offer_id' = :offer GROUP BY state"
)


class Revived(Protocol):
    def revive(self) -> None: ...

    def wait(self, seconds: float) -> None: ...


@dataclass(slots=True)
class Caller:
    """A browser that repeats a request until somebody answers; it keeps its cookies."""

    url: str
    cookies: dict[str, str]

    def post(self, path: str, body: object, **headers: str) -> Reply:
        return self.send("post", path, body, **headers)

    def send(
        self, method: str, path: str, body: object, *, within: float = 20, **headers: str
    ) -> Reply:
        end = time.monotonic() + within
        while True:
            client = Client(self.url)
            client.cookies = self.cookies
            try:
                said = () if body is None else (body,)
                reply = getattr(client, method)(path, *said, **headers)
            except (OSError, HTTPException):
                reply = None
            finally:
                client.close()
            if reply is not None and reply.status < 500:
                return reply
            assert time.monotonic() < end, f"no answer to {path}: {reply}"
            time.sleep(0.1)


class Lab:
    def __init__(
        self, stack: Stack, shop: Shop, plans: Mapping[str, Path], worker: Revived
    ) -> None:
        self.stack, self.shop, self.goods, self.worker = stack, shop, Goods(shop), worker
        self._plans = plans
        self._database = create_engine(stack.database_url, poolclass=NullPool)
        self._numbers: dict[str, str] = {}
        self._asked: dict[str, tuple[str, object]] = {}
        self.restarted = time.monotonic()
        self.offer = self.goods.offer(1)
        self.buyer = Caller(stack.url, self._buyers_cookies())
        self.clerk = Caller(stack.url, self._clerks_cookies())

    def stocked(self, pieces: int) -> OfferId:
        self._numbers = {}
        self.offer = self.goods.offer(pieces)
        return self.offer

    @property
    def numbers(self) -> set[str]:
        return set(self._numbers.values())

    def crashing(self, where: str, act: str, step: str, request: Callable[[], Any]) -> Any:
        """Make a request whose process crashes at a step; returns what it came to in the end."""
        plan = self._plans[where]
        light(plan, act, step)
        answer = request()
        assert not plan.exists(), f"{step} was never reached"
        self.restarted = time.monotonic()
        return answer

    def light_worker(self, step: str) -> None:
        light(self._plans["worker"], "kill", step)

    def worker_dies_and_comes_back(self) -> None:
        self.worker.wait(30)
        assert not self._plans["worker"].exists()
        self.worker.revive()
        self.restarted = time.monotonic()

    def buy(self, card: str = "tok_accepted") -> Reply:
        return self.order("/orders", order_body((self.offer, 1), card=card))

    def order(self, path: str, body: object) -> Reply:
        key = uuid4().hex
        self._asked[key] = path, body
        return self._again(key)

    def _again(self, key: str) -> Reply:
        path, body = self._asked[key]
        reply = self.buyer.post(path, body, Idempotency_Key=key)
        assert reply.status in {201, 202, 409}, reply
        self._numbers[key] = reply.json.get("number", "")
        return reply

    def tell(self, number: str) -> Reply:
        """The gateway's webhook about an authorisation, until it is taken."""
        body, signature = notice_of_authorisation(self.shop, number)
        reply = self.buyer.post(
            "/payments/webhooks/test", json.loads(body), Gateway_Signature=signature
        )
        assert reply.status == 204, reply
        return reply

    def ship(self, number: str) -> Reply:
        return self.clerk.post(f"/office/orders/{number}/ship", PARCEL)

    def cancel(self, number: str) -> Reply:
        return self.buyer.post(f"/orders/{number}/cancel", {"reason": "changed my mind"})

    def refund(self, number: str) -> Reply:
        key = uuid4().hex
        reply = self.clerk.post(f"/office/orders/{number}/refunds", {}, Idempotency_Key=key)
        assert reply.status in {201, 202, 409}, reply
        return reply

    def require_all(self, state: str, bought: int, *, sold: int) -> None:
        """Nothing lost, nothing doubled, nobody charged twice, and all of it within 15 s."""
        end = self.restarted + SETTLED_WITHIN
        self._until(lambda: self.states() == {state: bought}, end, self.states)
        self._until(lambda: not self.differences(), end, self.differences)
        for key in list(self._numbers):
            reply = self._again(key)
            assert reply.status == 201, reply
        numbers = self.numbers
        assert len(numbers) == len(self._numbers) == bought
        assert {charges(self.stack.gateway_url, number) for number in numbers} == {1}
        pieces = [piece.state for piece in self.shop.office.pieces(self.offer)]
        assert sorted(pieces) == ["free"] * (len(pieces) - sold) + ["sold"] * sold

    def differences(self) -> list[str]:
        found = self.shop.verify(grace=timedelta(0))
        return [f"{one.rule} {one.id} {one.detail}" for one in found]

    def states(self) -> dict[str, int]:
        """Of the orders for the present offer, by state."""
        with self._database.connect() as connection:
            rows = connection.execute(_STATES, {"offer": str(self.offer)}).all()
        return {row.state: row.count for row in rows}

    def _until(self, true: Callable[[], bool], end: float, told: Callable[[], object]) -> None:
        while not true():
            assert time.monotonic() < end, told()
            time.sleep(0.1)

    def _buyers_cookies(self) -> dict[str, str]:
        client = guest(self.stack.url, self.offer)
        client.delete(f"/cart/lines/{self.offer}")
        client.close()
        return client.cookies

    def _clerks_cookies(self) -> dict[str, str]:
        clerk = CreateStaff(Email.parse("c@example.com"), "C", Role.MANAGER, PASSWORD)
        self.shop.create_staff(clerk)
        client = Client(self.stack.url)
        reply = client.post("/session", {"email": "c@example.com", "password": PASSWORD})
        client.close()
        assert reply.status == 201, reply
        return client.cookies
