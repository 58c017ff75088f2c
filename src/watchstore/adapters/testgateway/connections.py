"""A small pool of kept-alive HTTP connections that threads may share."""

import select
import socket
from collections import deque
from http.client import HTTPConnection, HTTPException

from watchstore.service_layer.ports import GatewayUnavailable


class Connections:
    """Lends each connection to one thread at a time; a failed exchange is never repeated here."""

    def __init__(
        self, host: str, port: int, *, connect_timeout: float, read_timeout: float, idle: int
    ) -> None:
        self._host, self._port = host, port
        self._connect_timeout, self._read_timeout = connect_timeout, read_timeout
        self._idle = idle
        self._waiting: deque[HTTPConnection] = deque()  # its append and pop are atomic

    def exchange(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[int, bytes]:
        try:
            connection = self._take()
        except OSError as error:
            raise GatewayUnavailable(f"cannot connect: {error}") from error
        try:
            connection.request(method, path, body, headers)
            with connection.getresponse() as response:
                answer = response.status, response.read()
        except (OSError, HTTPException) as error:
            connection.close()
            raise GatewayUnavailable(f"no answer: {error!r}") from error
        except BaseException:
            connection.close()
            raise
        self._give_back(connection)
        return answer

    def close(self) -> None:
        while self._waiting:
            self._waiting.pop().close()

    def _take(self) -> HTTPConnection:
        while True:
            try:
                connection = self._waiting.pop()
            except IndexError:
                return self._connect()
            if _still_open(connection):
                return connection
            connection.close()

    def _connect(self) -> HTTPConnection:
        connection = HTTPConnection(self._host, self._port, timeout=self._connect_timeout)
        connection.connect()
        connection.sock.settimeout(self._read_timeout)
        return connection

    def _give_back(self, connection: HTTPConnection) -> None:
        if connection.sock is None or len(self._waiting) >= self._idle:
            connection.close()
        else:
            self._waiting.append(connection)


def _still_open(connection: HTTPConnection) -> bool:
    """Whether the other end has not hung up meanwhile: a silent idle socket is an open one."""
    channel: socket.socket = connection.sock
    poll = select.poll()
    poll.register(channel, select.POLLIN | select.POLLHUP)
    return not poll.poll(0)
