"""What others do in the shop while somebody is buying, and what the clock does."""

from itertools import count
from uuid import UUID

from playwright.sync_api import Page
from sqlalchemy import create_engine, text
from tests.browser.visit import Visit
from tests.browser.window import Window
from tests.harness.browserless import Client, Reply

_KEYS = count()


def orders_of(visit: Visit) -> int:
    return visit.window.shop.orders.orders().total


def rival_buys(window: Window, offer: UUID) -> Reply:
    """One piece, at once."""
    client = Client(window.url)
    client.put(f"/cart/lines/{offer}", {"quantity": 1})
    reply = client.post(
        "/orders",
        {
            "lines": [{"offer_id": str(offer), "quantity": 1}],
            "contact": {"email": "rival@example.com", "name": "Rival"},
            "delivery": "pick_up",
            "payment": {"card": "tok_accepted"},
        },
        Idempotency_Key=f"rival-{offer}-{next(_KEYS)}",
    )
    client.close()
    return reply


def rival_holds(window: Window, offer: UUID) -> None:
    client = Client(window.url)
    client.put(f"/cart/lines/{offer}", {"quantity": 1})
    assert client.post("/checkouts", {}).status == 201
    client.close()


def checkout_of(page: Page) -> str:
    """The checkout that this tab has."""
    found: str = page.evaluate("JSON.parse(sessionStorage['buying.till'])")
    return found


def end_hold(visit: Visit) -> None:
    """As if half an hour had passed: neither the hold nor the checkout can be made longer."""
    moved = """
        UPDATE checkouts SET started_at = started_at - interval '1 hour',
            expires_at = clock_timestamp() - interval '1 minute',
            latest = clock_timestamp() - interval '1 minute' WHERE id = :id
    """
    freed = (
        "UPDATE pieces SET hold_until = clock_timestamp() - interval '1 minute' WHERE hold_id = :id"
    )
    engine = create_engine(visit.window.stack.database_url)
    with engine.begin() as connection:
        for statement in (moved, freed):
            connection.execute(text(statement), {"id": checkout_of(visit.page)})
    engine.dispose()
