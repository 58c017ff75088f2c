"""Orders as their buyers and as staff see them; pages go on from the last order shown."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from watchstore.adapters.memory.plain import iso
from watchstore.adapters.memory.store import At, Store, Transaction
from watchstore.adapters.memory.tables import (
    ORDERS,
    PAPERS,
    PAYMENTS,
    REFUNDS,
    RETURNS,
    WATCHES,
)
from watchstore.domain.errors import InvalidValue
from watchstore.domain.identifiers import Email, OrderNumber, PieceId, UserId, WatchId
from watchstore.domain.order import Order
from watchstore.domain.papers import Paper, PaperKind, PaperNumber
from watchstore.domain.payment import Payment
from watchstore.domain.refund import Refund
from watchstore.domain.returning import Return
from watchstore.domain.watch import Publication
from watchstore.service_layer.checkout_views import percent_text
from watchstore.service_layer.commands import Shopper
from watchstore.service_layer.fulfilling import owned_by
from watchstore.service_layer.order_rows import entry_rows, line_rows, parcel_rows, return_until
from watchstore.service_layer.queries import (
    OrderCard,
    OrderPage,
    OrderView,
    PaperRow,
    RefundRow,
    ReturnRow,
)

Place = tuple[datetime, UUID]


class MemoryOrderQueries:
    def __init__(self, store: Store) -> None:
        self._store = store

    def order(self, number: OrderNumber, shopper: Shopper | None) -> OrderView | None:
        with self._store.transaction() as tx:
            for order in tx.scan(ORDERS, at=At("order_number_key", number)):
                if shopper is None or owned_by(order, shopper):
                    return _shown(tx, order)
        return None

    def tracked(self, number: OrderNumber, email: Email) -> OrderView | None:
        with self._store.transaction() as tx:
            for order in tx.scan(ORDERS, at=At("order_number_key", number)):
                if order.contact.email == email:
                    return _shown(tx, order)
        return None

    def orders(
        self,
        *,
        buyer: UserId | None = None,
        state: str | None = None,
        cursor: str | None = None,
        limit: int = 20,
    ) -> OrderPage:
        with self._store.transaction() as tx:
            found = tx.scan(ORDERS, _wanted(buyer, state))
        after = _parse(cursor) if cursor else None
        ahead = [order for order in found if after is None or _place(order) < after]
        ahead.sort(key=_place, reverse=True)
        shown = ahead[:limit]
        following = _cursor(_place(shown[-1])) if len(ahead) > limit else None
        return OrderPage(tuple(_card(order) for order in shown), following, len(found))


def _wanted(buyer: UserId | None, state: str | None) -> Callable[[Order], bool]:
    return lambda order: buyer in (None, order.buyer) and state in (None, order.state)


def _place(order: Order) -> Place:
    return order.placed_at, order.id


def _cursor(place: Place) -> str:
    at, order_id = place
    return urlsafe_b64encode(f"{at.isoformat()} {order_id}".encode()).decode()


def _parse(cursor: str) -> Place:
    try:
        at, order_id = urlsafe_b64decode(cursor.encode()).decode().split(" ")
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None:
            raise ValueError(at)  # noqa: TRY301 - refused below with the rest
        return moment, UUID(order_id)
    except ValueError:
        raise InvalidValue("cursor", "must be one that a page gave") from None


def _card(order: Order) -> OrderCard:
    charged = order.prices.total
    return OrderCard(
        order.number.text,
        order.state.value,
        iso(order.placed_at),
        order.contact.email.address,
        charged.amount,
        charged.currency.code,
        len(order.pieces),
    )


def _shown(tx: Transaction, order: Order) -> OrderView:
    (payment,) = tx.scan(PAYMENTS, at=At("payment_order_id_key", order.id))
    refunds = tx.scan(REFUNDS, at=At("refund_order_id_fkey", order.id))
    returns = tx.scan(RETURNS, at=At("return_order_id_fkey", order.id))
    papers = tx.scan(PAPERS, at=At("paper_order_id_fkey", order.id))
    return _view(order, payment, refunds, returns, papers=papers, slugs=_slugs(tx, order))


def _slugs(tx: Transaction, order: Order) -> dict[WatchId, str]:
    found = (tx.get(WATCHES, line.watch_id) for line in order.lines)
    return {
        watch.id: watch.slug.text
        for watch in found
        if watch is not None and watch.publication is Publication.PUBLISHED
    }


def _view(
    order: Order,
    payment: Payment,
    refunds: Sequence[Refund],
    returns: Sequence[Return],
    *,
    papers: Sequence[Paper],
    slugs: Mapping[WatchId, str],
) -> OrderView:
    charged = order.prices.total
    return OrderView(
        number=order.number.text,
        state=order.state.value,
        payment=payment.state.value,
        placed_at=iso(order.placed_at),
        email=order.contact.email.address,
        name=order.contact.name,
        phone=order.contact.phone,
        language=order.contact.language.value,
        address=asdict(order.address) if order.address else None,
        delivery=order.delivery.value,
        items_amount=order.prices.items.amount,
        discount_amount=order.prices.discount.amount,
        delivery_amount=order.prices.delivery.amount,
        tax_amount=order.prices.tax.amount,
        tax_country=order.prices.taxation.country,
        tax_percent=percent_text(order.prices.taxation.percent),
        tax_included=order.prices.taxation.included,
        voucher=order.prices.voucher.text if order.prices.voucher else None,
        amount=charged.amount,
        currency=charged.currency.code,
        lines=line_rows(order, slugs, _gone(refunds, returns)),
        carrier=order.parcels[-1].carrier if order.parcels else None,
        tracking=order.parcels[-1].tracking if order.parcels else None,
        return_until=return_until(order),
        timeline=entry_rows(order),
        refunded_amount=payment.refunded,
        refunds=tuple(map(_refund, sorted(refunds, key=lambda one: (one.asked_at, one.id)))),
        parcels=parcel_rows(order),
        returns=tuple(map(_return, sorted(returns, key=lambda one: (one.requested_at, one.id)))),
        documents=tuple(map(_paper, sorted(papers, key=lambda one: _filed(one.number)))),
    )


def _filed(number: PaperNumber) -> tuple[bool, int, int]:
    """The invoice first, then by number."""
    return number.kind is not PaperKind.INVOICE, number.year, number.sequence


def _paper(paper: Paper) -> PaperRow:
    return PaperRow(paper.number.kind.value, paper.number.text, iso(paper.issued_at))


def _gone(refunds: Sequence[Refund], returns: Sequence[Return]) -> frozenset[PieceId]:
    paid_back = {piece for refund in refunds if refund.counts for piece in refund.pieces}
    on_their_way = {piece for returned in returns if returned.claims for piece in returned.pieces}
    return frozenset(paid_back | on_their_way)


def _refund(refund: Refund) -> RefundRow:
    return RefundRow(
        str(refund.id),
        refund.state.value,
        iso(refund.asked_at),
        refund.amount.amount,
        refund.amount.currency.code,
        len(refund.pieces),
        refund.reason,
    )


def _return(returned: Return) -> ReturnRow:
    return ReturnRow(
        str(returned.id),
        returned.state.value,
        iso(returned.requested_at),
        len(returned.pieces),
        returned.reason,
        returned.note,
        returned.restocked,
    )
