"""Listings of any storage against an oracle that asks each watch, one by one."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid5

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.harness.language import an_offer, buy
from tests.harness.shop import House
from tests.harness.torture import repetitions

from watchstore.domain import (
    Brand,
    Condition,
    Currency,
    Hold,
    HoldId,
    Money,
    Movement,
    Offer,
    OfferId,
    Piece,
    PieceId,
    Publication,
    Reference,
    Slug,
    Specification,
    Watch,
    WatchId,
)
from watchstore.domain.errors import InvalidValue
from watchstore.domain.identifiers import ascii_fold
from watchstore.service_layer.facets import facets_of
from watchstore.service_layer.listing import Position, encode_cursor
from watchstore.service_layer.ports.storage import Storage
from watchstore.service_layer.queries import (
    FACETS,
    Availability,
    FacetValue,
    Listing,
    Sort,
    WatchCard,
    WatchPage,
)

NOW = datetime.now(UTC)
SPACE = UUID(int=7)
BRANDS = ("Omega", "Rolex", "Glashütte Original")
COLLECTIONS = ("Speedmaster", "Date & Day", "")


@dataclass(frozen=True)
class Stocked:
    """A watch, its offers, and what is left of each: pieces free and pieces held."""

    watch: Watch
    offers: tuple[tuple[Offer, int, int], ...]

    @property
    def availability(self) -> str:
        left = [(free, held) for offer, free, held in self.offers if offer.is_open]
        if not left:
            return Availability.ON_REQUEST
        if any(free for free, _ in left):
            return Availability.IN_STOCK
        return Availability.RESERVED if any(held for _, held in left) else Availability.SOLD_OUT

    @property
    def values(self) -> Mapping[str, tuple[str, ...]]:
        offers = [offer for offer, _, _ in self.offers if offer.is_open]
        return {**facets_of(self.watch, offers), "availability": (self.availability,)}

    def meets(self, filters: Mapping[str, tuple[str, ...]]) -> bool:
        return all(set(chosen) & set(self.values[facet]) for facet, chosen in filters.items())


specifications = st.builds(
    Specification,
    movement=st.sampled_from([None, *Movement]),
    case_material=st.sampled_from(["", "Stainless Steel", "Rose Gold", "Steel & Gold"]),
    diameter_mm=st.sampled_from([None, Decimal(34), Decimal("39.5"), Decimal(46)]),
    dial_colour=st.sampled_from(["", "Black", "Blue"]),
    water_resistance_m=st.sampled_from([None, 30, 100, 1220]),
    first_year=st.sampled_from([None, 1999, 2024]),
)
offers = st.tuples(
    st.sampled_from(Condition),
    st.sampled_from([Money.of(300, "USD"), Money.of(7100, "USD"), Money.of(9000, "EUR")]),
    st.integers(0, 2),
    st.integers(0, 1),
    st.booleans(),
)
recipes = st.lists(
    st.tuples(
        st.sampled_from(BRANDS),
        st.sampled_from(COLLECTIONS),
        st.sampled_from(list(Publication)),
        specifications,
        st.lists(offers, max_size=2),
    ),
    max_size=12,
)


def build(number: int, recipe: tuple[str, str, Publication, Specification, list]) -> Stocked:
    brand, collection, publication, specification, wares = recipe
    identity = WatchId(uuid5(SPACE, f"watch {number}"))
    watch = Watch(
        identity,
        brand,
        collection,
        Reference(f"REF {number % 3}.{number}"),
        f"Model {number % 4}",
        Slug(f"watch-{number}"),
        NOW,
        NOW,
        specification,
        publication,
    )
    return Stocked(
        watch,
        tuple(
            (
                Offer(
                    OfferId(uuid5(identity, str(place))),
                    identity,
                    condition,
                    price,
                    NOW,
                    closed_at=None if is_open else NOW,
                ),
                free,
                held,
            )
            for place, (condition, price, free, held, is_open) in enumerate(wares)
        ),
    )


def keep(storage: Storage, stocked: list[Stocked]) -> None:
    with storage.begin() as uow:
        for each in stocked:
            uow.watches.keep_brand(Brand.named(each.watch.brand))
            uow.watches.add(each.watch)
            for offer, free, held in each.offers:
                uow.offers.add(offer)
                uow.pieces.add(list(_pieces(offer, free, held)))
        uow.commit()


def _pieces(offer: Offer, free: int, held: int) -> Iterator[Piece]:
    for place in range(free + held):
        hold = Hold(HoldId(uuid5(offer.id, "hold")), NOW + timedelta(hours=1))
        identity = PieceId(uuid5(offer.id, f"piece {place}"))
        yield Piece(identity, offer.id, NOW, hold=hold if place >= free else None)


def oracle(stocked: list[Stocked], filters: Mapping[str, tuple[str, ...]]) -> list[Stocked]:
    shown = [each for each in stocked if each.watch.publication is Publication.PUBLISHED]
    return [each for each in shown if each.meets(filters)]


def oracle_counts(
    stocked: list[Stocked], filters: Mapping[str, tuple[str, ...]]
) -> Mapping[str, Mapping[str, int]]:
    """For each facet, what the listing would hold if its own choice were lifted."""
    counts: dict[str, Mapping[str, int]] = {}
    for facet in FACETS:
        others = {name: chosen for name, chosen in filters.items() if name != facet}
        found = oracle(stocked, others)
        counts[facet] = Counter(value for each in found for value in each.values[facet])
    return counts


VALUES = {
    "brand": ("omega", "rolex"),
    "collection": ("omega-speedmaster", "unknown"),
    "movement": ("automatic", "unknown"),
    "case": ("steel", "unknown"),
    "diameter": ("38-40", "unknown"),
    "water": ("under-50", "from-600"),
    "price": ("usd-under-500", "on-request"),
    "condition": ("new", "mint"),
    "availability": ("in_stock", "reserved", "on_request"),
    "year": ("2024", "unknown"),
}
choices = st.fixed_dictionaries(
    {},
    optional={
        facet: st.lists(st.sampled_from(values), min_size=1, unique=True).map(tuple)
        for facet, values in VALUES.items()
    },
)


@settings(
    max_examples=repetitions(60),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(recipes=recipes, filters=choices, sort=st.sampled_from(Sort), limit=st.integers(1, 5))
def test_pages_total_and_every_count_are_the_oracles(blank, recipes, filters, sort, limit):
    storage = blank()
    stocked = [build(number, recipe) for number, recipe in enumerate(recipes)]
    keep(storage, stocked)
    pages = list(turn_pages(storage, Listing(filters=filters, sort=sort, limit=limit)))
    expected = oracle(stocked, filters)
    shown = [card for page in pages for card in page.items]
    assert sorted(card.slug for card in shown) == sorted(e.watch.slug.text for e in expected)
    availabilities = {each.watch.slug.text: each.availability for each in expected}
    assert {card.slug: card.availability for card in shown} == availabilities
    for page in pages:
        assert page.total == len(expected)
        counts = {
            facet: {each.value: each.count for each in values if each.count}
            for facet, values in page.facets.items()
        }
        assert counts == oracle_counts(stocked, filters)
    in_order(sort, shown)


def turn_pages(storage: Storage, listing: Listing) -> Iterator[WatchPage]:
    while True:
        page = storage.catalogue.listing(listing)
        assert len(page.items) <= listing.limit
        yield page
        if page.next is None:
            return
        listing = replace(listing, cursor=page.next)


def in_order(sort: Sort, cards: list[WatchCard]) -> None:
    keys = {
        Sort.PRICE: lambda card: major(card) if card.amount else float("inf"),
        Sort.PRICE_DOWN: lambda card: -major(card) if card.amount else float("inf"),
        Sort.NEWEST: lambda card: -(card.year or 0),
        Sort.DIAMETER: lambda card: card.diameter_mm or float("inf"),
        Sort.NAME: lambda card: ascii_fold(f"{card.brand} {card.name} {card.reference}"),
    }
    if sort in keys:
        placed = [keys[sort](card) for card in cards]
        assert placed == sorted(placed)


def major(card: WatchCard) -> Decimal:
    return Money(card.amount or 0, Currency(card.currency or "USD")).decimal


def test_a_chosen_value_that_no_watch_has_stays_visible(storage: Storage) -> None:
    page = storage.catalogue.listing(Listing(filters={"brand": ("no-such-brand",)}))
    assert (page.total, page.items, page.next) == (0, (), None)
    assert page.facets["brand"] == (FacetValue("no-such-brand", "no-such-brand", 0),)


@pytest.mark.parametrize(
    ("listing", "field"),
    [
        (Listing(filters={"colour": ("red",)}), "colour"),
        (Listing(filters={"brand": tuple(map(str, range(51)))}), "brand"),
        (Listing(limit=0), "limit"),
        (Listing(limit=101), "limit"),
        (Listing(text="x" * 121), "q"),
        (Listing(cursor="not a cursor"), "cursor"),
        (Listing(cursor="W10"), "cursor"),
        (Listing(cursor=encode_cursor(Sort.PRICE, Position(1.0, "a", str(SPACE)))), "cursor"),
        (Listing(cursor=encode_cursor(Sort.RELEVANCE, Position(1.0, "a", "no id"))), "cursor"),
    ],
)
def test_what_cannot_be_answered_is_refused_by_name(
    storage: Storage, listing: Listing, field: str
) -> None:
    with pytest.raises(InvalidValue) as refusal:
        storage.catalogue.listing(listing)
    assert refusal.value.field == field


ONE_PIECE = (Condition.NEW, Money.of(300, "USD"), 1, 0, True)


def test_a_sale_shows_at_once_but_is_no_edit_of_the_catalogue(storage: Storage) -> None:
    stocked = build(1, ("Omega", "", Publication.PUBLISHED, Specification(), [ONE_PIECE]))
    keep(storage, [stocked])
    version = storage.catalogue.version()
    with storage.begin() as uow:
        (pieces,) = uow.pieces.claim({stocked.offers[0][0].id: 1}).values()
        uow.pieces.hold(pieces, Hold(HoldId(uuid5(SPACE, "h")), NOW + timedelta(hours=1)))
        uow.commit()
    assert storage.catalogue.listing(Listing()).items[0].availability == Availability.RESERVED
    assert storage.catalogue.version() == version


def test_an_edit_raises_the_version_and_a_rolled_back_one_does_not(storage: Storage) -> None:
    stocked = build(1, ("Omega", "", Publication.PUBLISHED, Specification(), [ONE_PIECE]))
    keep(storage, [stocked])
    version = storage.catalogue.version()
    with storage.begin() as uow:
        uow.offers.save(uow.offers.get(stocked.offers[0][0].id).reprice(Money.of(1, "USD")))
    assert storage.catalogue.version() == version
    with storage.begin() as uow:
        uow.offers.save(uow.offers.get(stocked.offers[0][0].id).reprice(Money.of(1, "USD")))
        uow.commit()
    assert storage.catalogue.version() > version
    assert storage.catalogue.listing(Listing()).items[0].amount == 100


@pytest.mark.parametrize(
    ("card", "availability"),
    [("tok_timeout", Availability.RESERVED), ("tok_accepted", Availability.SOLD_OUT)],
)
def test_the_last_piece_is_reserved_until_it_is_paid(
    house: House, card: str, availability: Availability
) -> None:
    buy(house, an_offer(house, pieces=1), card=card)
    assert house.shop.catalogue.listing(Listing()).items[0].availability == availability
