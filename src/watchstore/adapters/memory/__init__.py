"""In-memory twins of the shop's ports, as strict as the real servers."""

from watchstore.adapters.memory.clock import FrozenClock
from watchstore.adapters.memory.entropy import SeededEntropy
from watchstore.adapters.memory.gateway import MemoryGateway
from watchstore.adapters.memory.hasher import MemoryHasher
from watchstore.adapters.memory.limiter import MemoryRateLimiter
from watchstore.adapters.memory.mailer import MemoryMailer
from watchstore.adapters.memory.printer import PlainPrinter
from watchstore.adapters.memory.storage import MemoryStorage

__all__ = [
    "FrozenClock",
    "MemoryGateway",
    "MemoryHasher",
    "MemoryMailer",
    "MemoryRateLimiter",
    "MemoryStorage",
    "PlainPrinter",
    "SeededEntropy",
]
