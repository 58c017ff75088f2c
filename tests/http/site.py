"""The API over the shop in memory, and browsers of every role that call it as our pages do."""

import io
import json
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from flask import Flask
from prometheus_client import CollectorRegistry
from tests.harness import language
from tests.harness.shop import PUBLIC_URL, START, House, house_over
from werkzeug.test import Client, TestResponse

from watchstore.adapters.memory import FrozenClock, MemoryStorage
from watchstore.adapters.orjson import EncodedCatalogue
from watchstore.adapters.rapidfuzz.speller import RapidfuzzSpeller
from watchstore.domain import Email, OfferId, Role
from watchstore.entrypoints.http import HttpSettings, create_app
from watchstore.entrypoints.http.observing import json_log
from watchstore.service_layer.commands import CreateStaff
from watchstore.service_layer.ports.storage import Storage

API = "/api/v1"
ROLES = ("guest", "customer", "clerk", "manager")
EMAILS = {role: f"{role}@example.com" for role in ROLES}


class Browser:
    """A cookie jar with an Origin: what our own pages send."""

    def __init__(self, app: Flask, origin: str = PUBLIC_URL) -> None:
        self.client = Client(app)
        self.origin = origin

    def call(self, method: str, path: str, body: Any = None, **more: Any) -> TestResponse:
        headers = {
            **({"Origin": self.origin} if method != "GET" else {}),
            **more.pop("headers", {}),
        }
        if body is not None:
            more["json"] = body
        path = path if path.startswith("/") else f"{API}/{path}"
        more.setdefault("environ_overrides", {"REMOTE_ADDR": "198.51.100.7"})
        return self.client.open(path, method=method, base_url=self.origin, headers=headers, **more)

    def get(self, path: str, **more: Any) -> TestResponse:
        return self.call("GET", path, **more)

    def post(self, path: str, body: Any = None, **more: Any) -> TestResponse:
        return self.call("POST", path, body, **more)

    def put(self, path: str, body: Any = None, **more: Any) -> TestResponse:
        return self.call("PUT", path, body, **more)

    def patch(self, path: str, body: Any = None, **more: Any) -> TestResponse:
        return self.call("PATCH", path, body, **more)

    def delete(self, path: str, **more: Any) -> TestResponse:
        return self.call("DELETE", path, **more)

    def sign_in(self, email: str, password: str = language.PASSWORD) -> TestResponse:
        return self.post("session", {"email": email, "password": password})

    def order(self, body: Any, key: str | None = None, **more: Any) -> TestResponse:
        headers = {"Idempotency-Key": key or uuid4().hex, **more.pop("headers", {})}
        return self.post("orders", body, headers=headers, **more)

    def cookie(self, name: str) -> str | None:
        found = self.client.get_cookie(name, domain="shop.example")
        return found.value if found else None


@dataclass(frozen=True)
class Site:
    house: House
    app: Flask
    lines: io.BytesIO
    registry: CollectorRegistry

    @property
    def log(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.lines.getvalue().splitlines()]

    def browser(self) -> Browser:
        return Browser(self.app)

    def guest(self) -> Browser:
        """With a cart of one watch, and so with a cart cookie."""
        browser = self.browser()
        browser.put(f"cart/lines/{self.offer()}", {"quantity": 1})
        return browser

    def signed_in(self, role: str) -> Browser:
        """A browser of the account of that role, which is made when it is missing."""
        browser = self.browser()
        email = EMAILS[role]
        if role == "customer":
            language.a_customer(self.house, email)
        else:
            self.house.shop.create_staff(
                CreateStaff(Email.parse(email), role, Role(role), language.PASSWORD)
            )
        answer = browser.sign_in(email)
        assert answer.status_code == 201, answer.text
        return browser

    def offer(self, pieces: int = 1, **more: Any) -> OfferId:
        return language.an_offer(self.house, pieces, **more)


def a_site(
    settings: HttpSettings | None = None, *, storage: Storage | None = None, **parts: Any
) -> Site:
    """The API over a new shop, in memory unless said otherwise; `parts` replace parts of it."""
    clock = FrozenClock(START)
    house = house_over(storage or MemoryStorage(clock, RapidfuzzSpeller), clock)
    for shop in (house.shop, house.rival):
        shop.documents = EncodedCatalogue(shop.catalogue)
    for name, part in parts.items():
        setattr(house.shop, name, part)
    lines, registry = io.BytesIO(), CollectorRegistry()
    app = create_app(
        house.shop,
        settings or HttpSettings(public_url=PUBLIC_URL),
        log=json_log(lines),
        registry=registry,
    )
    return Site(house, app, lines, registry)


CONTACT = {"email": "ada@example.com", "name": "Ada Buyer", "phone": "+41 22 700 00 00"}
ADDRESS = {
    "name": "Ada Buyer",
    "street": "Rue du Lac 1",
    "city": "Genève",
    "postcode": "1204",
    "country": "CH",
}


def order_body(offer: object, quantity: int = 1, **more: Any) -> dict[str, Any]:
    return {
        "lines": [{"offer_id": str(offer), "quantity": quantity}],
        "contact": CONTACT,
        "address": ADDRESS,
        "delivery": "standard",
        "payment": {"card": "tok_accepted"},
        **more,
    }
