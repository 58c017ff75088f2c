from watchstore.adapters.memory.gateway import MemoryGateway
from watchstore.domain.money import Money


class Watched(dict):
    """Notes whether the lock was held at every look-up and every change."""

    def __init__(self, lock) -> None:
        super().__init__()
        self.lock = lock
        self.held = []

    def __contains__(self, key) -> bool:
        self.held.append(self.lock.locked())
        return super().__contains__(key)

    def __setitem__(self, key, value) -> None:
        self.held.append(self.lock.locked())
        super().__setitem__(key, value)


def test_a_key_is_looked_up_and_claimed_under_one_lock():
    twin = MemoryGateway()
    twin._answers = watched = Watched(twin._lock)

    twin.authorise(key="key", amount=Money.of("10", "USD"), card="tok_accepted", order_number="W-1")

    assert watched.held == [True, True]


def test_its_ledger_is_there_to_be_compared():
    twin = MemoryGateway()
    price = Money.of("10", "USD")
    paid = twin.authorise(key="a", amount=price, card="tok_accepted", order_number="W-1")
    twin.capture(key="b", reference=paid.reference, amount=price)

    entries = [(entry.id, entry.kind, entry.reference, entry.amount) for entry in twin.entries]
    assert entries == [
        (1, "authorised", paid.reference, price),
        (2, "captured", paid.reference, price),
    ]
