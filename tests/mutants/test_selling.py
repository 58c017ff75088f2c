"""Checkouts and vouchers: each guard of what is held and of what is taken off, taken away."""

import pytest
from tests.mutants.mutant import Mutant

CHECKING_OUT, HOLDING = "service_layer/checking_out.py", "service_layer/holding.py"
UNIT = "unit/service_layer/test_checking_out.py::"
HTTP = "http/test_checkouts.py::"
VOUCHERS = "contract/test_vouchers.py::"

MUTANTS = [
    Mutant(
        "a voucher without a last use",
        "adapters/postgres/repositories/vouchers.py",
        "place.c.slot <= uses, place.c.turn",
        "place.c.turn",
        (f"{VOUCHERS}TestRedeeming::test_takes_slots_until_there_are_none[postgres]",),
    ),
    Mutant(
        "a voucher without a last use in memory",
        "adapters/memory/vouchers.py",
        "        voucher.require_left(Uses(len(rows), len(own)))\n",
        "",
        (f"{VOUCHERS}test_fifty_buyers_at_once_use_a_voucher_five_times[memory]",),
    ),
    Mutant(
        "a cancelled order keeps its use of a voucher",
        "service_layer/fulfilling.py",
        "        free_voucher(uow, order)\n",
        "",
        (f"{UNIT}TestVouchers::test_are_free_again_when_the_order_is_cancelled_or_declined",),
    ),
    Mutant(
        "a declined order keeps its use of a voucher",
        "service_layer/paying.py",
        "    free_voucher(uow, order)\n",
        "",
        (f"{UNIT}TestVouchers::test_are_free_again_when_the_order_is_cancelled_or_declined",),
    ),
    Mutant(
        "a checkout that does not know its order",
        "service_layer/ordering.py",
        "if command.checkout_id is not None:",
        "if False:",
        (f"{UNIT}TestOrdering::test_buys_what_is_held",),
    ),
    Mutant(
        "a cart that is emptied twice",
        "service_layer/ordering_held.py",
        "if checkout.settled or checkout.order_number is None:",
        "if checkout.order_number is None:",
        (f"{UNIT}TestOrdering::test_takes_what_was_bought_out_of_the_cart",),
    ),
    Mutant(
        "a checkout that anybody may have",
        HOLDING,
        "if checkout is None or not checkout.owned_by(shopper.user_id, shopper.guest_hash):",
        "if checkout is None:",
        (f"{UNIT}TestOwnHold::test_is_somebodys",),
    ),
    Mutant(
        "a page about a watch that may run a script of Stripe's",
        "entrypoints/http/page_policy.py",
        "if stripe and _CHECKOUT.fullmatch(path) else",
        "if stripe else",
        ("http/test_pages.py::test_the_checkout_alone_admits_stripe",),
    ),
    Mutant(
        "an address abroad with the postcode of home",
        "domain/checkout.py",
        'replace(known, country=country, postcode="")',
        "replace(known, country=country)",
        (f"{HTTP}test_another_country_forgets_the_postcode_of_the_address",),
    ),
    Mutant(
        "a hold that is renewed for ever",
        CHECKING_OUT,
        "min([at + terms.longest_hold, *_ends_of_the_same(cart, earlier, at)])",
        "at + terms.longest_hold",
        (f"{UNIT}TestHoarding::test_holding_the_same_again_starts_no_new_time",),
    ),
    Mutant(
        "a hold of any size",
        CHECKING_OUT,
        "    checkout.require_within(terms)\n",
        "",
        (f"{UNIT}TestHoarding::test_holds_so_many_pieces_at_most",),
    ),
    Mutant(
        "a hold in its own buyer's way",
        HOLDING,
        "own = () if hold_id else live_checkouts(uow, command.shopper)",
        "own = ()",
        (f"{UNIT}TestOwnHold::test_a_one_shot_order_takes_what_the_buyer_holds",),
    ),
    Mutant(
        "a price that moves while the buyer types",
        "service_layer/ordering.py",
        "held or sale.offer.price",
        "sale.offer.price",
        (f"{UNIT}TestThePriceSheet::test_holds_the_price_with_the_piece",),
    ),
]


@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_a_mutant_is_killed(must_die, mutant):
    must_die(mutant)


def test_what_kills_them_passes_without_them(must_live):
    must_live(MUTANTS)
