"""What every test that injects faults ends with: the shop's books agree, as `verify` says."""

import time
from collections.abc import Collection
from datetime import timedelta
from typing import Final

from watchstore.service_layer.shop import Shop

# What is under way may take as long as it likes.
WHENEVER: Final = timedelta(days=3650)
SOON: Final = 15.0


def books_agree(
    shop: Shop, *, grace: timedelta = WHENEVER, but: Collection[str] = frozenset()
) -> None:
    """`but` for the rules that a test broke on purpose: those are told of."""
    found = shop.verify(grace=grace)
    assert {one.rule for one in found} == set(but), found


def books_agree_soon(shop: Shop) -> None:
    """Once the workers have done what there was to do, nothing is under way any more."""
    end = time.monotonic() + SOON
    while found := shop.verify(grace=timedelta(0)):
        assert time.monotonic() < end, found
        time.sleep(0.1)
