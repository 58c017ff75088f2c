"""What a buyer has behind him: orders in every state, made by the API as buyer and as staff."""

from typing import Any, Final
from uuid import uuid4

from tests.harness.browserless import Client, Reply

from watchstore.domain import Email, OfferId, Role
from watchstore.service_layer.commands import CreateStaff
from watchstore.service_layer.shop import Shop

PASSWORD: Final = "correct horse battery"
ADDRESS: Final = {
    "name": "Ada Buyer",
    "street": "Rue du Lac 1",
    "postcode": "1204",
    "city": "Genève",
    "country": "CH",
}


def an_account(shop: Shop, role: Role = Role.CUSTOMER, name: str = "Ada Buyer") -> str:
    """The address of a verified account that nobody else uses."""
    email = f"{uuid4().hex[:10]}@example.com"
    shop.create_staff(CreateStaff(Email.parse(email), name, role, PASSWORD))
    return email


def signed_in(url: str, email: str) -> Client:
    client = Client(url)
    ok(client.post("/session", {"email": email, "password": PASSWORD}))
    return client


def ok(reply: Reply) -> Any:
    if reply.status >= 300:
        raise AssertionError(f"{reply.status}: {reply.body.decode()}")
    return reply.json if reply.body else None


class History:
    """One buyer's, and the staff that see to it."""

    def __init__(self, url: str, shop: Shop, email: str) -> None:
        self.email = email
        self.buyer = signed_in(url, email)
        self.staff = signed_in(url, an_account(shop, Role.MANAGER, "Mia Manager"))

    def order(self, *lines: tuple[OfferId, int], **more: object) -> str:
        body = {
            "lines": [{"offer_id": str(offer), "quantity": count} for offer, count in lines],
            "contact": {"email": self.email, "name": "Ada Buyer", "phone": "+41 22 700 00 00"},
            "address": ADDRESS,
            "payment": {"card": "tok_accepted"},
            **more,
        }
        reply = self.buyer.post("/orders", body, Idempotency_Key=uuid4().hex)
        return str(ok(reply)["number"])

    def ship(self, number: str, *lines: tuple[OfferId, int], carrier: str = "DHL") -> None:
        parcel = {"carrier": carrier, "tracking": f"JD{uuid4().int % 10**10:010}"}
        body = {**parcel, "lines": lines_of(*lines)} if lines else parcel
        ok(self.staff.post(f"/office/orders/{number}/ship", body))

    def deliver(self, number: str) -> None:
        ok(self.staff.post(f"/office/orders/{number}/deliver", {}))

    def send_back(self, number: str, *lines: tuple[OfferId, int]) -> str:
        body = {"lines": lines_of(*lines), "reason": "It does not fit my wrist"}
        return str(ok(self.buyer.post(f"/orders/{number}/returns", body))["id"])

    def decide(self, number: str, return_id: str, step: str, **body: object) -> None:
        ok(self.staff.post(f"/office/orders/{number}/returns/{return_id}/{step}", body))

    def cancel(self, number: str) -> None:
        ok(self.buyer.post(f"/orders/{number}/cancel", {"reason": "I changed my mind"}))

    def see(self, number: str) -> Any:
        return ok(self.buyer.get(f"/orders/{number}"))


def lines_of(*lines: tuple[OfferId, int]) -> list[dict[str, object]]:
    return [{"offer_id": str(offer), "quantity": count} for offer, count in lines]
