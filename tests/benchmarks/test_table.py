"""Ratios are medians of rounds, and a bar is missed only when the median is below it."""

import pytest
from benchmarks.cases import Case
from benchmarks.load import Sample
from benchmarks.replay import Steps
from benchmarks.rounds import Result, measure
from benchmarks.table import lines, missed


def case(name: str = "path", *, bar: float = 0.0, ours: float = 50, floor: float = 100) -> Case:
    def sample(rate: float):
        return lambda seconds: Sample(rate, 1.5, 0.1)

    return Case(name, sample(ours), sample(floor), 0.85, bar)


def samples(*rates: float) -> list[Sample]:
    return [Sample(rate, 1.0) for rate in rates]


def test_the_ratio_is_the_median_of_what_each_round_had():
    result = Result(case(), samples(10, 90, 50), samples(100, 100, 50))
    assert result.ratio == pytest.approx(0.9)
    assert "0.90 (0.10-1.00)" in list(lines([result]))[-1]


@pytest.mark.parametrize(("bar", "faults"), [(0.49, 0), (0.5, 0), (0.51, 1)])
def test_a_bar_is_missed_below_it_only(bar, faults):
    (result,) = measure([case(bar=bar)], rounds=1, seconds=0.1)
    assert len(missed([result])) == faults


def test_ours_and_floor_take_turns_in_going_first():
    turns: list[str] = []

    def run(name: str):
        def sample(_seconds: float) -> Sample:
            turns.append(name)
            return Sample(1, 1)

        return sample

    measure([Case("path", run("ours"), run("floor"), 1.0)], rounds=2, seconds=1)
    assert turns[2:] == ["ours", "floor", "floor", "ours"]


def test_an_order_is_replayed_with_values_of_its_own():
    steps = Steps.parse(["INSERT '@order@' '@key@'", "COMMIT", "SELECT '@order@'", "COMMIT"])
    assert steps.after[0].text({"order": "7", "key": "k"}) == "SELECT '7'"


def test_what_is_no_order_of_two_transactions_is_not_replayed():
    with pytest.raises(ValueError, match="two transactions"):
        Steps.parse(["SELECT 1", "COMMIT"])
