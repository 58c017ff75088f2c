"""The watches that an account means to come back to, newest first."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from watchstore.domain.identifiers import UserId, WatchId

MOST_WISHES: Final = 100


@dataclass(frozen=True, slots=True)
class WishList:
    owner: UserId
    watches: tuple[WatchId, ...] = ()

    def add(self, wanted: Iterable[WatchId]) -> "WishList":
        """Those that are not on it yet go in front, in their order, as long as there is room."""
        new = [watch for watch in dict.fromkeys(wanted) if watch not in self.watches]
        room = MOST_WISHES - len(self.watches)
        return replace(self, watches=(*new[:room], *self.watches)) if new[:room] else self

    def remove(self, watch: WatchId) -> "WishList":
        return replace(self, watches=tuple(one for one in self.watches if one != watch))
