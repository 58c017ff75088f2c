"""Ids that the same row has whenever it is imported: a second run finds what the first made."""

from typing import Final
from uuid import UUID, uuid5

from watchstore.domain.identifiers import OfferId, PieceId
from watchstore.domain.offer import Condition

_NAMESPACE: Final = UUID("5b0c1f63-6a0e-4c43-9b1f-2f0f7f1d8a51")


def catalogue_offer(brand_slug: str, bare: str, condition: Condition) -> OfferId:
    """The one offer that the price in a catalogue row opens."""
    return OfferId(_named("catalogue", brand_slug, bare, condition))


def offer(*traits: object) -> OfferId:
    return OfferId(_named("offer", *traits))


def piece(*traits: object) -> PieceId:
    return PieceId(_named("piece", *traits))


def _named(*parts: object) -> UUID:
    # A delimiter that plain text cannot hold keeps ("a", "bc") apart from ("ab", "c").
    return uuid5(_NAMESPACE, "\x1f".join(str(part) for part in parts))
