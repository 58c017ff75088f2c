"""The gateway's HTTP face: JSON in and out, an Idempotency-Key on everything that moves money."""

import json
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from . import acts, cards
from .books import Books
from .ledger import Answer, KeyReused, Ledger
from .parsing import (
    BadInput,
    Claim,
    after_of,
    approval,
    body_of,
    claim_of,
    movement,
    new_payment,
)

PAGE = 500
LARGEST_BODY = 16 * 1024
LEDGER = "testgateway.ledger"
"""Where the app keeps its open ledger, for whoever must close it."""
DROP = "testgateway.drop"
"""WSGI key of a callable that hangs up on the client, where the server offers one."""


@dataclass(frozen=True, slots=True)
class Delays:
    """Seconds `tok_slow` thinks before it charges, and `tok_timeout` is silent after it did."""

    slow: float = 2.0
    withheld: float = 5.0


def create_gateway(ledger_path: Path | str, delays: Delays | None = None) -> Flask:
    """Build the gateway on a ledger file, which is made when it is not there."""
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    ledger = app.extensions[LEDGER] = Ledger(Path(ledger_path))
    _add_reads(app, ledger)
    _add_authorise(app, ledger, delays or Delays())
    _add_movements(app, ledger)
    _add_bank(app, ledger)
    _add_refusals(app)
    return app


def _add_authorise(app: Flask, ledger: Ledger, delays: Delays) -> None:
    @app.post("/v1/payments")
    def authorise() -> Response:
        body = body_of(request, ("amount", "currency", "card", "order_number"))
        claim, order = claim_of(request, body), new_payment(body)
        if order.card == cards.SLOW and ledger.earlier_answer(claim) is None:
            time.sleep(delays.slow)
        given = ledger.once(claim, partial(acts.authorise, order=order, key=claim.key))
        if order.card == cards.TIMEOUT and given.acted:
            return _silence(delays.withheld)
        return _sent(given.answer)


def _add_movements(app: Flask, ledger: Ledger) -> None:
    def once(claim: Claim, act: Callable[[Books], Answer]) -> Response:
        return _sent(ledger.once(claim, act).answer)

    @app.post("/v1/payments/<reference>/capture")
    def capture(reference: str) -> Response:
        body = body_of(request, ("amount", "currency"))
        act = partial(acts.capture, reference=reference, money=movement(body))
        return once(claim_of(request, body), act)

    @app.post("/v1/payments/<reference>/refund")
    def refund(reference: str) -> Response:
        body = body_of(request, ("amount", "currency"))
        act = partial(acts.refund, reference=reference, money=movement(body))
        return once(claim_of(request, body), act)

    @app.post("/v1/payments/<reference>/void")
    def void(reference: str) -> Response:
        claim = claim_of(request, body_of(request, ()))
        return once(claim, partial(acts.void, reference=reference))


def _add_bank(app: Flask, ledger: Ledger) -> None:
    @app.post("/v1/challenges/<client_secret>")
    def confirm(client_secret: str) -> Response:
        """In the place of the buyer's bank, and of the buyer before it."""
        approved = approval(body_of(request, ("outcome",)))
        act = partial(acts.confirm, client_secret=client_secret, approved=approved)
        answer = ledger.decide(act)
        return _sent(answer) if answer else _refused(404, "unknown_challenge", "nobody is waiting")


def _add_reads(app: Flask, ledger: Ledger) -> None:
    @app.get("/health")
    def health() -> Response:
        with ledger.reading() as books:
            books.entries(0, 1)
        return _json(200, {"status": "ok"})

    @app.get("/v1/ledger")
    def entries() -> Response:
        after = after_of(request)
        with ledger.reading() as books:
            page = books.entries(after, PAGE)
        following = page[-1]["id"] if len(page) == PAGE else None
        return _json(200, {"entries": page, "next": following})

    @app.get("/v1/payments/<reference>")
    def payment(reference: str) -> Response:
        with ledger.reading() as books:
            found = books.payment(reference)
        return _json(200, found.as_json()) if found else _refused(404, "unknown_payment", reference)

    @app.get("/v1/payments")
    def payments() -> Response:
        if "order_number" not in request.args:
            raise BadInput("bad_order_number", "order_number: name the order in the query")
        with ledger.reading() as books:
            found = books.payments_of(request.args["order_number"])
        return _json(200, {"payments": [payment.as_json() for payment in found]})


def _add_refusals(app: Flask) -> None:
    @app.errorhandler(BadInput)
    def bad_input(error: BadInput) -> Response:
        return _refused(400, error.code, str(error))

    @app.errorhandler(KeyReused)
    def key_reused(_: KeyReused) -> Response:
        message = "this Idempotency-Key was used before, for another request"
        return _refused(422, "idempotency_key_reused", message)

    @app.errorhandler(sqlite3.Error)
    def ledger_failed(error: sqlite3.Error) -> Response:
        app.logger.error("the ledger failed: %s", error)
        return _refused(503, "ledger_unavailable", "nothing was recorded; repeat with the same key")

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Response:
        return _refused(error.code or 500, error.name.lower().replace(" ", "_"), error.name)


def _silence(seconds: float) -> Response:
    time.sleep(seconds)
    if drop := request.environ.get(DROP):
        drop()
    return _refused(504, "timeout", "the charge is recorded; repeat with the same key")


def _sent(answer: Answer) -> Response:
    return Response(answer.body, answer.status, mimetype="application/json")


def _json(status: int, body: object) -> Response:
    return Response(json.dumps(body), status, mimetype="application/json")


def _refused(status: int, code: str, message: str) -> Response:
    return _json(status, {"code": code, "message": message})
