"""The addresses that an account keeps; the first of them is the one that is offered first."""

from dataclasses import dataclass, replace
from typing import Final

from watchstore.domain.address import Address
from watchstore.domain.errors import AddressLimit, NotFound
from watchstore.domain.identifiers import AddressId, UserId

MOST_ADDRESSES: Final = 10


@dataclass(frozen=True, slots=True)
class KeptAddress:
    id: AddressId
    address: Address


@dataclass(frozen=True, slots=True)
class AddressBook:
    owner: UserId
    entries: tuple[KeptAddress, ...] = ()

    def find(self, address_id: AddressId) -> KeptAddress:
        for entry in self.entries:
            if entry.id == address_id:
                return entry
        raise NotFound("There is no such address.")

    def add(self, entry: KeptAddress) -> "AddressBook":
        if len(self.entries) >= MOST_ADDRESSES:
            raise AddressLimit(f"An account keeps {MOST_ADDRESSES} addresses.", most=MOST_ADDRESSES)
        return replace(self, entries=(*self.entries, entry))

    def change(self, entry: KeptAddress) -> "AddressBook":
        self.find(entry.id)
        changed = (entry if one.id == entry.id else one for one in self.entries)
        return replace(self, entries=tuple(changed))

    def prefer(self, address_id: AddressId) -> "AddressBook":
        """Put it first."""
        chosen = self.find(address_id)
        return replace(self, entries=(chosen, *self.remove(address_id).entries))

    def remove(self, address_id: AddressId) -> "AddressBook":
        self.find(address_id)
        return replace(self, entries=tuple(one for one in self.entries if one.id != address_id))
