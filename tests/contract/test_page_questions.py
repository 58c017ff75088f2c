"""What is to be published anew: each edit names its watch under a version of its own."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

from tests.harness.language import a_watch, an_offer, buy
from tests.harness.racing import errors, race
from tests.harness.shop import House

from watchstore.domain import Money, OfferId, WatchId
from watchstore.service_layer.commands import NewPiece, ReceivePieces, RepriceOffer
from watchstore.service_layer.queries import Changes

SLUG = "grand-seiko-heritage-{}".format


def at_first(house: House) -> tuple[OfferId, WatchId, int]:
    """Two published watches, of which one is for sale, and the version so far."""
    watch = a_watch(house, "SBGA211")
    offer = an_offer(house, watch=watch)
    a_watch(house, "SBGA413")
    return offer, watch, house.storage.catalogue.version()


def changes(house: House, since: int) -> Changes:
    return house.storage.pages.changes(since=since)


def test_nothing_is_told_twice(house):
    _, _, version = at_first(house)
    assert changes(house, version) == Changes(version, (), ())


def test_from_the_beginning_everything_is_told(house):
    _, _, version = at_first(house)
    a_watch(house, "DRAFT1", publish=False)
    told = changes(house, 0)
    assert told == Changes(version + 1, (SLUG("sbga211"), SLUG("sbga413")), (SLUG("draft1"),))


def test_an_empty_catalogue_has_no_pages(house):
    told = changes(house, 0)
    assert (told.shown, told.gone, house.storage.pages.makers()) == ((), (), ())


def test_each_edit_of_a_watch_its_offers_and_its_pieces_names_it(house):
    offer, watch, _ = at_first(house)
    edits = [
        lambda: house.shop.reprice_offer(RepriceOffer(offer, Money.of("6100", "USD"))),
        lambda: house.shop.receive_pieces(ReceivePieces(offer, (NewPiece(),))),
        lambda: house.shop.close_offer(offer),
        lambda: an_offer(house, pieces=0, watch=watch),
    ]
    for edit in edits:
        version = house.storage.catalogue.version()
        edit()
        told = changes(house, version)
        assert (told.shown, told.gone) == ((SLUG("sbga211"),), ())
        assert told.version > version


def test_a_withdrawn_watch_is_gone_and_a_sold_one_is_no_news(house):
    offer, watch, version = at_first(house)
    buy(house, offer)
    assert changes(house, version) == Changes(version, (), ())
    house.shop.withdraw_watch(watch)
    assert changes(house, version) == Changes(version + 1, (), (SLUG("sbga211"),))
    assert house.storage.pages.watches([SLUG("sbga211")]) == ()


def test_edits_at_once_are_told_in_the_order_they_are_seen(house):
    """Who reads on from any version that was seen misses nothing."""
    offers = [an_offer(house, watch=a_watch(house, f"REF{n}")) for n in range(8)]
    seen = house.storage.catalogue.version()
    told: set[str] = set()
    price = Money.of("6100", "USD")
    with ThreadPoolExecutor(1) as pool:
        edits = [partial(house.shop.reprice_offer, RepriceOffer(each, price)) for each in offers]
        racing = pool.submit(race, edits)
        while not racing.done():
            found = changes(house, seen)
            told |= set(found.shown)
            seen = found.version
        assert errors(racing.result()) == []
    assert told | set(changes(house, seen).shown) == {SLUG(f"ref{n}") for n in range(8)}


def test_what_is_shown_of_watches_is_what_the_catalogue_shows(house):
    at_first(house)
    a_watch(house, "AB-1", brand="Lange")
    slugs = [SLUG("sbga413"), "lange-heritage-ab-1", SLUG("sbga211"), "nothing"]
    found = house.storage.pages.watches(slugs)
    assert [each.slug for each in found] == sorted(slugs[:3])
    assert all(house.storage.catalogue.watch(each.slug) == each for each in found)
    assert house.storage.pages.makers() == house.storage.catalogue.brands()


def test_a_draft_is_not_told_of(house):
    a_watch(house, "DRAFT1", publish=False)
    assert house.storage.pages.watches([SLUG("draft1")]) == ()
    assert house.storage.pages.makers() == ()
