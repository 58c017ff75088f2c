"""What an account keeps: its addresses, and the watches to come back to.

Each use case locks the account first: of two changes at once none is lost.
"""

from watchstore.domain.address_book import KeptAddress
from watchstore.domain.identifiers import AddressId
from watchstore.service_layer.commands import (
    AddWishes,
    ChangeAddress,
    KeepAddress,
    RemoveAddress,
    RemoveWish,
)
from watchstore.service_layer.ports import Begin, Entropy
from watchstore.service_layer.remembering import earlier_creation, remember_creation
from watchstore.service_layer.retrying import retried


@retried
def keep_address(command: KeepAddress, *, begin: Begin, entropy: Entropy) -> AddressId:
    """Raises AddressLimit when the book is full."""
    with begin() as uow:
        uow.users.get(command.user_id)
        book = uow.address_books.of(command.user_id)
        earlier = earlier_creation(uow, command.key)
        if earlier is not None:
            return book.find(AddressId(earlier)).id
        entry = KeptAddress(AddressId(entropy.new_id()), command.address)
        book = book.add(entry)
        uow.address_books.save(book.prefer(entry.id) if command.first else book)
        remember_creation(uow, command.key, entry.id)
        uow.commit()
    return entry.id


@retried
def change_address(command: ChangeAddress, *, begin: Begin) -> None:
    with begin() as uow:
        uow.users.get(command.user_id)
        book = uow.address_books.of(command.user_id)
        book = book.change(KeptAddress(command.address_id, command.address))
        uow.address_books.save(book.prefer(command.address_id) if command.first else book)
        uow.commit()


@retried
def remove_address(command: RemoveAddress, *, begin: Begin) -> None:
    with begin() as uow:
        uow.users.get(command.user_id)
        book = uow.address_books.of(command.user_id)
        uow.address_books.save(book.remove(command.address_id))
        uow.commit()


@retried
def add_wishes(command: AddWishes, *, begin: Begin) -> None:
    """Merge watches into the list; what is on it already stays where it is."""
    with begin() as uow:
        uow.users.get(command.user_id)
        known = uow.wish_lists.watches_at(command.slugs)
        wishes = uow.wish_lists.of(command.user_id)
        wanted = (known[slug] for slug in command.slugs if slug in known)
        uow.wish_lists.save(wishes.add(wanted))
        uow.commit()


@retried
def remove_wish(command: RemoveWish, *, begin: Begin) -> None:
    """Take a watch off the list; what is not on it needs nothing done."""
    with begin() as uow:
        uow.users.get(command.user_id)
        for watch in uow.wish_lists.watches_at([command.slug]).values():
            uow.wish_lists.save(uow.wish_lists.of(command.user_id).remove(watch))
        uow.commit()
