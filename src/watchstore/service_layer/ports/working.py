"""The worker's side of what is kept: events on their way, and what is to be done now and then."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol
from uuid import UUID

from watchstore.domain.events import Event


@dataclass(frozen=True, slots=True)
class Lease:
    """One event to deliver to one consumer; `token` fences late finishers.

    `cause` names what made it happen, if that was known.
    """

    event_id: UUID
    consumer: str
    aggregate: UUID
    event: Event
    attempts: int
    token: int
    cause: str | None = None


@dataclass(frozen=True, slots=True)
class Backlog:
    """Deliveries that wait, those that were given up, and the age of the oldest that waits."""

    pending: int
    parked: int
    oldest: timedelta


class Deliveries(Protocol):
    """The worker's side of the outbox; each call is a transaction of its own."""

    def lease(self, *, most: int, lasting: timedelta) -> tuple[Lease, ...]:
        """The lowest undelivered event of streams that are due and not leased by another."""

    def complete(self, *leases: Lease) -> int:
        """How many are done; those that were lost to another worker meanwhile are not."""

    def give_back(self, *leases: Lease) -> None:
        """Untried: another worker may have them at once."""

    def postpone(self, lease: Lease, *, delay: timedelta, error: str) -> None: ...

    def park(self, lease: Lease, *, error: str) -> None:
        """Give up: the stream waits for staff."""

    def replay(self, event_id: UUID, *, consumer: str | None = None) -> int:
        """Let parked deliveries of an event go on; returns how many."""

    def tidy(self, *, older_than: timedelta, most: int = 1000) -> int:
        """Remove some of what is delivered and old, of request keys past their 24 hours, of old
        notices, and of holds that ended long ago.

        Returns how many, which is less than `most` at the end.
        """

    def backlog(self) -> Backlog:
        """How far the worker is behind, for who watches it."""


class Duties(Protocol):
    """What some worker has to do now and then, and only one at a time."""

    def take(self, name: str, *, lasting: timedelta) -> int | None:
        """A fencing token when the duty is due and nobody is at it; it is theirs so long."""

    def extend(self, name: str, token: int, *, lasting: timedelta) -> bool:
        """So long from now; False when it was lost to another meanwhile."""

    def done(self, name: str, token: int, *, again_in: timedelta) -> None: ...
