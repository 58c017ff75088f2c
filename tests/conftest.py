"""Real servers for the tests that ask for them; tests that don't never start one."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from redis import Redis
from tests.harness.databases import fresh_database
from tests.harness.servers import shared_servers, taking_part, template_of
from tests.harness.torture import load_profile

from watchstore.entrypoints.embedded import Servers

_RUN = "WATCHSTORE_TEST_RUN"
_leases = pytest.StashKey[ExitStack]()


def pytest_configure(config: pytest.Config) -> None:
    load_profile()
    if hasattr(config, "workerinput"):
        return  # an xdist worker: its controller keeps the run
    run = Path(tempfile.mkdtemp(prefix="watchstore-tests-")).resolve()
    os.environ[_RUN] = str(run)
    config.stash[_leases] = ExitStack()
    config.stash[_leases].enter_context(taking_part(run))


def pytest_unconfigure(config: pytest.Config) -> None:
    if _leases in config.stash:
        config.stash[_leases].close()


@pytest.fixture(scope="session")
def servers() -> Servers:
    """PostgreSQL and Redis of this run. Shared: use database_url and redis_url to be alone."""
    return shared_servers(Path(os.environ[_RUN]))


@pytest.fixture(scope="module")
def database_url(servers: Servers) -> Iterator[str]:
    """A fresh, migrated database for this module."""
    with fresh_database(servers.database_url, template_of(Path(os.environ[_RUN]))) as url:
        yield url


@pytest.fixture
def own_database_url(servers: Servers) -> Iterator[str]:
    """A fresh, migrated database for this test."""
    with fresh_database(servers.database_url, template_of(Path(os.environ[_RUN]))) as url:
        yield url


@pytest.fixture
def redis_url(servers: Servers) -> str:
    """An empty Redis database that no other test uses meanwhile."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    url = f"{servers.redis_url.rpartition('/')[0]}/{int(worker) + 1}"
    with Redis.from_url(url) as client:
        client.flushdb()
    return url
