"""How much is tried: a little in `make test`, the same each time; a lot in `make torture`."""

import os
from typing import Final

from hypothesis import HealthCheck, settings

TORTURE: Final = os.environ.get("TORTURE") == "1"
LONGER: Final = 20


def repetitions(short: int, long: int | None = None) -> int:
    """How often something is tried; the long form is twenty times the short one, unless told."""
    return (long or short * LONGER) if TORTURE else short


def load_profile() -> None:
    """What Hypothesis does unless a test says otherwise. No deadlines: machines are busy."""
    settings.register_profile(
        "watchstore",
        max_examples=repetitions(100),
        deadline=None,
        derandomize=not TORTURE,
        suppress_health_check=[HealthCheck.too_slow],
    )
    settings.load_profile("watchstore")
