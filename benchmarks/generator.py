"""The load generator, a process of its own: one thread, many kept-alive connections.

Reads a plan (JSON) from standard input, writes what it saw to standard output.
"""

import json
import random
import selectors
import socket
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import uuid4

_HEAD_END: Final = b"\r\n\r\n"
_LENGTH: Final = b"\r\ncontent-length:"
_PATIENCE: Final = 30.0


class Closed(Exception):
    """The server hung up."""


@dataclass(slots=True)
class Connection:
    channel: socket.socket
    buyer: bytes
    received: bytes = b""
    missing: int = field(default=-1)

    def ask(self, request: bytes) -> None:
        self.received, self.missing = b"", -1
        self.channel.sendall(
            request.replace(b"@key@", uuid4().hex.encode()).replace(b"@buyer@", self.buyer)
        )

    def answered(self) -> bytes | None:
        """The status, once the whole answer is there."""
        some = self.channel.recv(262_144)
        if not some:
            raise Closed
        if self.missing >= 0:
            self.missing -= len(some)
        else:
            self.received += some
            head, found, body = self.received.partition(_HEAD_END)
            if not found:
                return None
            self.missing = _length(head) - len(body)
        return self.received[9:12] if self.missing == 0 else None


def _length(head: bytes) -> int:
    if head[9:12] in {b"304", b"204"}:
        return 0
    _, _, rest = head.lower().partition(_LENGTH)
    return int(rest.partition(b"\r\n")[0])


def drive(plan: dict[str, Any]) -> dict[str, Any]:
    """Keep every connection busy for so long, then wait for what is under way."""
    requests = [request.encode("latin-1") for request in plan["requests"]]
    selector = selectors.DefaultSelector()
    for number in range(plan["connections"]):
        channel = socket.create_connection((plan["host"], plan["port"]), _PATIENCE)
        channel.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection = Connection(channel, b"%032d" % number)
        selector.register(channel, selectors.EVENT_READ, connection)
        connection.ask(random.choice(requests))
    started, processor = time.perf_counter(), time.process_time()
    odd: list[str] = []
    expected = plan["expected"].encode()
    statuses = _pump(selector, requests, started + plan["seconds"], expected, odd)
    seconds, busy = time.perf_counter() - started, time.process_time() - processor
    answers = sum(statuses.values())
    rates = {"rate": answers / seconds, "busy": busy / seconds}
    return {"statuses": statuses, "odd": odd[:1], **rates}


def _pump(
    selector: selectors.BaseSelector,
    requests: list[bytes],
    until: float,
    expected: bytes,
    odd: list[str],
) -> Counter[str]:
    """Counts the answers by status; `odd` takes those that were not expected."""
    statuses: Counter[str] = Counter()
    while selector.get_map():
        ready = selector.select(_PATIENCE)
        if not ready:
            raise TimeoutError(f"no answer within {_PATIENCE:g} s")
        now = time.perf_counter()
        for key, _ in ready:
            status = key.data.answered()
            if status is None:
                continue
            statuses[status.decode()] += 1
            if status != expected:
                odd.append(key.data.received.decode(errors="replace"))
            if now < until:
                key.data.ask(random.choice(requests))
            else:
                selector.unregister(key.fileobj)
                key.data.channel.close()
    return statuses


if __name__ == "__main__":
    json.dump(drive(json.load(sys.stdin)), sys.stdout)
