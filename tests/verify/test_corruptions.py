"""Every corruption that somebody may plant is found, with the id to look for."""

from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import pytest
from tests.harness.language import a_key, a_voucher, an_offer, buy, order_of
from tests.verify.conftest import Books, Vandal

from watchstore.domain import Money

Found = tuple[str, str]
Case = Callable[[Books, Vandal], Found]
CASES: dict[str, Case] = {}

ORDER = "(SELECT id FROM orders WHERE number = :number)"
EVENT = f"SELECT id FROM events WHERE name = :name AND aggregate = {ORDER}"
A_PIECE = f"SELECT id FROM pieces WHERE order_id = {ORDER} LIMIT 1"
A_FREE_PIECE = "SELECT id FROM pieces WHERE order_id IS NULL AND hold_id IS NULL LIMIT 1"


def corruption(case: Case) -> Case:
    CASES[case.__name__.replace("_", " ")] = case
    return case


def payment_becomes(vandal: Vandal, number: str, state: str) -> Found:
    vandal.run(f"UPDATE payments SET state = :s WHERE order_id = {ORDER}", s=state, number=number)
    return "order_and_payment_disagree", number


@corruption
def order_paid_but_payment_declined(books: Books, vandal: Vandal) -> Found:
    return payment_becomes(vandal, books.paid.number, "declined")


@corruption
def payment_captured_of_an_unshipped_order(books: Books, vandal: Vandal) -> Found:
    return payment_becomes(vandal, books.paid.number, "captured")


@corruption
def order_shipped_and_not_captured(books: Books, vandal: Vandal) -> Found:
    return payment_becomes(vandal, books.shipped.number, "authorised")


@corruption
def money_of_a_cancelled_order_kept(books: Books, vandal: Vandal) -> Found:
    return payment_becomes(vandal, books.cancelled.number, "authorised")


@corruption
def order_without_payment(books: Books, vandal: Vandal) -> Found:
    number = books.paid.number
    vandal.run(f"DELETE FROM payments WHERE order_id = {ORDER}", number=number)
    return "order_without_payment", number


@corruption
def order_total_is_not_that_of_its_lines(books: Books, vandal: Vandal) -> Found:
    number = books.other.number
    vandal.run("UPDATE orders SET items_amount = items_amount - 1 WHERE number = :n", n=number)
    return "order_total", number


@corruption
def payment_of_another_amount(books: Books, vandal: Vandal) -> Found:
    number = books.other.number
    vandal.run(f"UPDATE payments SET amount = 1 WHERE order_id = {ORDER}", number=number)
    return "payment_amount", number


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
    vandal.run(f"DELETE FROM redemptions WHERE order_id = {ORDER}", number=number)
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
def timeline_that_ends_elsewhere(books: Books, vandal: Vandal) -> Found:
    number = books.shipped.number
    vandal.run("UPDATE orders SET timeline = timeline - -1 WHERE number = :n", n=number)
    return "order_timeline", number


@corruption
def payment_pending_for_long(books: Books, vandal: Vandal) -> Found:
    number = books.unknown.number
    vandal.run(
        "UPDATE orders SET timeline = jsonb_set(timeline, '{0,at}', '\"2020-01-01T00:00:00Z\"')"
        " WHERE number = :n",
        n=number,
    )
    vandal.run(
        f"UPDATE payments SET started_at = '2020-01-01' WHERE order_id = {ORDER}", number=number
    )
    return "payment_pending", number


@corruption
def request_without_its_answer(books: Books, vandal: Vandal) -> Found:
    books.house.shop.place_order(order_of((an_offer(books.house), 1), key=a_key("lost")))
    vandal.run("UPDATE request_keys SET answer = NULL, claimed_at = '2020-01-01'")
    return "request_unanswered", "lost"


@corruption
def piece_of_a_cancelled_order_not_freed(books: Books, vandal: Vandal) -> Found:
    piece, number = vandal.ask(A_FREE_PIECE), books.cancelled.number
    vandal.run(f"UPDATE pieces SET order_id = {ORDER} WHERE id = :p", p=piece, number=number)
    return "piece_of_cancelled_order", piece


@corruption
def piece_sold_without_a_paid_order(books: Books, vandal: Vandal) -> Found:
    piece = vandal.ask(A_PIECE, number=books.unknown.number)
    vandal.run("UPDATE pieces SET sold_at = now() WHERE id = :p", p=piece)
    return "piece_sold_unpaid", piece


@corruption
def piece_sold_to_nobody(books: Books, vandal: Vandal) -> Found:
    vandal.unguarded("pieces", "pieces_sold_to_an_order_check")
    piece = vandal.ask(A_FREE_PIECE)
    vandal.run("UPDATE pieces SET sold_at = now() WHERE id = :p", p=piece)
    return "piece_sold_unpaid", piece


@corruption
def piece_of_a_paid_order_not_sold(books: Books, vandal: Vandal) -> Found:
    piece = vandal.ask(A_PIECE, number=books.paid.number)
    vandal.run("UPDATE pieces SET sold_at = NULL WHERE id = :p", p=piece)
    return "piece_paid_unsold", piece


@corruption
def order_without_a_piece_of_its_lines(books: Books, vandal: Vandal) -> Found:
    piece = vandal.ask(A_PIECE, number=books.other.number)
    vandal.run("UPDATE pieces SET order_id = NULL, sold_at = NULL WHERE id = :p", p=piece)
    return "order_pieces", books.other.number


@corruption
def piece_of_an_order_in_none_of_its_lines(books: Books, vandal: Vandal) -> Found:
    piece, number = vandal.ask(A_FREE_PIECE), books.paid.number
    vandal.run(
        f"UPDATE pieces SET order_id = {ORDER}, sold_at = now() WHERE id = :p",
        p=piece,
        number=number,
    )
    return "order_pieces", number


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
def event_lost_in_the_middle(books: Books, vandal: Vandal) -> Found:
    number = books.shipped.number
    aggregate = vandal.ask("SELECT id FROM orders WHERE number = :n", n=number)
    vandal.run("DELETE FROM events WHERE aggregate = :a AND seq = 2", a=aggregate)
    return "outbox_gap", aggregate


@corruption
def last_event_lost(books: Books, vandal: Vandal) -> Found:
    number = books.shipped.number
    found = vandal.ask(EVENT, name="order.shipped", number=number)
    vandal.run("DELETE FROM events WHERE id = :e", e=found)
    return "event_lost", number


def a_delivery(books: Books, vandal: Vandal, change: str) -> str:
    event = vandal.ask(EVENT, name="order.paid", number=books.other.number)
    vandal.run(f"{change} WHERE event_id = :event", event=event)
    return event


@corruption
def delivery_lost(books: Books, vandal: Vandal) -> Found:
    return "delivery_lost", a_delivery(books, vandal, "DELETE FROM deliveries")


@corruption
def delivery_parked(books: Books, vandal: Vandal) -> Found:
    change = "UPDATE deliveries SET delivered_at = NULL, parked_at = now(), error = 'no'"
    return "delivery_parked", a_delivery(books, vandal, change)


@corruption
def delivery_overdue(books: Books, vandal: Vandal) -> Found:
    change = "UPDATE deliveries SET delivered_at = NULL, not_before = '2020-01-01'"
    return "delivery_overdue", a_delivery(books, vandal, change)


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
def charge_that_the_gateway_does_not_know(books: Books, vandal: Vandal) -> Found:
    number = books.paid.number
    vandal.run(f"UPDATE payments SET reference = 'x' WHERE order_id = {ORDER}", number=number)
    return "unknown_to_gateway", number


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
        f" '[]', 'done', NULL FROM payments WHERE order_id = {ORDER}",
        number=number,
    )
    vandal.run(f"UPDATE payments SET refunded = 1 WHERE order_id = {ORDER}", number=number)
    return "refunded_amount", number


@corruption
def payment_that_knows_nothing_of_its_refund(books: Books, vandal: Vandal) -> Found:
    number = books.sent_back.number
    vandal.run(f"UPDATE payments SET refunded = 0 WHERE order_id = {ORDER}", number=number)
    return "payment_refunded", number


A_PAPER = f"SELECT refund_id FROM papers WHERE order_id = {ORDER} AND kind = 'credit_note'"


def first_paper(vandal: Vandal, kind: str) -> str:
    year = vandal.ask("SELECT year FROM papers WHERE kind = :k AND sequence = 1", k=kind)
    return f"{'C' if kind == 'credit_note' else ''}{year}-000001"


@corruption
def invoice_torn_up(books: Books, vandal: Vandal) -> Found:
    number = books.shipped.number
    vandal.run(f"DELETE FROM papers WHERE order_id = {ORDER}", number=number)
    return "invoice_missing", number


@corruption
def invoice_of_another_total(books: Books, vandal: Vandal) -> Found:
    number = books.shipped.number
    vandal.run(f"UPDATE papers SET total = total - 1 WHERE order_id = {ORDER}", number=number)
    return "invoice_disagrees", number


@corruption
def invoice_of_money_that_was_not_taken(books: Books, vandal: Vandal) -> Found:
    number = books.paid.number
    vandal.run(
        f"UPDATE papers SET order_id = {ORDER} WHERE kind = 'invoice' AND sequence = 1",
        number=number,
    )
    return "invoice_disagrees", number


@corruption
def credit_note_torn_up(books: Books, vandal: Vandal) -> Found:
    refund = vandal.ask(A_PAPER, number=books.sent_back.number)
    vandal.run("DELETE FROM papers WHERE refund_id = :r", r=refund)
    return "credit_note_missing", refund


@corruption
def credit_note_of_another_total(books: Books, vandal: Vandal) -> Found:
    refund = vandal.ask(A_PAPER, number=books.sent_back.number)
    vandal.run("UPDATE papers SET total = total - 1 WHERE refund_id = :r", r=refund)
    return "credit_note_disagrees", refund


@corruption
def credit_note_of_a_refund_that_is_pending(books: Books, vandal: Vandal) -> Found:
    refund = vandal.ask(A_PAPER, number=books.sent_back.number)
    vandal.run("UPDATE refunds SET state = 'pending' WHERE id = :r", r=refund)
    return "credit_note_disagrees", refund


@corruption
def invoice_number_left_out(_books: Books, vandal: Vandal) -> Found:
    vandal.run("UPDATE papers SET sequence = sequence + 1 WHERE kind = 'invoice' AND sequence = 2")
    return "paper_gap", first_paper(vandal, "invoice").replace("000001", "000002")


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
    change = "UPDATE refunds SET state = 'pending', asked_at = '2020-01-01' RETURNING id"
    return "refund_pending", vandal.ask(change)


@corruption
def piece_that_came_back_and_was_not_freed(books: Books, vandal: Vandal) -> Found:
    number = books.sent_back.number
    piece = vandal.ask("SELECT pieces->>0 FROM returns")
    vandal.run(
        f"UPDATE pieces SET order_id = {ORDER}, sold_at = now(), hold_id = NULL, hold_until = NULL"
        " WHERE id = :p",
        p=piece,
        number=number,
    )
    return "order_pieces", number


@pytest.mark.parametrize("name", CASES)
def test_a_corruption_is_found(name: str, books: Books, vandal: Vandal) -> None:
    assert books.house.rival.verify() == ()
    planted = CASES[name](books, vandal)
    assert planted in {(one.rule, one.id) for one in books.house.rival.verify()}
