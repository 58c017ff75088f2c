"""Offers: what can be bought of a watch."""

from collections.abc import Collection, Mapping

from sqlalchemy import ARRAY, Uuid, bindparam, cast, func, insert, select

from watchstore.adapters.postgres.repositories.offer_rows import offer_values, to_offer
from watchstore.adapters.postgres.repositories.statements import prefixed, saving
from watchstore.adapters.postgres.schema import offers, watches
from watchstore.adapters.postgres.transaction import Transaction
from watchstore.domain.errors import NotFound
from watchstore.domain.identifiers import OfferId, WatchId
from watchstore.domain.offer import Offer
from watchstore.domain.watch import Publication
from watchstore.service_layer.ports import ForSale

_GIVEN = [column for column in offers.c if column.name != "brand"]
_ADD = insert(offers).from_select(
    [*(column.name for column in _GIVEN), "brand"],
    select(
        *(bindparam(column.name, type_=column.type) for column in _GIVEN), watches.c.brand
    ).where(watches.c.id == bindparam("watch_id")),
)
_GET = select(offers).where(offers.c.id == bindparam("id")).with_for_update(key_share=True)
_OF_WATCHES = (
    select(offers)
    .where(offers.c.watch_id == func.any(cast(bindparam("watch_ids"), ARRAY(Uuid))))
    .order_by(offers.c.id)
    .with_for_update(key_share=True)
)
_SAVE = saving(offers, "offer", "brand", "watch_id")
_FOR_SALE = (
    select(offers, watches.c.brand.label("maker"), watches.c.reference, watches.c.name)
    .join(watches, watches.c.id == offers.c.watch_id)
    .where(
        offers.c.id == func.any(cast(bindparam("ids"), ARRAY(Uuid))),
        offers.c.closed_at.is_(None),
        watches.c.publication == Publication.PUBLISHED.value,
    )
)


class PostgresOffers:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, offer: Offer) -> None:
        if self._transaction.execute(_ADD, offer_values(offer)).rowcount == 0:
            raise NotFound("There is no such watch.")
        self._transaction.watch_changed(offer.watch_id)

    def get(self, offer_id: OfferId) -> Offer:
        row = self._transaction.execute(_GET, {"id": offer_id}).first()
        if row is None:
            raise NotFound("There is no such offer.")
        return to_offer(row)

    def save(self, offer: Offer) -> None:
        self._transaction.later(_SAVE, prefixed("offer", offer_values(offer), "watch_id"))
        self._transaction.watch_changed(offer.watch_id)

    def of_watches(self, watch_ids: Collection[WatchId]) -> tuple[Offer, ...]:
        rows = self._transaction.execute(_OF_WATCHES, {"watch_ids": list(watch_ids)})
        return tuple(to_offer(row) for row in rows)

    def for_sale(self, offer_ids: Collection[OfferId]) -> Mapping[OfferId, ForSale]:
        rows = self._transaction.execute(_FOR_SALE, {"ids": list(offer_ids)})
        sales = (ForSale(to_offer(row), row.maker, row.reference, row.name) for row in rows)
        return {sale.offer.id: sale for sale in sales}
