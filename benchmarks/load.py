"""Requests, and what came of sending them for a while."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.processes import Web


class Broken(Exception):
    """A measurement that means nothing: not every answer was the expected one."""


@dataclass(frozen=True, slots=True)
class Sample:
    """`rate`: answers a second; `cpu`: milliseconds of the web processes per answer;
    `busy`: how much of one processor the load generator took."""

    rate: float
    cpu: float
    busy: float = 0.0


def get(path: str, **headers: str) -> str:
    return _request("GET", path, headers, "")


def post(path: str, body: object, **headers: str) -> str:
    """`@key@` becomes a new key in every request, `@buyer@` the number of the connection."""
    text = json.dumps(body)
    typed = {"Content-Type": "application/json", "Content-Length": str(len(text))}
    return _request("POST", path, {**typed, **headers}, text)


def _request(method: str, path: str, headers: Mapping[str, str], body: str) -> str:
    named = {"Host": "127.0.0.1", **headers}
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in named.items()]
    return "\r\n".join([f"{method} {path} HTTP/1.1", *lines, "", body])


def drive(
    web: Web, requests: Sequence[str], *, connections: int, seconds: float, expected: str
) -> Sample:
    """Raises Broken when an answer has another status."""
    plan = {
        "host": "127.0.0.1",
        "port": web.port,
        "connections": connections,
        "seconds": seconds,
        "requests": requests,
        "expected": expected,
    }
    before = web.processor_seconds()
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.generator"],
        input=json.dumps(plan),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Broken(done.stderr.strip().rpartition("\n")[2])
    seen = json.loads(done.stdout)
    answers = sum(seen["statuses"].values())
    if set(seen["statuses"]) != {expected}:
        raise Broken(f"{web.name}: wanted {expected}, got {seen['statuses']}: {seen['odd']}")
    spent = web.processor_seconds() - before
    return Sample(seen["rate"], spent * 1000 / answers, seen["busy"])
