"""Webhooks as the test gateway sends them, and a shop that takes them over HTTP."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

from tests.harness.shop import WEBHOOK_SECRET, House
from werkzeug.serving import make_server

from watchstore.domain import Operation, Payment
from watchstore.service_layer.commands import TakeNotice
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
