"""What a buyer has behind him: orders in every state, made by the API as buyer and as staff."""

from collections.abc import Callable
from typing import Any, Final
from uuid import uuid4

from playwright.sync_api import BrowserContext
from tests.browser.window import Spare
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
    try:
        ok(client.post("/session", {"email": email, "password": PASSWORD}))
    except AssertionError:
        client.close()
        raise
    return client


def ok(reply: Reply) -> Any:
    if reply.status >= 300:
        raise AssertionError(f"{reply.status}: {reply.body.decode()}")
    return reply.json if reply.body else None


class History:
    """One buyer's, and the staff that see to it."""

    def __init__(self, url: str, shop: Shop, email: str) -> None:
        self.url = url
        self.email = email
        self.buyer = signed_in(url, email)
        self.staff = signed_in(url, an_account(shop, Role.MANAGER, "Mia Manager"))

    def close(self) -> None:
        self.buyer.close()
        self.staff.close()

    def enter(self, context: BrowserContext, *, as_staff: bool = False) -> None:
        """Let a browser be this buyer's: it gets the cookie of the session."""
        url = self.url
        cookies = (self.staff if as_staff else self.buyer).cookies.items()
        context.add_cookies([{"name": name, "value": value, "url": url} for name, value in cookies])

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

    def ask_bank(self, offer: OfferId) -> str:
        """An order whose bank asks the buyer, who does not answer."""
        return self.order((offer, 1), payment={"card": "tok_challenge"})

    def refuse_bank(self, number: str) -> None:
        """The buyer says no to the bank."""
        path = f"/orders/{number}/payment"
        secret = ok(self.buyer.post(path, {}))["action"]["client_secret"]
        ok(self.buyer.post("/payments/challenges", {"client_secret": secret, "approved": False}))
        assert self.buyer.post(path, {}).status == 402

    def ship(self, number: str, *lines: tuple[OfferId, int], carrier: str = "DHL") -> None:
        parcel = {"carrier": carrier, "tracking": f"JD{uuid4().int % 10**10:010}"}
        body = {**parcel, "lines": lines_of(*lines)} if lines else parcel
        ok(self.staff.post(f"/office/orders/{number}/ship", body))

    def leave_out(self, number: str) -> None:
        body = {"reason": "Water inside", "restock": False}
        ok(self.staff.post(f"/office/orders/{number}/leave-out", body))

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


class Past:
    """An order in each state, a full address book and wish list: every page has something on it."""

    def __init__(self, history: History, take: Callable[[], Spare]) -> None:
        self.history, self._take = history, take
        self.paid = history.order((take().offer, 1), delivery="pick_up", address=None)
        self.cancelled = history.order((take().offer, 1))
        history.cancel(self.cancelled)
        self.waiting = history.ask_bank(take().offer)
        self.declined = history.ask_bank(take().offer)
        history.refuse_bank(self.declined)
        self.partly_shipped = self._partly_shipped()
        self.shipped = self._sent(take().offer)
        self.delivered = self._sent(take().offer, arrived=True)
        self.arrived = history.order((take().offer, 1), (take().offer, 1))
        history.ship(self.arrived)
        history.deliver(self.arrived)
        self.returning, self.refunded = self._returning(), self._refunded()
        ok(history.buyer.post("/account/addresses", ADDRESS))
        ok(history.buyer.post("/account/addresses", {**ADDRESS, "extra": "c/o Atelier Meier"}))
        self.saved = [take().slug for _ in range(2)]
        ok(history.buyer.post("/account/wishlist", {"slugs": self.saved}))

    @property
    def orders(self) -> tuple[str, ...]:
        return (
            self.paid,
            self.cancelled,
            self.partly_shipped,
            self.shipped,
            self.delivered,
            self.returning,
            self.refunded,
        )

    def _sent(self, offer: OfferId, *, arrived: bool = False) -> str:
        number = self.history.order((offer, 2), delivery="express")
        self.history.ship(number)
        if arrived:
            self.history.deliver(number)
        return number

    def _partly_shipped(self) -> str:
        first, second = self._take().offer, self._take().offer
        number = self.history.order((first, 1), (second, 1))
        self.history.ship(number, (first, 1), carrier="UPS")
        return number

    def _returning(self) -> str:
        offer = self._take().offer
        number = self._sent(offer, arrived=True)
        asked = self.history.send_back(number, (offer, 1))
        self.history.decide(number, asked, "approve", note="Send it insured, please.")
        return number

    def _refunded(self) -> str:
        offer = self._take().offer
        number = self._sent(offer, arrived=True)
        asked = self.history.send_back(number, (offer, 2))
        for step in ("approve", "receive"):
            self.history.decide(number, asked, step)
        self.history.decide(number, asked, "inspect", accepted=True, restock=False)
        return number
