"""A folder for the changed sources, and a judge of mutants on this run's servers."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from tests.harness.servers import template_of
from tests.harness.torture import repetitions
from tests.mutants import mutant

from watchstore.entrypoints.embedded import Servers

MustDie = Callable[[mutant.Mutant], None]
MustLive = Callable[[Sequence[mutant.Mutant]], None]
_SOME = 3


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "must_live" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.long)


@pytest.fixture(scope="session")
def judge(tmp_path_factory: pytest.TempPathFactory, servers: Servers) -> mutant.Judge:
    sources = mutant.compiled_sources(tmp_path_factory.mktemp("sources"))
    return mutant.Judge(sources, servers, template_of(Path(os.environ["WATCHSTORE_TEST_RUN"])))


@pytest.fixture
def must_die(judge: mutant.Judge, tmp_path: Path) -> MustDie:
    return lambda one: judge.assert_killed(one, tmp_path)


@pytest.fixture
def must_live(judge: mutant.Judge, tmp_path: Path) -> MustLive:
    """The killers of these mutants pass where nothing is mutated; the short form tries some:
    they have all passed on the sources themselves, and it is the copy that is in doubt."""

    def pass_on_copy(table: Sequence[mutant.Mutant]) -> None:
        killers = list(dict.fromkeys(killer for each in table for killer in each.killers))
        every = max(1, len(killers) // repetitions(_SOME, len(killers)))
        judge.assert_alive(killers[::every], tmp_path)

    return pass_on_copy
