"""Checkouts. The lines are a document in the row: whoever locks it reads them as they are."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, delete, insert, or_, select, update

from watchstore.adapters.postgres.errors import refused
from watchstore.adapters.postgres.repositories.statements import prefixed, saving
from watchstore.adapters.postgres.schema import checkouts
from watchstore.adapters.postgres.transaction import Transaction
from watchstore.domain.address import Address, Contact
from watchstore.domain.checkout import Checkout, CheckoutLine
from watchstore.domain.delivery import Delivery
from watchstore.domain.errors import NotFound
from watchstore.domain.identifiers import (
    CheckoutId,
    Email,
    OfferId,
    OrderNumber,
    UserId,
    VoucherCode,
)
from watchstore.domain.language import Language
from watchstore.domain.money import Currency, Money
from watchstore.domain.offer import Condition
from watchstore.service_layer.ports import ConcurrencyConflict

_ADD = insert(checkouts)
_SAVE = saving(checkouts, "checkout")
_PEEK = select(checkouts).where(checkouts.c.id == bindparam("id"))
_GET = _PEEK.with_for_update(key_share=True)
_LIVE = (
    select(checkouts)
    .where(
        checkouts.c.order_number.is_(None),
        or_(
            checkouts.c.owner == bindparam("owner"),
            checkouts.c.guest_hash == bindparam("guest_hash"),
        ),
    )
    .order_by(checkouts.c.id)
    .with_for_update(key_share=True)
)
_ORDERED = (
    update(checkouts)
    .where(checkouts.c.id == bindparam("checkout_id"))
    .values(order_number=bindparam("checkout_order_number"))
)
_REMOVE = delete(checkouts).where(checkouts.c.id == bindparam("checkout_id"))
_FORGET = delete(checkouts).where(checkouts.c.latest < bindparam("ended_before"))
_RIVALS = ("checkouts_live_owner_idx", "checkouts_live_guest_idx")


class PostgresCheckouts:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, checkout: Checkout) -> None:
        rival = ConcurrencyConflict("Another checkout came first.")
        with refused(dict.fromkeys(_RIVALS, rival)):
            self._transaction.execute(_ADD, _values(checkout))

    def get(self, checkout_id: CheckoutId) -> Checkout:
        row = self._transaction.execute(_GET, {"id": checkout_id}).first()
        if row is None:
            raise NotFound("There is no such checkout.")
        return _to_checkout(row)

    def peek(self, checkout_id: CheckoutId) -> Checkout | None:
        row = self._transaction.execute(_PEEK, {"id": checkout_id}).first()
        return _to_checkout(row) if row else None

    def live(self, *, owner: UserId | None, guest_hash: str | None) -> tuple[Checkout, ...]:
        params = {"owner": owner, "guest_hash": guest_hash}
        return tuple(_to_checkout(row) for row in self._transaction.execute(_LIVE, params))

    def save(self, checkout: Checkout) -> None:
        self._transaction.later(_SAVE, prefixed("checkout", _values(checkout)))

    def ordered(self, checkout_id: CheckoutId, number: OrderNumber) -> None:
        params = {"checkout_id": checkout_id, "checkout_order_number": number.text}
        self._transaction.later(_ORDERED, params)

    def forget(self, *, ended_before: datetime) -> int:
        return self._transaction.execute(_FORGET, {"ended_before": ended_before}).rowcount

    def remove(self, checkout_id: CheckoutId) -> None:
        self._transaction.execute(_REMOVE, {"checkout_id": checkout_id})


def _values(checkout: Checkout) -> dict[str, object]:
    contact = checkout.contact
    return {
        "id": checkout.id,
        "lines": [_document(line) for line in checkout.lines],
        "currency": checkout.currency.code,
        "started_at": checkout.started_at,
        "expires_at": checkout.expires_at,
        "latest": checkout.latest,
        "owner": checkout.owner,
        "guest_hash": checkout.guest_hash,
        "email": contact.email.address if contact else None,
        "name": contact.name if contact else None,
        "phone": contact.phone if contact else None,
        "language": (contact.language if contact else Language.EN).value,
        "address": asdict(checkout.address) if checkout.address else None,
        "delivery": checkout.delivery.value,
        "voucher": checkout.voucher.text if checkout.voucher else None,
        "order_number": checkout.order_number.text if checkout.order_number else None,
        "settled": checkout.settled,
    }


def _document(line: CheckoutLine) -> dict[str, object]:
    return {
        "offer_id": str(line.offer_id),
        "brand": line.brand,
        "reference": line.reference,
        "name": line.name,
        "condition": line.condition.value,
        "quantity": line.quantity,
        "amount": line.price.amount,
        "seen_amount": line.seen.amount,
    }


def _to_contact(row: Row[Any]) -> Contact:
    return Contact(Email(row.email), row.name, row.phone, Language(row.language))


def _to_checkout(row: Row[Any]) -> Checkout:
    currency = Currency(row.currency)
    return Checkout(
        CheckoutId(row.id),
        tuple(_to_line(line, currency) for line in row.lines),
        row.started_at,
        row.expires_at,
        row.latest,
        owner=UserId(row.owner) if row.owner else None,
        guest_hash=row.guest_hash,
        contact=_to_contact(row) if row.email else None,
        address=Address(**row.address) if row.address else None,
        delivery=Delivery(row.delivery),
        voucher=VoucherCode(row.voucher) if row.voucher else None,
        order_number=OrderNumber(row.order_number) if row.order_number else None,
        settled=row.settled,
    )


def _to_line(line: dict[str, Any], currency: Currency) -> CheckoutLine:
    return CheckoutLine(
        OfferId(UUID(line["offer_id"])),
        line["brand"],
        line["reference"],
        line["name"],
        Condition(line["condition"]),
        line["quantity"],
        Money(line["amount"], currency),
        Money(line["seen_amount"], currency),
    )
