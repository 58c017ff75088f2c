"""A folder for the changed sources, and a judge of mutants on this run's servers."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from tests.mutants import mutant

from watchstore.entrypoints.embedded import Servers

MustDie = Callable[[mutant.Mutant], None]
MustLive = Callable[[Sequence[mutant.Mutant]], None]


@pytest.fixture(scope="session")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return mutant.compiled_sources(tmp_path_factory.mktemp("sources"))


@pytest.fixture
def must_die(sources: Path, tmp_path: Path, servers: Servers) -> MustDie:
    return lambda one: mutant.assert_killed(one, sources, tmp_path, servers)


@pytest.fixture
def must_live(sources: Path, tmp_path: Path, servers: Servers) -> MustLive:
    """The killers of these mutants pass where nothing is mutated."""

    def judge(table: Sequence[mutant.Mutant]) -> None:
        killers = [killer for each in table for killer in each.killers]
        mutant.assert_alive(list(dict.fromkeys(killers)), sources, tmp_path, servers)

    return judge
