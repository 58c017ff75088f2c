"""Every corruption that somebody may plant is found, with the id to look for."""

from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import pytest
from tests.harness.language import a_key, a_voucher, an_offer, buy, order_of
from tests.verify.changes import A_FREE_PIECE, A_PIECE, CHANGES, ITS, ORDER, Found
from tests.verify.conftest import Books, Vandal

from watchstore.domain import Money

Case = Callable[[Books, Vandal], Found]
CASES: dict[str, Case] = {**CHANGES}


def corruption(case: Case) -> Case:
    CASES[case.__name__.replace("_", " ")] = case
    return case


def bought_with_a_voucher(books: Books) -> str:
    code = a_voucher(books.house)
    return buy(books.house, an_offer(books.house), voucher=code).number


@corruption
def discount_that_was_charged(books: Books, vandal: Vandal) -> Found:
    number = bought_with_a_voucher(books)
    vandal.run("UPDATE orders SET discount_amount = 0 WHERE number = :n", n=number)
    return "payment_amount", number


@corruption
def voucher_that_was_never_used(books: Books, vandal: Vandal) -> Found:
    number = bought_with_a_voucher(books)
    vandal.run(f"DELETE FROM redemptions {ITS}", number=number)
    return "voucher_use_lost", number


@corruption
def voucher_used_by_a_cancelled_order(books: Books, vandal: Vandal) -> Found:
    number, cancelled = bought_with_a_voucher(books), books.cancelled.number
    vandal.run(
        f"UPDATE redemptions SET order_id = {ORDER}"
        " WHERE order_id = (SELECT id FROM orders WHERE number = :used)",
        number=cancelled,
        used=number,
    )
    return "voucher_use_kept", cancelled


@corruption
def payment_pending_for_long(books: Books, vandal: Vandal) -> Found:
    number = books.unknown.number
    vandal.run(
        "UPDATE orders SET timeline = jsonb_set(timeline, '{0,at}', '\"2020-01-01T00:00:00Z\"')"
        " WHERE number = :n",
        n=number,
    )
    vandal.run(f"UPDATE payments SET started_at = '2020-01-01' {ITS}", number=number)
    return "payment_pending", number


@corruption
def request_without_its_answer(books: Books, vandal: Vandal) -> Found:
    books.house.shop.place_order(order_of((an_offer(books.house), 1), key=a_key("lost")))
    vandal.run("UPDATE request_keys SET answer = NULL, claimed_at = '2020-01-01'")
    return "request_unanswered", "lost"


@corruption
def piece_sold_to_nobody(books: Books, vandal: Vandal) -> Found:
    vandal.unguarded("pieces", "pieces_sold_to_an_order_check")
    piece = vandal.ask(A_FREE_PIECE)
    vandal.run("UPDATE pieces SET sold_at = now() WHERE id = :p", p=piece)
    return "piece_sold_unpaid", piece


@corruption
def piece_of_another_offer_in_an_order(books: Books, vandal: Vandal) -> Found:
    other = an_offer(books.house, pieces=0)
    piece = vandal.ask(A_PIECE, number=books.paid.number)
    vandal.run("UPDATE pieces SET offer_id = :offer WHERE id = :p", offer=other, p=piece)
    return "order_pieces", books.paid.number


@corruption
def piece_held_and_in_an_order(books: Books, vandal: Vandal) -> Found:
    vandal.unguarded("pieces", "pieces_one_claim_check")
    piece = vandal.ask(A_PIECE, number=books.paid.number)
    vandal.run(
        "UPDATE pieces SET hold_id = gen_random_uuid(), hold_until = now() WHERE id = :p", p=piece
    )
    return "piece_held_and_ordered", piece


@corruption
def hold_that_never_ends(books: Books, vandal: Vandal) -> Found:
    vandal.run("UPDATE pieces SET hold_until = 'infinity' WHERE hold_id = :hold", hold=books.hold)
    return "hold_without_end", str(books.hold)


@corruption
def listing_with_an_old_price(_books: Books, vandal: Vandal) -> Found:
    watch = vandal.ask("UPDATE listed_watches SET amount = 1 RETURNING watch_id")
    return "listing_stale", watch


@corruption
def published_watch_not_listed(_books: Books, vandal: Vandal) -> Found:
    watch = vandal.ask("SELECT watch_id FROM listed_watches LIMIT 1")
    vandal.run("DELETE FROM listed_watches WHERE watch_id = :w", w=watch)
    return "listing_stale", watch


@corruption
def draft_watch_listed(_books: Books, vandal: Vandal) -> Found:
    watch = vandal.ask("UPDATE watches SET publication = 'draft' RETURNING id")
    return "listing_stale", watch


def a_charge(books: Books, number: str, amount: str = "5800") -> str:
    return books.house.gateway.authorise(
        key=str(uuid4()), amount=Money.of(amount, "USD"), card="tok_accepted", order_number=number
    ).reference


@corruption
def charge_without_an_order(books: Books, _vandal: Vandal) -> Found:
    return "charge_without_order", a_charge(books, "WS-0000000000")


@corruption
def order_charged_twice(books: Books, _vandal: Vandal) -> Found:
    a_charge(books, books.paid.number)
    return "charged_twice", books.paid.number


@corruption
def charge_though_declined(books: Books, _vandal: Vandal) -> Found:
    a_charge(books, books.declined)
    return "charged_though_declined", books.declined


@corruption
def charge_of_another_amount(books: Books, _vandal: Vandal) -> Found:
    entries = books.house.gateway._ledger._by_reference[books.reference(books.paid)]
    entries[0] = replace(entries[0], amount=Money.of("5801", "USD"))
    return "charge_amount", books.paid.number


@corruption
def capture_behind_the_shops_back(books: Books, _vandal: Vandal) -> Found:
    reference = books.reference(books.paid)
    books.house.gateway.capture(key="by-hand", reference=reference, amount=Money.of("5800", "USD"))
    return "captured_amount", books.paid.number


@corruption
def void_behind_the_shops_back(books: Books, _vandal: Vandal) -> Found:
    books.house.gateway.void(key="by-hand", reference=books.reference(books.paid))
    return "voided", books.paid.number


@corruption
def refund_behind_the_shops_back(books: Books, _vandal: Vandal) -> Found:
    reference = books.reference(books.shipped)
    books.house.gateway.refund(key="by-hand", reference=reference, amount=Money.of("1", "USD"))
    return "refunded_amount", books.shipped.number


@corruption
def refund_that_never_reached_the_gateway(books: Books, vandal: Vandal) -> Found:
    number = books.shipped.number
    vandal.run(
        "INSERT INTO refunds SELECT gen_random_uuid(), order_id, id, 1, currency, now(), 'x', '',"
        f" '[]', 'done', NULL FROM payments {ITS}",
        number=number,
    )
    vandal.run(f"UPDATE payments SET refunded = 1 {ITS}", number=number)
    return "refunded_amount", number


def first_paper(vandal: Vandal, kind: str) -> str:
    year = vandal.ask("SELECT year FROM papers WHERE kind = :k AND sequence = 1", k=kind)
    return f"{'C' if kind == 'credit_note' else ''}{year}-000001"


@corruption
def invoice_number_left_out(_books: Books, vandal: Vandal) -> Found:
    vandal.run("UPDATE papers SET sequence = sequence + 1 WHERE kind = 'invoice' AND sequence = 3")
    return "paper_gap", first_paper(vandal, "invoice").replace("000001", "000003")


@corruption
def last_credit_note_lost(_books: Books, vandal: Vandal) -> Found:
    found = first_paper(vandal, "credit_note")
    vandal.run("DELETE FROM papers WHERE kind = 'credit_note'")
    return "paper_counter", f"credit_note {found[1:5]}"


@corruption
def counter_wound_back(_books: Books, vandal: Vandal) -> Found:
    vandal.run("UPDATE paper_counters SET last = 1 WHERE kind = 'invoice'")
    return "paper_counter", f"invoice {first_paper(vandal, 'invoice')[:4]}"


@corruption
def invoice_with_a_line_too_few(_books: Books, vandal: Vandal) -> Found:
    vandal.run(
        "UPDATE papers SET content = jsonb_set(content, '{lines,0,total}', '1')"
        " WHERE kind = 'invoice' AND sequence = 1"
    )
    return "paper_total", first_paper(vandal, "invoice")


@corruption
def refund_pending_for_long(_books: Books, vandal: Vandal) -> Found:
    change = "UPDATE refunds SET state = 'pending', asked_at = '2020-01-01'"
    one = "WHERE id = (SELECT id FROM refunds LIMIT 1) RETURNING id"
    return "refund_pending", vandal.ask(f"{change} {one}")


@pytest.mark.parametrize("name", CASES)
def test_a_corruption_is_found(name: str, books: Books, vandal: Vandal) -> None:
    assert books.house.rival.verify() == ()
    planted = CASES[name](books, vandal)
    assert planted in {(one.rule, one.id) for one in books.house.rival.verify()}
