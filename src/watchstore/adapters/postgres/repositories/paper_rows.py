"""A paper as a row, and back: the document in it is all that is ever printed."""

from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Row

from watchstore.domain.address import Address
from watchstore.domain.identifiers import Email, OrderId, OrderNumber, RefundId
from watchstore.domain.language import Language
from watchstore.domain.money import Currency, Money
from watchstore.domain.offer import Condition
from watchstore.domain.papers import (
    LineKind,
    Paper,
    PaperKind,
    PaperLine,
    PaperNumber,
    Recipient,
    Seller,
)


def paper_values(paper: Paper) -> dict[str, object]:
    return {
        "kind": paper.number.kind.value,
        "year": paper.number.year,
        "sequence": paper.number.sequence,
        "order_id": paper.order_id,
        "refund_id": paper.refund_id,
        "issued_at": paper.issued_at,
        "total": paper.total.amount,
        "currency": paper.total.currency.code,
        "content": _content(paper),
    }


def to_paper(row: Row[Any]) -> Paper:
    kept, currency = row.content, Currency(row.currency)
    return Paper(
        PaperNumber(PaperKind(row.kind), row.year, row.sequence),
        OrderId(row.order_id),
        OrderNumber(kept["order_number"]),
        datetime.fromisoformat(kept["ordered_at"]),
        row.issued_at,
        Language(kept["language"]),
        Seller(**{**kept["seller"], "address": tuple(kept["seller"]["address"])}),
        _to_recipient(kept["recipient"]),
        tuple(_to_line(line, currency) for line in kept["lines"]),
        kept["tax_country"],
        kept["tax_included"],
        RefundId(row.refund_id) if row.refund_id else None,
        PaperNumber.parse(kept["invoice"]) if kept["invoice"] else None,
    )


def _content(paper: Paper) -> dict[str, object]:
    return {
        "number": paper.number.text,
        "order_number": paper.order_number.text,
        "ordered_at": paper.ordered_at.isoformat(),
        "language": paper.language.value,
        "seller": {**asdict(paper.seller), "address": list(paper.seller.address)},
        "recipient": {
            "name": paper.recipient.name,
            "email": paper.recipient.email.address,
            "address": asdict(paper.recipient.address) if paper.recipient.address else None,
        },
        "lines": [_line(line) for line in paper.lines],
        "tax_country": paper.tax_country,
        "tax_included": paper.tax_included,
        "invoice": paper.invoice.text if paper.invoice else None,
    }


def _line(line: PaperLine) -> dict[str, object]:
    return {
        "kind": line.kind.value,
        "what": line.what,
        "quantity": line.quantity,
        "unit_price": line.unit_price.amount,
        "discount": line.discount.amount,
        "percent": str(line.percent),
        "tax": line.tax.amount,
        "total": line.total.amount,
        "reference": line.reference,
        "condition": line.condition.value if line.condition else None,
    }


def _to_recipient(kept: dict[str, Any]) -> Recipient:
    address = Address(**kept["address"]) if kept["address"] else None
    return Recipient(kept["name"], Email(kept["email"]), address)


def _to_line(line: dict[str, Any], currency: Currency) -> PaperLine:
    return PaperLine(
        LineKind(line["kind"]),
        line["what"],
        line["quantity"],
        Money(line["unit_price"], currency),
        Money(line["discount"], currency),
        Decimal(line["percent"]),
        Money(line["tax"], currency),
        Money(line["total"], currency),
        line["reference"],
        Condition(line["condition"]) if line["condition"] else None,
    )
