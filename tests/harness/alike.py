"""Whether two acts take equally long, told from interleaved samples on a machine that is busy.

Time is lost to others in either act, and mostly in few of many samples: so the median of the
ratios is looked at, and how surely it is known. As long as that is not enough, more samples are
taken; none is left out, and there is no second try. The time that a thread only waited for its
turn says nothing about an act, and is taken off where the system tells it.
"""

import math
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import NormalDist
from typing import Final

CLOSE: Final = 0.15
# How often an honest median may lie outside of its bounds, at each look.
RISK: Final = 1e-4
# After so many samples there is a look.
LOOKS: Final = (40, 80, 160, 320, 640, 1280, 2560)

_SCHEDULE: Final = Path("/proc/thread-self/schedstat")

Act = Callable[[], object]


def bounds(samples: Sequence[float]) -> tuple[float, float]:
    """Where the median of what they are samples of lies, whatever its distribution."""
    ordered, count = sorted(samples), len(samples)
    away = NormalDist().inv_cdf(1 - RISK / 2) * math.sqrt(count) / 2
    lowest = max(math.floor(count / 2 - away), 0)
    return ordered[lowest], ordered[-1 - lowest]


def verdict(samples: Sequence[float]) -> bool | None:
    """Of the logarithms of ratios; None as long as that is not sure."""
    low, high = bounds(samples)
    close = -math.log(1 - CLOSE)
    if -close <= low and high <= close:
        return True
    return False if close < low or high < -close else None


def sample(one: Act, other: Act) -> float:
    """One, other, other, one: neither their order nor what changes meanwhile makes a difference."""
    first, second, third, fourth = (_lasts(act) for act in (one, other, other, one))
    return math.log(first * fourth / (second * third)) / 2


def last_equally_long(one: Act, other: Act) -> tuple[bool, str]:
    """The verdict, which is no when there is none after the last look, and what it rests on."""
    samples: list[float] = []
    for look in LOOKS:
        samples += [sample(one, other) for _ in range(look - len(samples))]
        found = verdict(samples)
        if found is not None:
            break
    low, high = (math.exp(bound) for bound in bounds(samples))
    return bool(found), f"{low:.2f} to {high:.2f} times as long, of {len(samples)} samples"


def _lasts(act: Act) -> float:
    """With what it waited for, such as a database, and without its turn at the processor."""
    begun, queued = time.perf_counter(), _queued()
    act()
    queued = _queued() - queued  # read inside of what is measured, so that it is part of it
    return time.perf_counter() - begun - queued


def _queued() -> float:
    """Seconds that this thread was ready, and others ran; where nobody tells, it is all noise."""
    if not _SCHEDULE.exists():
        return 0.0
    return int(_SCHEDULE.read_text().split()[1]) / 1e9
