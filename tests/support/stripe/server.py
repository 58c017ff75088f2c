"""A server that speaks as Stripe's does, as far as the shop listens: real HTTP, faults on order."""

import json
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Lock, Thread
from typing import Any
from urllib.parse import parse_qsl

from tests.support.stripe.intents import Books, Fault, invalid
from werkzeug.wrappers import Request, Response

from watchstore.entrypoints.testgateway.app import DROP
from watchstore.entrypoints.testgateway.server import GatewayServer

SECRET_KEY = "sk_test_51watchstore"
PUBLISHABLE_KEY = "pk_test_51watchstore"


@dataclass(frozen=True)
class Asked:
    """One POST that came in: where, and with which key."""

    path: str
    key: str
    replayed: bool


class FakeStripe:
    """Keep tests deterministic: what goes wrong is said beforehand, in `next_fault`.

    - "500 after": acts, answers 500, and goes on answering 500 to that key
    - "500 before": the same without acting
    - "silent": acts, and says nothing before the client has hung up
    - "hang up": acts, and closes the connection
    - "409", "429", "503": does nothing, and remembers nothing
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self.url = ""
        self.reset()

    def reset(self) -> None:
        """A new account: equal seeds give equal keys to every test."""
        self.books = Books()
        self.asked: list[Asked] = []
        self.read: list[str] = []
        self.faults: deque[tuple[str, str]] = deque()
        self.released = Event()
        self._answers: dict[str, tuple[str, int, bytes]] = {}

    def next_fault(self, kind: str, path: str = "") -> None:
        """At the next POST whose path ends so."""
        self.faults.append((kind, path))

    def forget_keys(self) -> None:
        """A day later."""
        self._answers.clear()

    def bank(self, client_secret: str, *, approved: bool = True) -> None:
        """The buyer answers the bank."""
        with self._lock:
            self.books.authenticate(client_secret, succeeds=approved)

    def __call__(self, environ: Any, start_response: Any) -> Any:
        request = Request(environ)
        with self._lock:
            response = self._refused(request) or self._answer(request)
        return response(environ, start_response)

    def _refused(self, request: Request) -> Response | None:
        if request.headers.get("Authorization") == f"Bearer {SECRET_KEY}":
            return None
        return _sent(401, {"error": {"type": "invalid_request_error", "message": "Invalid key"}})

    def _answer(self, request: Request) -> Response:
        path = request.path.removeprefix("/v1/")
        if request.method == "GET":
            self.read.append(path)
            return _outcome(lambda: self._get(path, request))
        body = request.get_data(as_text=True)
        key, asked = request.headers["Idempotency-Key"], f"{path}?{body}"
        if key in self._answers:
            return self._again(path, key, asked)
        self.asked.append(Asked(path, key, replayed=False))
        fault = self._fault(path)
        if fault in {"409", "429", "503"}:
            return _trouble(int(fault))
        response = _trouble(500)
        if fault != "500 before":
            response = _outcome(lambda: self._post(path, _params(body)))
        if fault == "500 after":
            response = _trouble(500)
        self._answers[key] = (asked, response.status_code, response.get_data())
        if fault in {"silent", "hang up"}:
            self._say_nothing(fault, request)
        return response

    def _say_nothing(self, fault: str, request: Request) -> None:
        if fault == "silent":
            self._lock.release()
            self.released.wait(20)
            self._lock.acquire()
        request.environ[DROP]()

    def _again(self, path: str, key: str, asked: str) -> Response:
        self.asked.append(Asked(path, key, replayed=True))
        first, status, body = self._answers[key]
        if first != asked:
            same = "Keys for idempotent requests can only be used with the same parameters."
            return _outcome(lambda: _raise(Fault(400, "idempotency_error", same)))
        headers = {"Idempotent-Replayed": "true"}
        return Response(body, status, headers, mimetype="application/json")

    def _fault(self, path: str) -> str:
        if self.faults and path.endswith(self.faults[0][1]):
            return self.faults.popleft()[0]
        return ""

    def _post(self, path: str, params: dict[str, Any]) -> dict[str, Any]:
        match path.split("/"):
            case ["payment_intents"]:
                return _plain(self.books.create(params))
            case ["payment_intents", reference, "confirm"]:
                return _plain(self.books.confirm(reference, params))
            case ["payment_intents", reference, "capture"]:
                return _plain(self.books.capture(reference, params))
            case ["payment_intents", reference, "cancel"]:
                return _plain(self.books.cancel(reference, params))
            case ["refunds"]:
                return dict(self.books.refund(params))
        raise invalid(f"Unrecognized request URL (POST: /v1/{path}).")

    def _get(self, path: str, request: Request) -> dict[str, Any]:
        match path.split("/"):
            case ["payment_intents"]:
                since = int(request.args.get("created[gte]", 0))
                found = [i for i in self.books.newest() if i["created"] >= since]
                return _page(found, request)
            case ["payment_intents", "search"]:
                found = self.books.search(request.args["query"])
                return {"object": "search_result", "data": _all(found), "has_more": False}
            case ["payment_intents", reference]:
                return self.books.intent(reference)
            case ["refunds"]:
                wanted = request.args["payment_intent"]
                found = [r for r in self.books.refunds.values() if r["payment_intent"] == wanted]
                return _page(found, request)
        raise invalid(f"Unrecognized request URL (GET: /v1/{path}).")


def _plain(intent: dict[str, Any]) -> dict[str, Any]:
    """Not expanded: the charge is only named."""
    charge = intent["latest_charge"]
    return {**intent, "latest_charge": charge["id"] if charge else None}


def _all(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [_plain(one) if "latest_charge" in one else one for one in found]


def _page(found: list[dict[str, Any]], request: Request) -> dict[str, Any]:
    limit = min(int(request.args.get("limit", 10)), 3)  # small, so that there are some
    after = request.args.get("starting_after")
    start = [one["id"] for one in found].index(after) + 1 if after else 0
    data = found[start : start + limit]
    more = start + limit < len(found)
    return {"object": "list", "url": request.path, "has_more": more, "data": data}


def _params(body: str) -> dict[str, Any]:
    """`metadata[key]=value` -> {"metadata": {"key": "value"}}."""
    params: dict[str, Any] = {}
    for name, value in parse_qsl(body):
        outer, _, inner = name.removesuffix("]").partition("[")
        if inner:
            params.setdefault(outer, {})[inner] = value
        else:
            params[outer] = value
    return params


def _outcome(act: Any) -> Response:
    try:
        return _sent(200, act())
    except Fault as fault:
        return _sent(fault.status, fault.body)


def _trouble(status: int) -> Response:
    code = {409: "idempotency_key_in_use", 429: "lock_timeout"}.get(status, "")
    return _sent(status, {"error": {"type": "api_error", "message": "trouble", "code": code}})


def _sent(status: int, body: object) -> Response:
    return Response(json.dumps(body), status, mimetype="application/json")


def _raise(error: Exception) -> Any:
    raise error


@contextmanager
def running(fake: FakeStripe) -> Iterator[FakeStripe]:
    server = GatewayServer("127.0.0.1", 0, fake)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    fake.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield fake
    finally:
        fake.released.set()
        server.shutdown()
        thread.join(10)
        server.server_close()
