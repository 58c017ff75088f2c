"""The shop as it is deployed, with its internal listener."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from tests.harness.stack import Stack, free_port, running_stack

Series = dict[tuple[str, frozenset[tuple[str, str]]], float]


@dataclass(frozen=True, slots=True)
class Measured:
    stack: Stack
    port: int
    folder: Path

    def series(self) -> Series:
        status, body = ask(self.port, "/metrics")
        assert status == 200
        return {
            (sample.name, frozenset(sample.labels.items())): sample.value
            for family in text_string_to_metric_families(body.decode())
            for sample in family.samples
        }

    def value(self, name: str, **labels: str) -> float:
        return self.series().get((name, frozenset(labels.items())), 0.0)


def ask(port: int, path: str, **headers: str) -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", path, headers=named)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


@pytest.fixture
def measured(
    tmp_path: Path, own_database_url: str, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Measured]:
    port, folder = free_port(), tmp_path / "temporary"
    left = folder / f"watchstore-metrics-{os.getpid()}-of-a-live-process"
    for each in (left, folder / "watchstore-metrics-999999999-left"):
        each.mkdir(parents=True)
    monkeypatch.setenv("METRICS_PORT", str(port))
    monkeypatch.setenv("TMPDIR", str(folder))
    with running_stack(tmp_path, own_database_url, redis_url, worker=False) as stack:
        yield Measured(stack, port, folder)
    assert [*folder.iterdir()] == [left]
