"""A folder for the changed sources, and a judge of mutants on this run's servers."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from tests.harness.servers import template_of
from tests.mutants import mutant

from watchstore.entrypoints.embedded import Servers

MustDie = Callable[[mutant.Mutant], None]
MustLive = Callable[[Sequence[mutant.Mutant]], None]


@pytest.fixture(scope="session")
def judge(tmp_path_factory: pytest.TempPathFactory, servers: Servers) -> mutant.Judge:
    sources = mutant.compiled_sources(tmp_path_factory.mktemp("sources"))
    return mutant.Judge(sources, servers, template_of(Path(os.environ["WATCHSTORE_TEST_RUN"])))


@pytest.fixture
def must_die(judge: mutant.Judge, tmp_path: Path) -> MustDie:
    return lambda one: judge.assert_killed(one, tmp_path)


@pytest.fixture
def must_live(judge: mutant.Judge, tmp_path: Path) -> MustLive:
    """The killers of these mutants pass where nothing is mutated."""

    def pass_on_copy(table: Sequence[mutant.Mutant]) -> None:
        killers = [killer for each in table for killer in each.killers]
        judge.assert_alive(list(dict.fromkeys(killers)), tmp_path)

    return pass_on_copy
