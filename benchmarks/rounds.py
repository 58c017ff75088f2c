"""Alternating rounds: ours and its floor one right after the other, so that noise hits both."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from statistics import median

from benchmarks.cases import Case
from benchmarks.load import Sample

_WARM_UP_SECONDS = 0.3


@dataclass(slots=True)
class Result:
    case: Case
    ours: list[Sample] = field(default_factory=list)
    floor: list[Sample] = field(default_factory=list)

    @property
    def ratios(self) -> list[float]:
        return [ours.rate / floor.rate for ours, floor in zip(self.ours, self.floor, strict=True)]

    @property
    def ratio(self) -> float:
        return median(self.ratios)

    @property
    def busy(self) -> float:
        return max(sample.busy for sample in (*self.ours, *self.floor))


def measure(
    cases: Iterable[Case],
    *,
    rounds: int,
    seconds: float,
    before_each: Callable[[], None] = lambda: None,
) -> list[Result]:
    results = [Result(case) for case in cases]
    before_each()
    for result in results:
        result.case.ours(min(seconds, _WARM_UP_SECONDS))
        result.case.floor(min(seconds, _WARM_UP_SECONDS))
    for number in range(rounds):
        before_each()
        for result in results:
            _once(result, seconds, ours_first=number % 2 == 0)
    return results


def _once(result: Result, seconds: float, *, ours_first: bool) -> None:
    turns = [(result.ours, result.case.ours), (result.floor, result.case.floor)]
    for samples, run in turns if ours_first else reversed(turns):
        samples.append(run(seconds))
