"""The test of equal times, tested: on made-up times, as noisy as a busy machine makes them."""

import math
import random
from collections.abc import Iterator

import pytest
from tests.harness.alike import LOOKS, bounds, verdict

SEEDS = range(20)


def ratios(seed: int, longer: float) -> Iterator[float]:
    """Of acts of which one in eight is interrupted, for up to nine times as long as it takes."""
    chance = random.Random(seed)

    def lasts() -> float:
        interrupted = chance.random() < 1 / 8
        return chance.lognormvariate(0, 0.2) * (chance.uniform(2, 10) if interrupted else 1)

    while True:
        times = [lasts() for _ in range(4)]
        yield math.log(longer**2 * times[0] * times[3] / (times[1] * times[2])) / 2


def verdicts(seed: int, longer: float) -> list[bool | None]:
    """At each look, of ever more samples."""
    endless = ratios(seed, longer)
    samples: list[float] = []
    found = []
    for look in LOOKS:
        samples += [next(endless) for _ in range(look - len(samples))]
        found.append(verdict(samples))
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_what_lasts_equally_long_is_found_to(seed):
    found = verdicts(seed, 1.0)
    assert False not in found
    assert found[-1] is True


@pytest.mark.parametrize("longer", [1.4, 1 / 1.4])
@pytest.mark.parametrize("seed", SEEDS)
def test_what_does_not_is_never_taken_for_it(seed, longer):
    found = verdicts(seed, longer)
    assert True not in found
    assert found[-1] is False


def test_a_leak_as_of_a_missing_hash_is_seen_at_the_first_look():
    assert [verdicts(seed, 5.0)[0] for seed in SEEDS] == [False] * len(SEEDS)


def test_few_samples_prove_nothing():
    assert verdict([-0.3, 0.0, 0.3] * 3) is None


def test_the_median_is_within_the_bounds():
    for seed in range(200):
        endless = ratios(seed, 1.25)
        low, high = bounds([next(endless) for _ in range(LOOKS[0])])
        assert low <= math.log(1.25) <= high
