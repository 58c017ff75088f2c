"""The machine's own clock and randomness."""

from watchstore.adapters.system.clock import SystemClock
from watchstore.adapters.system.entropy import SystemEntropy

__all__ = ["SystemClock", "SystemEntropy"]
