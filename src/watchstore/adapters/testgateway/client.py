"""HttpTestGateway: the PaymentGateway port over the test gateway's HTTP interface."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlsplit

from watchstore.adapters.testgateway.connections import Connections
from watchstore.adapters.testgateway.entries import summed
from watchstore.domain.money import Currency, Money
from watchstore.service_layer.ports import (
    GatewayAnswer,
    GatewayOutcome,
    GatewayPayment,
    GatewayPending,
    GatewayUnavailable,
)

_KEY = re.compile(r"[!-~]{1,255}")
_REFERENCE = re.compile(r"[!-.0-~]{1,100}")
_REFUSED = {HTTPStatus.CONFLICT, HTTPStatus.NOT_FOUND}
_MISUSED = {HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY}


class HttpTestGateway:
    """Safe to share between threads.

    ValueError: the caller broke the gateway's rules (a key used for another request, no amount).
    """

    def __init__(
        self,
        base_url: str,
        *,
        connect_timeout: float = 1.0,
        read_timeout: float = 3.0,
        idle_connections: int = 32,
    ) -> None:
        address = urlsplit(base_url)
        if address.scheme != "http" or not address.hostname:
            raise ValueError(f"not an http address: {base_url!r}")
        self._connections = Connections(
            address.hostname,
            address.port or 80,
            connect_timeout=connect_timeout,
            read_timeout=read_timeout,
            idle=idle_connections,
        )

    def authorise(self, *, key: str, amount: Money, card: str, order_number: str) -> GatewayOutcome:
        body = {**_money(amount), "card": card, "order_number": order_number}
        status, answer = self._post("/v1/payments", key, body)
        with _readable():
            if answer.get("outcome") == "action_required":
                return GatewayPending(answer["reference"], answer["client_secret"])
            return _outcome(status, answer)

    def capture(self, *, key: str, reference: str, amount: Money) -> GatewayAnswer:
        return self._write(_path(reference, "capture"), key, _money(amount))

    def void(self, *, key: str, reference: str) -> GatewayAnswer:
        return self._write(_path(reference, "void"), key, {})

    def refund(self, *, key: str, reference: str, amount: Money) -> GatewayAnswer:
        return self._write(_path(reference, "refund"), key, _money(amount))

    def confirm(self, client_secret: str, *, approved: bool = True) -> None:
        body = json.dumps({"outcome": "approved" if approved else "declined"}).encode()
        path = f"/v1/challenges/{quote(client_secret, safe='')}"
        status, _ = self._exchange("POST", path, body, {"Content-Type": "application/json"})
        if status == HTTPStatus.NOT_FOUND:
            raise KeyError("nobody waits for this answer")
        if status != HTTPStatus.OK:
            raise GatewayUnavailable(f"unexpected answer {status}")

    def find(self, *, order_number: str) -> tuple[GatewayPayment, ...]:
        path = f"/v1/payments?order_number={quote(order_number, safe='')}"
        with _readable():
            return tuple(_payment(row) for row in self._read(path, "payments")[0])

    def payments(self) -> tuple[GatewayPayment, ...]:
        entries: list[dict[str, Any]] = []
        following: int | None = 0
        with _readable():
            while following is not None:
                page, following = self._read(f"/v1/ledger?after={following}", "entries")
                entries += page
            return summed(entries)

    def close(self) -> None:
        self._connections.close()

    def _read(self, path: str, name: str) -> tuple[list[dict[str, Any]], int | None]:
        """The rows of an answer, and where the next page begins."""
        status, found = self._exchange("GET", path, None, {})
        if status != HTTPStatus.OK:
            raise GatewayUnavailable(f"unexpected answer {status}")
        return found[name], found.get("next")

    def _write(self, path: str, key: str, body: dict[str, Any]) -> GatewayAnswer:
        status, answer = self._post(path, key, body)
        with _readable():
            return _outcome(status, answer)

    def _post(self, path: str, key: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        headers = {"Idempotency-Key": key, "Content-Type": "application/json"}
        if not _KEY.fullmatch(key):
            raise ValueError("key: 1 to 255 printable ASCII characters")
        return self._exchange("POST", path, json.dumps(body).encode(), headers)

    def _exchange(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[int, dict[str, Any]]:
        status, raw = self._connections.exchange(method, path, body, headers)
        try:
            answer = json.loads(raw)
        except (ValueError, RecursionError) as error:
            raise GatewayUnavailable(f"unreadable answer {status}") from error
        if not isinstance(answer, dict):
            raise GatewayUnavailable(f"unreadable answer {status}")
        return status, answer


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except KeyError as missing:
        raise GatewayUnavailable(f"unreadable answer: no {missing}") from missing


def _outcome(status: int, answer: dict[str, Any]) -> GatewayAnswer:
    if status == HTTPStatus.OK:
        approved = answer["outcome"] == "approved"
        return GatewayAnswer(approved, answer["reference"], answer["reason"])
    if status in _REFUSED:
        return GatewayAnswer(approved=False, reference=answer["reference"], reason=answer["code"])
    if status in _MISUSED:
        raise ValueError(f"{answer['code']}: {answer['message']}")
    raise GatewayUnavailable(f"unexpected answer {status}")


def _path(reference: str, act: str) -> str:
    if not _REFERENCE.fullmatch(reference):
        raise ValueError("reference: 1 to 100 printable ASCII characters without a slash")
    return f"/v1/payments/{quote(reference, safe='')}/{act}"


def _money(amount: Money) -> dict[str, Any]:
    return {"amount": amount.amount, "currency": amount.currency.code}


def _payment(row: dict[str, Any]) -> GatewayPayment:
    currency = Currency.parse(row["currency"])
    return GatewayPayment(
        reference=row["reference"],
        order_number=row["order_number"],
        authorised=Money(row["authorised"], currency),
        captured=Money(row["captured"], currency),
        voided=row["voided"] > 0,
        refunded=Money(row["refunded"], currency),
    )
