"""Webhooks as the test gateway sends them, and a shop that takes them over HTTP."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import Any

from tests.harness.shop import START, WEBHOOK_SECRET, House
from werkzeug.serving import make_server

from watchstore.domain import Operation, OrderNumber, Payment
from watchstore.service_layer.commands import TakeNotice
from watchstore.service_layer.shop import Shop
from watchstore.service_layer.signatures import signed


def event(key: str, *, identity: str = "evt_1", reference: str = "pay_1", **answer: Any) -> bytes:
    said = {"reference": reference, "outcome": "approved", "reason": None, **answer}
    data = {"key": key, "status": 200, "answer": said}
    return json.dumps({"id": identity, "type": "request.answered", "data": data}).encode()


def notice(house: House, body: bytes) -> TakeNotice:
    signature = signed(body, secret=WEBHOOK_SECRET, at=house.clock.now())
    return TakeNotice("test", {"Gateway-Signature": signature}, body)


def answered(house: House, payment: Payment, operation: Operation, **more: Any) -> TakeNotice:
    """What the gateway sends about a call of ours that it approved."""
    settings = {"reference": reference_of(house, payment), **more}
    return notice(house, event(payment.key(operation), **settings))


def reference_of(house: House, payment: Payment) -> str:
    with house.storage.begin() as uow:
        order = uow.orders.get(payment.order_id)
    (found,) = house.gateway.find(order_number=order.number.text)
    return found.reference


def notice_of_authorisation(shop: Shop, number: str) -> tuple[bytes, str]:
    """What the gateway says of the authorisation that it gave, and its signature now."""
    with shop.begin() as uow:
        order = uow.orders.find(OrderNumber(number))
        assert order is not None
        payment = uow.payments.of_order(order.id)
    (charge,) = shop.ports.gateway.find(order_number=number)
    key = payment.key(Operation.AUTHORISE)
    body = event(key, identity=f"evt_{number}", reference=charge.reference)
    return body, signed(body, secret=WEBHOOK_SECRET, at=datetime.now(UTC))


def badly_signed(
    good: Callable[..., str], *, secret: str, said: bytes, instead: bytes
) -> dict[str, Callable[[bytes], tuple[bytes, str | None]]]:
    """Ways to send a body with a signature that is not its own; `good` gives that, at START."""
    old, future = START - timedelta(seconds=301), START + timedelta(seconds=301)
    return {
        "none": lambda body: (body, None),
        "empty": lambda body: (body, ""),
        "another secret": lambda body: (body, good(body, secret=secret)),
        "another body": lambda body: (body.replace(said, instead), good(body)),
        "one byte more": lambda body: (body + b" ", good(body)),
        "too old": lambda body: (body, good(body, at=old)),
        "from the future": lambda body: (body, good(body, at=future)),
        "another time": lambda body: (body, good(body).replace("t=1", "t=2", 1)),
        "another version": lambda body: (body, good(body).replace("v1=", "v0=")),
    }


@contextmanager
def served(app: Any) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()
