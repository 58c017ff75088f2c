"""Papers to print, without a shop."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from tests.harness.records import a_watch as a_record
from tests.harness.records import an_offer, an_order

from watchstore.domain import (
    Address,
    Contact,
    Delivery,
    Money,
    Order,
    Paper,
    PaperKind,
    PaperNumber,
    PieceId,
    Seller,
    Taxation,
    VoucherCode,
)
from watchstore.domain.billing import credit_note, invoice
from watchstore.domain.identifiers import PaymentId, RefundId
from watchstore.domain.order import OrderLine
from watchstore.domain.pricing import PriceSheet
from watchstore.domain.refund import Refund

ISSUED: Final = datetime(2026, 3, 14, 15, 9, 26, tzinfo=UTC)
FIRST: Final = PaperNumber(PaperKind.INVOICE, 2026, 1)
FIRST_CREDIT: Final = PaperNumber(PaperKind.CREDIT_NOTE, 2026, 1)
SELLER: Final = Seller()
GREECE: Final = Address.parse(
    name="Žofia Łukasiewicz-Žižka",
    street="Οδός Ερμού 1",
    city="Αθήνα",
    postcode="105 63",
    country="GR",
)
NAMES: Final = (
    ("Jaeger-LeCoultre", "Reverso Classic", "Q3858522"),
    ("A. Lange & Söhne", "Lange 1", "191.039"),
    ("Grand Seiko", "Snowflake", "SBGA211"),
)


def an_order_of(
    lines: int = 3,
    *,
    language: str = "en",
    percent: str = "19",
    included: bool = True,
    currency: str = "EUR",
    each: int = 1,
    **more: Any,
) -> Order:
    """Of different watches, with a discount and express delivery."""
    offer = an_offer(a_record())
    base = an_order(offer)
    sold = tuple(_line(base.lines[0], n, each, currency) for n in range(lines))
    items = sum((one.unit_price * one.quantity for one in sold), Money.of(0, currency))
    taxation = Taxation(more.pop("country", "GR"), Decimal(percent), included)
    discount, fee = items.share(Decimal("0.1")), Money.of(40, currency)
    tax = taxation.of(items - discount + fee)
    sheet = PriceSheet(items, fee, discount, tax, taxation, VoucherCode("TEN"))
    contact = Contact.parse(email="zofia@example.com", name=GREECE.name, language=language)
    changes = {"address": GREECE, "delivery": Delivery.EXPRESS, **more}
    return replace(base, lines=sold, prices=sheet, contact=contact, timeline=(), **changes)


def _line(line: OrderLine, n: int, each: int, currency: str) -> OrderLine:
    brand, name, reference = NAMES[n % len(NAMES)]
    price = Money.of(9850 + 1313 * n, currency)
    pieces = tuple(PieceId(UUID(int=n * 100 + k)) for k in range(each))
    return replace(
        line, brand=brand, name=name, reference=reference, unit_price=price, pieces=pieces
    )


def a_refund_of(order: Order, *pieces: PieceId, amount: Money | None = None) -> Refund:
    back = amount or order.price_of(pieces)
    return Refund(
        RefundId(UUID(int=1)),
        order.id,
        PaymentId(UUID(int=2)),
        back,
        ISSUED,
        "clerk",
        "a scratch",
        pieces,
    )


def an_invoice(order: Order | None = None, **more: Any) -> Paper:
    return invoice(order or an_order_of(**more), FIRST, seller=SELLER, at=ISSUED)


def a_credit_note(order: Order, refund: Refund) -> Paper:
    return credit_note(order, refund, FIRST_CREDIT, corrects=FIRST, seller=SELLER, at=ISSUED)
