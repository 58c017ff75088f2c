"""The floors: bare Flask routes that do only the unavoidable work of a path, nothing else."""

import json
import os
import threading
from collections.abc import Mapping
from http.client import HTTPConnection
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import uuid4

import orjson
import psycopg2
from flask import Flask, Response, request
from redis import Redis

from benchmarks.replay import Steps

RECIPES: Final = "BENCH_RECIPES"
JSON: Final = "application/json"


class Database:
    """One connection a thread, as bare as psycopg2 is."""

    def __init__(self, url: str, *, autocommit: bool) -> None:
        self._url = url.replace("+psycopg2", "", 1)
        self._autocommit = autocommit
        self._mine = threading.local()

    def connection(self) -> Any:
        mine = getattr(self._mine, "connection", None)
        if mine is None:
            mine = self._mine.connection = psycopg2.connect(self._url)
            mine.autocommit = self._autocommit
        return mine


def app() -> Flask:
    """The floors that the environment describes."""
    recipes = json.loads(os.environ[RECIPES])
    floors = Flask(__name__, static_folder=None)
    url = os.environ["DATABASE_URL"]
    _add_cached(floors, Redis.from_url(os.environ["REDIS_URL"], protocol=2))
    _add_questions(floors, recipes["questions"], Database(url, autocommit=True))
    if recipes["order"]:
        steps = Steps.parse(recipes["order"])
        _add_orders(floors, steps, Database(url, autocommit=False), os.environ["GATEWAY_URL"])
    return floors


def _add_cached(floors: Flask, redis: Any) -> None:
    @floors.get("/ready")
    def ready() -> str:
        return "ready"

    @floors.get("/bytes/<name>")
    def stored(name: str) -> Response:
        return Response(redis.get(f"floor:{name}"), mimetype=JSON)

    @floors.get("/unchanged")
    def unchanged() -> Response:
        tag = redis.get("floor:etag").decode()
        status = 304 if request.headers["If-None-Match"] == tag else 200
        return Response(status=status, headers={"ETag": tag})


def _add_questions(floors: Flask, questions: Mapping[str, list[str]], database: Database) -> None:
    @floors.get("/question/<name>")
    def question(name: str) -> Response:
        answers = []
        with database.connection().cursor() as cursor:
            for statement in questions[name]:
                cursor.execute(statement)
                answers.append(cursor.fetchall())
        return Response(orjson.dumps(answers, default=str), mimetype=JSON)


def _add_orders(floors: Flask, steps: Steps, database: Database, gateway_url: str) -> None:
    charge = Charge(gateway_url)

    @floors.post("/order")
    def order() -> Response:
        return _sell(steps, database, lambda _: None)

    @floors.post("/order-charged")
    def order_charged() -> Response:
        return _sell(steps, database, charge)


def _sell(steps: Steps, database: Database, charge: Any) -> Response:
    asked = orjson.loads(request.get_data())
    values = {
        "order": str(uuid4()),
        "payment": str(uuid4()),
        "number": f"WS-{uuid4().hex[:10].upper()}",
        "reference": f"pay_{uuid4().hex}",
        "key": request.headers["Idempotency-Key"],
        "offer": asked["lines"][0]["offer_id"],
    }
    steps.run(database.connection(), values, charge)
    return Response(orjson.dumps({"number": values["number"]}), 201, mimetype=JSON)


class Charge:
    """The call to the test gateway, on one kept-alive connection a thread."""

    def __init__(self, url: str) -> None:
        self._address = urlsplit(url).netloc
        self._mine = threading.local()

    def __call__(self, values: Mapping[str, str]) -> None:
        mine = getattr(self._mine, "connection", None)
        if mine is None:
            mine = self._mine.connection = HTTPConnection(self._address, timeout=10)
        body = orjson.dumps(
            {
                "amount": 100_000,
                "currency": "USD",
                "card": "tok_accepted",
                "order_number": values["number"],
            }
        )
        headers = {"Idempotency-Key": values["payment"], "Content-Type": JSON}
        mine.request("POST", "/v1/payments", body, headers)
        answer = orjson.loads(mine.getresponse().read())
        if answer["outcome"] != "approved":
            raise RuntimeError(answer)
