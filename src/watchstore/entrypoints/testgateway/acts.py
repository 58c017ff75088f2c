"""What the gateway does with money; each runs inside the transaction that claims its key."""

import json
import secrets
from functools import partial

from .books import Books, Challenge, Payment
from .cards import BLOCKED, CHALLENGE, why_declined
from .ledger import Answer
from .parsing import Movement, NewPayment
from .rules import Kind


def authorise(books: Books, *, order: NewPayment, key: str) -> Answer:
    reference = f"pay_{secrets.token_hex(12)}"
    reason = why_declined(order.card)
    books.open_payment(reference, order.order_number, order.currency)
    if order.card == CHALLENGE:
        return _challenge(books, reference, order.amount, key)
    if order.card == BLOCKED:
        books.block(reference)
    books.add(reference, Kind.DECLINED if reason else Kind.AUTHORISED, order.amount)
    return _outcome(reference, reason)


def confirm(books: Books, *, client_secret: str, approved: bool) -> tuple[str, Answer] | None:
    """What the buyer told the bank, with the key of the call that waited for it."""
    asked = books.take_challenge(client_secret)
    if asked is None:
        return None
    return asked.key, _decide(books, asked, None if approved else "authentication_failed")


def capture(books: Books, *, reference: str, money: Movement) -> Answer:
    payment = books.payment(reference)
    if payment is None:
        return _unknown(reference)
    reason = _other_currency(payment, money) or payment.sums.why_not_capture(money.amount)
    if reason is None and books.unblock(reference):
        reason = "card_blocked"
    return _moved(books, reference, Kind.CAPTURED, money.amount, reason)


def void(books: Books, *, reference: str) -> Answer:
    payment = books.payment(reference)
    if payment is None:
        return _unknown(reference)
    if asked := books.take_challenge(reference):
        _decide(books, asked, "abandoned")
        return _outcome(reference, None)
    sums = payment.sums
    return _moved(books, reference, Kind.VOIDED, sums.authorised, sums.why_not_void())


def refund(books: Books, *, reference: str, money: Movement) -> Answer:
    payment = books.payment(reference)
    if payment is None:
        return _unknown(reference)
    reason = _other_currency(payment, money) or payment.sums.why_not_refund(money.amount)
    return _moved(books, reference, Kind.REFUNDED, money.amount, reason)


def _challenge(books: Books, reference: str, amount: int, key: str) -> Answer:
    secret = f"{reference}_secret_{secrets.token_hex(12)}"
    books.challenge(Challenge(secret, reference, key, amount))
    waits = {"reference": reference, "outcome": "action_required", "reason": None}
    return Answer(200, json.dumps({**waits, "client_secret": secret}))


def _decide(books: Books, asked: Challenge, reason: str | None) -> Answer:
    books.add(asked.reference, Kind.DECLINED if reason else Kind.AUTHORISED, asked.amount)
    answer = _outcome(asked.reference, reason)
    books.correct(asked.key, answer.body)
    return answer


def _other_currency(payment: Payment, money: Movement) -> str | None:
    return None if money.currency in {None, payment.currency} else "currency_mismatch"


def _moved(books: Books, reference: str, kind: Kind, amount: int, reason: str | None) -> Answer:
    if reason:
        return _refusal(409, reason, reference)
    books.add(reference, kind, amount)
    return _outcome(reference, None)


def _outcome(reference: str, reason: str | None) -> Answer:
    outcome = "declined" if reason else "approved"
    return Answer(200, json.dumps({"reference": reference, "outcome": outcome, "reason": reason}))


def _refusal(status: int, code: str, reference: str) -> Answer:
    message = f"refused: {code.replace('_', ' ')}"
    return Answer(status, json.dumps({"code": code, "message": message, "reference": reference}))


_unknown = partial(_refusal, 404, "unknown_payment")
