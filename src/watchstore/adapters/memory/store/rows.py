"""Rows of one table by primary key, with every index kept in step."""

from collections.abc import Callable, Collection, Hashable, Mapping
from typing import Generic

from watchstore.adapters.memory.store.schema import K, R


class Rows(Generic[K, R]):
    """Used for what is committed and for what one transaction wrote; there None is a deletion."""

    __slots__ = ("_indexes", "_keyed", "versions")

    def __init__(self, keyed: Mapping[str, Callable[[R], Hashable]]) -> None:
        self.versions: dict[K, R | None] = {}
        self._keyed = keyed
        self._indexes: dict[str, dict[Hashable, dict[K, None]]] = {name: {} for name in keyed}

    def put(self, key: K, version: R | None) -> None:
        entries = self._entries(version)  # first: a key function that raises must change nothing
        self._unindex(key)
        self.versions[key] = version
        for name, value in entries:
            self._indexes[name].setdefault(value, {})[key] = None

    def drop(self, key: K) -> None:
        self._unindex(key)
        self.versions.pop(key, None)

    def keys_at(self, index: str, value: Hashable) -> Collection[K]:
        return self._indexes[index].get(value, {})

    def _entries(self, version: R | None) -> list[tuple[str, Hashable]]:
        if version is None:
            return []
        return [(name, key_of(version)) for name, key_of in self._keyed.items()]

    def _unindex(self, key: K) -> None:
        for name, value in self._entries(self.versions.get(key)):
            bucket = self._indexes[name][value]
            del bucket[key]
            if not bucket:
                del self._indexes[name][value]
