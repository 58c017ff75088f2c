"""The page about deliveries says what the checkout asks."""

from watchstore.domain import Money
from watchstore.entrypoints.publishing.deliveries import delivery_fees


def test_fees_are_those_of_the_checkout() -> None:
    fees = dict(delivery_fees("USD"))
    assert fees["Standard"] == (Money.of("0", "USD"),) * 3
    assert fees["Express"] == tuple(Money.of(each, "USD") for each in ("45", "45", "90"))
    assert fees["Insured, against signature"][2] is None  # nobody signs for us there


def test_every_way_that_a_parcel_travels_is_listed() -> None:
    assert len(delivery_fees("EUR")) == 4
