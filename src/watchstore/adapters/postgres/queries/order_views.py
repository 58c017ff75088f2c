"""From a row of `orders` to what is shown of it."""

from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Row

from watchstore.adapters.postgres.repositories.order_rows import to_order
from watchstore.domain.identifiers import PieceId, WatchId
from watchstore.domain.papers import PaperKind, PaperNumber
from watchstore.domain.refund import RefundState
from watchstore.domain.returning import ReturnState
from watchstore.service_layer.checkout_views import percent_text
from watchstore.service_layer.order_rows import entry_rows, line_rows, parcel_rows, return_until
from watchstore.service_layer.queries import (
    OrderCard,
    OrderView,
    PaperRow,
    RefundRow,
    ReturnRow,
)

_COUNTED: Final = {RefundState.PENDING.value, RefundState.DONE.value}
_LET_GO: Final = {ReturnState.DECLINED.value, ReturnState.REJECTED.value}


def card(row: Row[Any]) -> OrderCard:
    return OrderCard(
        row.number,
        row.state,
        row.placed_at.isoformat(),
        row.email,
        _total(row),
        row.currency,
        sum(len(line["pieces"]) for line in row.lines),
    )


def view(row: Row[Any]) -> OrderView:
    """`row` has the state of the payment the refunds and the returns too."""
    order = to_order(row)
    return OrderView(
        number=row.number,
        state=row.state,
        payment=row.payment,
        placed_at=row.placed_at.isoformat(),
        email=row.email,
        name=row.name,
        phone=row.phone,
        language=row.language,
        address=row.address,
        delivery=row.delivery,
        items_amount=row.items_amount,
        discount_amount=row.discount_amount,
        delivery_amount=row.delivery_amount,
        tax_amount=row.tax_amount,
        tax_country=row.tax_country,
        tax_percent=percent_text(row.tax_percent),
        tax_included=row.tax_included,
        voucher=row.voucher,
        amount=order.prices.total.amount,
        currency=row.currency,
        lines=line_rows(order, _slugs(row), _gone(row)),
        carrier=order.parcels[-1].carrier if order.parcels else None,
        tracking=order.parcels[-1].tracking if order.parcels else None,
        return_until=return_until(order),
        timeline=entry_rows(order),
        refunded_amount=row.refunded,
        refunds=tuple(_refund(refund) for refund in row.refunds or ()),
        parcels=parcel_rows(order),
        returns=tuple(_return(returned) for returned in row.returns or ()),
        documents=tuple(_paper(paper) for paper in row.papers or ()),
    )


def _paper(paper: dict[str, Any]) -> PaperRow:
    number = PaperNumber(PaperKind(paper["kind"]), paper["year"], paper["sequence"])
    return PaperRow(number.kind.value, number.text, _iso(paper["issued_at"]))


def _slugs(row: Row[Any]) -> dict[WatchId, str]:
    return {WatchId(UUID(watch)): slug for watch, slug in (row.slugs or {}).items()}


def _gone(row: Row[Any]) -> frozenset[PieceId]:
    refunds = (one for one in row.refunds or () if one["state"] in _COUNTED)
    returns = (one for one in row.returns or () if one["state"] not in _LET_GO)
    return frozenset(
        PieceId(UUID(piece)) for one in (*refunds, *returns) for piece in one["pieces"]
    )


def _total(row: Row[Any]) -> int:
    due: int = row.items_amount - row.discount_amount + row.delivery_amount
    return due if row.tax_included else due + int(row.tax_amount)


def _refund(refund: dict[str, Any]) -> RefundRow:
    return RefundRow(
        refund["id"],
        refund["state"],
        _iso(refund["asked_at"]),
        refund["amount"],
        refund["currency"],
        len(refund["pieces"]),
        refund["reason"],
    )


def _return(returned: dict[str, Any]) -> ReturnRow:
    return ReturnRow(
        returned["id"],
        returned["state"],
        _iso(returned["requested_at"]),
        len(returned["pieces"]),
        returned["reason"],
        returned["note"],
        returned["restocked"],
    )


def _iso(told: str) -> str:
    """PostgreSQL writes a moment into a document in the time zone of the session."""
    return datetime.fromisoformat(told).astimezone(UTC).isoformat()
