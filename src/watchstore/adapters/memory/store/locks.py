"""Row locks, and the queue of transactions that wait for one another."""

from collections import defaultdict
from collections.abc import Callable, Hashable
from enum import IntEnum
from threading import Condition, RLock
from time import monotonic
from typing import NamedTuple, TypeAlias

from watchstore.adapters.memory.store.errors import Deadlock, LockTimeout

Owner: TypeAlias = object
RowId: TypeAlias = tuple[str, Hashable]


class Mode(IntEnum):
    """PostgreSQL's row locks, weakest first: what a foreign key, an UPDATE and a DELETE take.

    One difference: an UPDATE that changes a unique value takes no more than any other here.
    """

    KEY_SHARE = 1
    NO_KEY_UPDATE = 2
    UPDATE = 3


CONFLICTS = {
    Mode.KEY_SHARE: {Mode.UPDATE},
    Mode.NO_KEY_UPDATE: {Mode.NO_KEY_UPDATE, Mode.UPDATE},
    Mode.UPDATE: set(Mode),
}


class RowLocks:
    def __init__(self) -> None:
        self._held: dict[RowId, dict[Owner, Mode]] = {}
        self._owned: defaultdict[Owner, set[RowId]] = defaultdict(set)

    def held(self, owner: Owner, row: RowId) -> Mode | None:
        return self._held.get(row, {}).get(owner)

    def blockers(self, owner: Owner, row: RowId, mode: Mode) -> set[Owner]:
        holders = self._held.get(row, {}).items()
        return {other for other, held in holders if other is not owner and held in CONFLICTS[mode]}

    def set(self, owner: Owner, row: RowId, mode: Mode | None) -> None:
        if mode is None:
            self._owned[owner].discard(row)
            self._let_go(owner, row)
        else:
            self._owned[owner].add(row)
            self._held.setdefault(row, {})[owner] = mode

    def release_all(self, owner: Owner) -> None:
        for row in self._owned.pop(owner, ()):
            self._let_go(owner, row)

    def _let_go(self, owner: Owner, row: RowId) -> None:
        holders = self._held[row]
        del holders[owner]
        if not holders:
            del self._held[row]


class Wait(NamedTuple):
    turn: Condition
    blockers: set[Owner]


class WaitQueue:
    """Who waits for whom. Called with the store's mutex held, which a wait lets go of."""

    def __init__(self, mutex: RLock, timeout: float) -> None:
        self._mutex = mutex
        self._timeout = timeout
        self._waits: dict[Owner, Wait] = {}
        self._arrival = Condition(mutex)

    def until_clear(self, waiter: Owner, blockers: Callable[[], set[Owner]]) -> None:
        deadline = monotonic() + self._timeout
        turn = Condition(self._mutex)
        try:
            while found := blockers():
                self._enter(waiter, Wait(turn, found))
                if not turn.wait(deadline - monotonic()) and blockers():
                    raise LockTimeout
        finally:
            self._waits.pop(waiter, None)

    def wake(self, blocker: Owner) -> None:
        """Let those who wait for this transaction look again, first come first."""
        for wait in self._waits.values():
            if blocker in wait.blockers:
                wait.turn.notify()

    def until_waiting(self, count: int, timeout: float) -> bool:
        with self._mutex:
            return self._arrival.wait_for(lambda: len(self._waits) >= count, timeout)

    def _enter(self, waiter: Owner, wait: Wait) -> None:
        self._waits[waiter] = wait
        if self._waits_for_itself(waiter):
            raise Deadlock
        self._arrival.notify_all()

    def _waits_for_itself(self, waiter: Owner) -> bool:
        seen: set[Owner] = set()
        ahead = [*self._waits[waiter].blockers]
        while ahead:
            owner = ahead.pop()
            if owner is waiter:
                return True
            if owner not in seen and owner in self._waits:
                ahead.extend(self._waits[owner].blockers)
            seen.add(owner)
        return False
