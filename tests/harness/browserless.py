"""A buyer without a browser: keeps cookies, speaks JSON, sends the origin as a page would."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Client:
    """One keep-alive connection; not shared between threads."""

    def __init__(self, url: str, *, timeout: float = 30) -> None:
        self._url = url
        self._connection = HTTPConnection(urlsplit(url).netloc, timeout=timeout)
        self.cookies: dict[str, str] = {}

    def get(self, path: str, **headers: str) -> Reply:
        return self._send("GET", path, None, headers)

    def post(self, path: str, body: object, **headers: str) -> Reply:
        return self._send("POST", path, body, headers)

    def put(self, path: str, body: object, **headers: str) -> Reply:
        return self._send("PUT", path, body, headers)

    def patch(self, path: str, body: object, **headers: str) -> Reply:
        return self._send("PATCH", path, body, headers)

    def delete(self, path: str, **headers: str) -> Reply:
        return self._send("DELETE", path, None, headers)

    def close(self) -> None:
        self._connection.close()

    def _send(self, method: str, path: str, body: object, given: Mapping[str, str]) -> Reply:
        headers = {"Origin": self._url, "Content-Type": "application/json"}
        headers |= {name.replace("_", "-"): value for name, value in given.items()}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        encoded = None if body is None else json.dumps(body)
        self._connection.request(method, f"/api/v1{path}", encoded, headers)
        response = self._connection.getresponse()
        reply = Reply(response.status, dict(response.getheaders()), response.read())
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                self._keep(value)
        return reply

    def _keep(self, header: str) -> None:
        for name, morsel in SimpleCookie(header).items():
            if morsel["max-age"] == "0":
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = morsel.value
