"""What staff are shown of stock and catalogue, and when the catalogue counts as edited."""

from datetime import datetime

from tests.harness.records import (
    BRAND,
    NOW,
    PRICE,
    a_piece,
    a_serial,
    a_watch,
    keep_hold,
    keep_offer,
    keep_order,
)

from watchstore.domain import (
    Condition,
    Currency,
    Money,
    Publication,
)
from watchstore.service_layer.commands import Shopper
from watchstore.service_layer.secrets import secret_hash

GUEST = Shopper(guest_hash=secret_hash("guest"))
SNOWFLAKE = ("Grand Seiko", "Snowflake")


def change(storage, work):
    with storage.begin() as uow:
        work(uow)
        uow.commit()


class TestTheOffice:
    def test_counts_stock_by_state(self, storage):
        offer, pieces = keep_offer(storage, 6)
        ordered = keep_order(storage, offer, pieces[0])
        sold = keep_order(storage, offer, *pieces[1:3])
        change(storage, lambda uow: uow.pieces.sell(sold.id, NOW))
        hold = keep_hold(storage, pieces[3])
        keep_hold(storage, pieces[4], minutes=-1)

        (row,) = storage.office.stock()
        assert (row.free, row.held, row.ordered, row.sold) == (2, 1, 1, 2)
        assert (row.offer_id, row.brand, row.name) == (str(offer.id), *SNOWFLAKE)
        assert (row.condition, row.amount, row.currency) == ("new", 580_000, "USD")

        rows = {row.id: row for row in storage.office.pieces(offer.id)}
        assert rows[str(pieces[0])].order_number == ordered.number.text
        assert rows[str(pieces[1])].state == "sold"
        assert datetime.fromisoformat(rows[str(pieces[3])].held_until) == hold.until
        assert (rows[str(pieces[4])].state, rows[str(pieces[4])].held_until) == ("free", None)

    def test_shows_what_comes_with_a_piece(self, storage):
        offer, _ = keep_offer(storage)
        piece = a_piece(offer, serial=a_serial("S1"), box=True)
        change(storage, lambda uow: uow.pieces.add([piece]))
        (row,) = storage.office.pieces(offer.id)
        assert (row.id, row.serial, row.box, row.papers) == (str(piece.id), "S1", True, False)
        assert (row.state, row.held_until, row.order_number) == ("free", None, None)

    def test_leaves_closed_offers_out_of_stock(self, storage):
        offer, _ = keep_offer(storage, 1)
        change(storage, lambda uow: uow.offers.save(offer.close(NOW)))
        assert storage.office.stock() == ()

    def test_sorts_stock_by_brand_name_and_condition(self, storage):
        watch = a_watch(name="Alpha")
        change(storage, lambda uow: (uow.watches.keep_brand(BRAND), uow.watches.add(watch)))
        for condition in (Condition.NEW, Condition.GOOD):
            keep_offer(storage, 0, watch=watch, condition=condition)
        keep_offer(storage, 0)
        assert [(row.name, row.condition) for row in storage.office.stock()] == [
            ("Alpha", "good"),
            ("Alpha", "new"),
            ("Snowflake", "new"),
        ]

    def test_lists_drafts_too(self, storage):
        keep_offer(storage, 2)
        draft = a_watch(publication=Publication.DRAFT, name="Zulu")
        change(storage, lambda uow: uow.watches.add(draft))
        page = storage.office.watches()
        assert [(row.name, row.publication, row.offers, row.free) for row in page.items] == [
            ("Snowflake", "published", 1, 2),
            ("Zulu", "draft", 0, 0),
        ]
        assert page.total == 2
        assert storage.office.watches(publication="draft").total == 1
        assert storage.office.watches(text="zulu").items[0].id == str(draft.id)
        assert storage.office.watches(text="nothing").total == 0
        second = storage.office.watches(page=2, limit=1)
        assert ([row.name for row in second.items], second.total) == (["Zulu"], 2)

    def test_opens_a_draft_that_the_catalogue_does_not_show(self, storage):
        keep_offer(storage)
        draft = a_watch(publication=Publication.DRAFT)
        change(storage, lambda uow: uow.watches.add(draft))
        assert storage.office.watch(draft.slug.text).publication == "draft"
        assert storage.office.watch("no-such-watch") is None
        assert storage.catalogue.watch(draft.slug.text) is None


class TestAWatch:
    def test_is_shown_with_its_open_offers_cheapest_first(self, storage):
        watch = a_watch()
        change(storage, lambda uow: (uow.watches.keep_brand(BRAND), uow.watches.add(watch)))
        dear, _ = keep_offer(storage, 1, watch=watch)
        cheap, pieces = keep_offer(
            storage, 2, watch=watch, price=Money(100, Currency("USD")), condition=Condition.GOOD
        )
        closed, _ = keep_offer(storage, 1, watch=watch)
        change(storage, lambda uow: uow.offers.save(closed.close(NOW)))
        keep_hold(storage, pieces[0])
        keep_order(storage, cheap, pieces[1])

        passport = storage.catalogue.watch(watch.slug.text)

        assert [row.id for row in passport.offers] == [str(cheap.id), str(dear.id)]
        first, second = passport.offers
        assert (first.free, first.reserved, first.availability) == (0, 2, "reserved")
        assert (second.free, second.reserved, second.availability) == (1, 0, "in_stock")
        assert passport.availability == "in_stock"
        assert (passport.brand_slug, passport.publication) == ("grand-seiko", "published")

    def test_without_an_offer_is_on_request(self, storage):
        watch = a_watch()
        change(storage, lambda uow: (uow.watches.keep_brand(BRAND), uow.watches.add(watch)))
        passport = storage.catalogue.watch(watch.slug.text)
        assert (passport.availability, passport.offers) == ("on_request", ())


class TestTheVersionOfTheCatalogue:
    def test_grows_with_every_edit(self, storage):
        versions = [storage.catalogue.version()]

        def note(work):
            change(storage, work)
            versions.append(storage.catalogue.version())

        offer, _ = keep_offer(storage)
        versions.append(storage.catalogue.version())
        with storage.begin() as uow:
            watch = uow.watches.get(offer.watch_id)
        note(lambda uow: uow.watches.save(watch.withdraw(NOW)))
        note(lambda uow: uow.offers.save(offer.reprice(PRICE * 2)))
        note(lambda uow: uow.pieces.add([a_piece(offer)]))
        assert versions == sorted(set(versions))

    def test_stays_with_a_sale_a_hold_or_an_edit_that_is_lost(self, storage):
        offer, pieces = keep_offer(storage, 2)
        before = storage.catalogue.version()
        order = keep_order(storage, offer, pieces[0])
        keep_hold(storage, pieces[1])
        change(storage, lambda uow: uow.pieces.sell(order.id, NOW))
        cancelled = order.cancel(NOW, by="buyer")
        change(storage, lambda uow: (uow.orders.save(cancelled), uow.pieces.free(order.id)))
        with storage.begin() as uow:
            uow.offers.save(offer.close(NOW))
        assert storage.catalogue.version() == before
