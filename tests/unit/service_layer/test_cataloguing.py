"""The catalogue and its stock: edits, versions, keys, and what is announced."""

from datetime import timedelta

import pytest
from tests.harness.language import (
    a_key,
    a_watch,
    an_offer,
    buy,
    hold,
    receive,
    states,
)

from watchstore.domain import Brand, Condition, HoldId, Money, OfferId, Reference, Specification
from watchstore.domain.errors import (
    AllReserved,
    Duplicate,
    IllegalTransition,
    InProgress,
    InvalidValue,
    KeyReused,
    NotForSale,
    NotFound,
    StaleVersion,
)
from watchstore.service_layer.commands import (
    CreateWatch,
    HoldPieces,
    OpenOffer,
    ReceivePieces,
    RepriceOffer,
    ReviseWatch,
    Wanted,
)

GRAND_SEIKO = Brand.named("Grand Seiko")
FACTS = Specification(case_material="titanium", first_year=2010)


class TestCreatingAWatch:
    def test_makes_a_draft_unless_told_to_publish(self, house):
        a_watch(house, "A1", publish=False)
        a_watch(house, "B2")
        rows = {row.reference: row for row in house.shop.office.watches().items}
        assert (rows["A1"].publication, rows["B2"].publication) == ("draft", "published")
        assert rows["A1"].slug == "grand-seiko-heritage-a1"

    def test_twice_is_refused(self, house):
        a_watch(house, "AB-12")
        with pytest.raises(Duplicate):
            a_watch(house, "ab 12")

    def test_with_one_key_happens_once(self, house):
        command = CreateWatch(GRAND_SEIKO, "", Reference("A1"), "Snowflake", key=a_key())
        assert house.shop.create_watch(command) == house.shop.create_watch(command)
        assert house.shop.office.watches().total == 1

    def test_with_anothers_key_is_refused(self, house):
        command = CreateWatch(GRAND_SEIKO, "", Reference("A1"), "Snowflake", key=a_key())
        house.shop.create_watch(command)
        other = CreateWatch(GRAND_SEIKO, "", Reference("B2"), "Other", key=a_key(body="other"))
        with pytest.raises(KeyReused):
            house.shop.create_watch(other)

    def test_with_a_key_that_is_being_worked_on_is_refused(self, house):
        key = a_key()
        with house.storage.begin() as uow:
            uow.keys.claim(key)
            uow.commit()
        with pytest.raises(InProgress):
            house.shop.create_watch(CreateWatch(GRAND_SEIKO, "", Reference("A1"), "X", key=key))

    def test_needs_a_name(self, house):
        with pytest.raises(InvalidValue):
            house.shop.create_watch(CreateWatch(GRAND_SEIKO, "", Reference("A1"), " "))


class TestRevisingAWatch:
    def test_replaces_its_facts(self, house):
        watch = a_watch(house)
        version = house.shop.revise_watch(ReviseWatch(watch, "Evolution 9", "White Birch", FACTS))
        row = house.shop.catalogue.watch("grand-seiko-heritage-sbga211")
        assert (row.collection, row.name, row.version) == ("Evolution 9", "White Birch", version)
        assert (row.case_material, row.year) == ("titanium", 2010)

    def test_with_what_it_says_already_changes_nothing(self, house):
        watch = a_watch(house)
        command = ReviseWatch(watch, "Heritage", "Snowflake", Specification())
        before = house.shop.catalogue.version()
        assert house.shop.revise_watch(command) == house.shop.revise_watch(command)
        assert house.shop.catalogue.version() == before

    def test_on_top_of_an_edit_not_seen_is_refused(self, house):
        watch = a_watch(house)
        seen = house.shop.office.watches().items[0].version
        house.shop.revise_watch(ReviseWatch(watch, "", "First", FACTS, version=seen))
        with pytest.raises(StaleVersion) as refusal:
            house.shop.revise_watch(ReviseWatch(watch, "", "Second", FACTS, version=seen))
        assert refusal.value.details == {"version": seen + 1}


class TestPublishing:
    def test_and_withdrawing_take_turns(self, house):
        watch = a_watch(house, publish=False)
        with pytest.raises(IllegalTransition):
            house.shop.withdraw_watch(watch)
        house.shop.publish_watch(watch)
        with pytest.raises(IllegalTransition):
            house.shop.publish_watch(watch)
        house.shop.withdraw_watch(watch)
        assert house.shop.catalogue.watch("grand-seiko-heritage-sbga211") is None
        house.shop.publish_watch(watch)
        assert house.shop.catalogue.brands()[0].watches == 1

    def test_an_unknown_watch_is_refused(self, house):
        with pytest.raises(NotFound):
            house.shop.publish_watch(house.entropy.new_id())


class TestOffers:
    def test_are_opened_once_for_a_key(self, house):
        command = OpenOffer(a_watch(house), Condition.NEW, Money.of(1, "USD"), key=a_key())
        assert house.shop.open_offer(command) == house.shop.open_offer(command)
        assert len(house.shop.office.stock()) == 1

    def test_are_of_a_known_watch(self, house):
        command = OpenOffer(house.entropy.new_id(), Condition.NEW, Money.of(1, "USD"))
        with pytest.raises(NotFound):
            house.shop.open_offer(command)

    def test_change_their_price_for_those_who_come_later(self, house):
        offer = an_offer(house, pieces=2)
        first = buy(house, offer)
        assert house.shop.reprice_offer(RepriceOffer(offer, Money.of(6000, "USD"), version=1)) == 2
        assert (first.amount, buy(house, offer).amount) == (580_000, 600_000)

    def test_keep_their_version_at_the_same_price(self, house):
        offer = an_offer(house)
        before = house.shop.catalogue.version()
        assert house.shop.reprice_offer(RepriceOffer(offer, Money.of(5800, "USD"))) == 1
        assert house.shop.catalogue.version() == before

    def test_are_not_repriced_on_top_of_an_edit_not_seen(self, house):
        offer = an_offer(house)
        with pytest.raises(StaleVersion):
            house.shop.reprice_offer(RepriceOffer(offer, Money.of(1, "USD"), version=7))

    def test_that_are_closed_stay_so(self, house):
        offer = an_offer(house)
        house.shop.close_offer(offer)
        with pytest.raises(IllegalTransition):
            house.shop.close_offer(offer)
        with pytest.raises(IllegalTransition):
            house.shop.reprice_offer(RepriceOffer(offer, Money.of(1, "USD")))


class TestReceivingPieces:
    def test_puts_them_on_the_shelf(self, house):
        offer = an_offer(house, pieces=0)
        assert receive(house, offer, "S1", "S2") == 2
        assert {row.serial for row in house.shop.office.pieces(offer)} == {"S1", "S2"}
        assert states(house, offer) == ["free", "free"]

    def test_happens_once_for_a_key(self, house):
        offer = an_offer(house, pieces=0)
        assert receive(house, offer, key=a_key()) == receive(house, offer, key=a_key()) == 1
        assert states(house, offer) == ["free"]

    def test_refuses_a_serial_number_that_is_there(self, house):
        offer = an_offer(house, pieces=0)
        receive(house, offer, "S1")
        with pytest.raises(Duplicate):
            receive(house, offer, "S2", "s1")
        assert states(house, offer) == ["free"]

    def test_refuses_nothing_and_a_closed_offer(self, house):
        offer = an_offer(house)
        with pytest.raises(InvalidValue):
            house.shop.receive_pieces(ReceivePieces(offer, ()))
        house.shop.close_offer(offer)
        with pytest.raises(NotForSale) as refusal:
            receive(house, offer)
        assert refusal.value.details == {"offer_id": str(offer)}


class TestHoldingPieces:
    def test_keeps_them_for_a_while(self, house):
        offer = an_offer(house)
        hold(house, offer, seconds=60)
        assert states(house, offer) == ["held"]
        house.clock.advance(60)
        assert states(house, offer) == ["free"]

    def test_again_extends_the_hold_and_changes_what_it_holds(self, house):
        offer = an_offer(house, pieces=3)
        hold_id = hold(house, offer, 2, seconds=60)
        house.clock.advance(30)
        again = HoldPieces(hold_id, (Wanted(offer),), timedelta(seconds=60))
        assert len(house.shop.hold_pieces(again)[offer]) == 1
        assert states(house, offer) == ["free", "free", "held"]
        house.clock.advance(45)
        assert states(house, offer) == ["free", "free", "held"]

    def test_can_be_ended(self, house):
        offer = an_offer(house, pieces=2)
        hold_id = hold(house, offer, 2)
        assert house.shop.release_hold(hold_id) == 2
        assert house.shop.release_hold(hold_id) == 0
        assert states(house, offer) == ["free", "free"]

    def test_is_all_or_none(self, house):
        offer = an_offer(house, pieces=2)
        hold(house, offer)
        with pytest.raises(AllReserved):
            hold(house, offer, 2)
        assert states(house, offer) == ["free", "held"]

    def test_is_for_what_is_for_sale(self, house):
        unknown = OfferId(house.entropy.new_id())
        with pytest.raises(NotForSale):
            hold(house, unknown)
        with pytest.raises(InvalidValue):
            house.shop.hold_pieces(HoldPieces(HoldId(unknown), (), timedelta(1)))
