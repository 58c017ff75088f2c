import pytest

import promises_app  # noqa: F401 - registers its promises
import promises_edge  # noqa: F401
from mutants import MUTANTS
from promises import PROMISES


@pytest.mark.parametrize("name", sorted(PROMISES))
def test_every_size_keeps_the_promise(name, templates):
    PROMISES[name](templates)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.fault)
def test_the_promise_notices_the_fault(mutant, small):
    changed = small.changed(mutant.stack)
    mutant.change(changed)
    with pytest.raises(AssertionError):
        PROMISES[mutant.breaks](changed)
    assert changed.json[mutant.stack] != small.json[mutant.stack]


def test_each_promise_has_a_mutant():
    assert {mutant.breaks for mutant in MUTANTS} == set(PROMISES)


def test_mutants_are_told_apart():
    faults = [mutant.fault for mutant in MUTANTS]
    assert len(set(faults)) == len(faults)
