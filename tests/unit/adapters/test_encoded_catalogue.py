import json
from dataclasses import replace

import pytest

from watchstore.adapters.orjson import EncodedCatalogue
from watchstore.service_layer.queries import (
    BrandRow,
    FacetValue,
    Listing,
    OfferRow,
    Suggestion,
    WatchCard,
    WatchPage,
    WatchPassport,
)

CARD = WatchCard(
    slug="omega-1",
    brand="Omega",
    collection="Speedmaster",
    reference="311.30",
    name="Moonwatch “Ω”",
    movement="manual",
    case_material="steel",
    diameter_mm=42.5,
    dial_colour="black",
    year=2020,
    amount=640_000,
    currency="USD",
    condition="new",
    availability="in_stock",
)
ON_REQUEST = replace(
    CARD, slug="omega-2", amount=None, currency=None, condition=None, availability="on_request"
)
OFFER = OfferRow("o1", "new", 640_000, "USD", "", True, True, 3, 1, "in_stock", 2)
PASSPORT = WatchPassport(
    id="w1",
    slug="omega-1",
    brand="Omega",
    brand_slug="omega",
    country="CH",
    collection="Speedmaster",
    reference="311.30",
    name="Moonwatch",
    publication="published",
    movement=None,
    calibre="1861",
    case_material="steel",
    diameter_mm=42.0,
    thickness_mm=None,
    lug_to_lug_mm=None,
    lug_width_mm=20.0,
    dial_colour="black",
    bracelet_material="steel",
    crystal="hesalite",
    water_resistance_m=50,
    power_reserve_h=48,
    complications=("chronograph",),
    year=None,
    offers=(OFFER,),
    availability="in_stock",
    version=3,
    changed_at="2026-01-01T00:00:00Z",
)
FACETS = {"brand": (FacetValue("omega", "Omega", 2),)}


class Shelf:
    """CatalogueQueries over two cards."""

    def __init__(self) -> None:
        self.page = WatchPage((CARD, ON_REQUEST), "cursor", 7, FACETS)

    def listing(self, listing):
        return replace(self.page, total=listing.limit)

    def watch(self, slug):
        return PASSPORT if slug == PASSPORT.slug else None

    def suggest(self, text):
        return (Suggestion("brand", text.title(), text),)

    def brands(self):
        return (BrandRow("omega", "Omega", "CH", 1848, 2),)

    def version(self):
        return 1


@pytest.fixture
def shelf():
    return Shelf()


@pytest.fixture
def catalogue(shelf):
    return EncodedCatalogue(shelf)


def test_a_listing_has_items_facets_and_the_way_on(catalogue):
    answer = json.loads(catalogue.listing(Listing(limit=7)).body)

    assert answer.keys() == {"items", "next", "total", "facets"}
    assert [answer["next"], answer["total"]] == ["cursor", 7]
    assert answer["facets"] == {"brand": [{"value": "omega", "label": "Omega", "count": 2}]}


def test_a_card_is_its_row_with_amount_and_currency_under_price(catalogue):
    [card, _] = json.loads(catalogue.listing(Listing()).body)["items"]
    row = {name: getattr(CARD, name) for name in CARD.__slots__}
    del row["amount"], row["currency"]

    assert card == row | {"price": {"amount": 640_000, "currency": "USD"}}


def test_a_watch_on_request_has_no_price(catalogue):
    [_, card] = json.loads(catalogue.listing(Listing()).body)["items"]

    assert card["price"] is None


def test_a_watch_is_told_in_full_with_its_offers(catalogue):
    watch = json.loads(catalogue.watch("omega-1").body)
    [offer] = watch.pop("offers")

    assert watch == {
        name: list(value) if isinstance(value, tuple) else value
        for name in WatchPassport.__slots__
        if name != "offers"
        for value in [getattr(PASSPORT, name)]
    }
    assert offer == {
        "id": "o1",
        "condition": "new",
        "price": {"amount": 640_000, "currency": "USD"},
        "note": "",
        "box": True,
        "papers": True,
        "free": 3,
        "reserved": 1,
        "availability": "in_stock",
        "version": 2,
    }


def test_there_is_no_document_of_an_unknown_watch(catalogue):
    assert catalogue.watch("unknown") is None


def test_suggestions_and_brands_are_lists_without_pages(catalogue):
    suggestions = json.loads(catalogue.suggest("omega").body)
    brands = json.loads(catalogue.brands().body)

    item = {"kind": "brand", "label": "Omega", "value": "omega"}
    assert suggestions == {"items": [item], "next": None, "total": 1}
    assert brands["items"][0]["founded_year"] == 1848
    assert [brands["next"], brands["total"]] == [None, 1]


def test_the_etag_changes_with_the_bytes_and_only_with_them(shelf, catalogue):
    first, again = catalogue.listing(Listing()), catalogue.listing(Listing())
    shelf.page = replace(shelf.page, items=(CARD,))

    assert first == again
    assert catalogue.listing(Listing()).etag != first.etag
    assert first.etag.isalnum()
