"""Brands and watches."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ARRAY, Integer, Row, Text, and_, bindparam, cast, func, select, update
from sqlalchemy.dialects.postgresql import insert

from watchstore.adapters.postgres.errors import refused
from watchstore.adapters.postgres.repositories.statements import prefixed, saving
from watchstore.adapters.postgres.repositories.watch_rows import to_watch, watch_values
from watchstore.adapters.postgres.schema import brands, watches
from watchstore.adapters.postgres.transaction import Transaction
from watchstore.domain.errors import Duplicate, NotFound
from watchstore.domain.identifiers import Reference, Slug, WatchId
from watchstore.domain.watch import Brand, Watch

_KEEP_BRAND = insert(brands).on_conflict_do_nothing().returning(brands.c.name)
_KNOWN = select(brands.c.country, brands.c.founded_year).where(
    brands.c.name == bindparam("of_brand")
)
_FILL_IN = (
    update(brands)
    .where(brands.c.name == bindparam("of_brand"))
    .values(
        country=func.coalesce(func.nullif(brands.c.country, ""), bindparam("new_country")),
        founded_year=func.coalesce(brands.c.founded_year, bindparam("new_year", type_=Integer)),
    )
)
_ADD = insert(watches)
_LOCKED = select(watches).with_for_update(key_share=True)
_GET = _LOCKED.where(watches.c.id == bindparam("id"))
_FIND = _LOCKED.where(
    watches.c.brand == bindparam("brand"), watches.c.bare_reference == bindparam("bare_reference")
)
_SAVE = saving(watches, "watch")
_BRANDS = select(brands)
_WANTED = (
    func.unnest(
        cast(bindparam("wanted_brands"), ARRAY(Text)), cast(bindparam("wanted_bare"), ARRAY(Text))
    )
    .table_valued("brand", "bare_reference", name="wanted")
    .render_derived()
)
_FIND_MANY = (
    select(watches)
    .join(
        _WANTED,
        and_(
            watches.c.brand == _WANTED.c.brand,
            watches.c.bare_reference == _WANTED.c.bare_reference,
        ),
    )
    .order_by(watches.c.id)
    .with_for_update(key_share=True, of=watches)
)


class PostgresWatches:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def keep_brand(self, brand: Brand) -> None:
        values = {
            "name": brand.name,
            "slug": brand.slug.text,
            "country": brand.country,
            "founded_year": brand.founded_year,
        }
        if self._transaction.execute(_KEEP_BRAND, values).first() is None:
            self._fill_in(brand)

    def _fill_in(self, brand: Brand) -> None:
        known = self._transaction.execute(_KNOWN, {"of_brand": brand.name}).first()
        if known is None:
            raise Duplicate(f"Another brand is at {brand.slug}.", slug=brand.slug.text)
        news = (brand.country and not known.country) or (
            brand.founded_year is not None and known.founded_year is None
        )
        if news:
            params = {"new_country": brand.country, "new_year": brand.founded_year}
            self._transaction.execute(_FILL_IN, {"of_brand": brand.name, **params})

    def add(self, watch: Watch) -> None:
        same = Duplicate(f"{watch.brand} {watch.reference} is in the catalogue already.")
        slug = Duplicate(f"Another watch has the address {watch.slug}.", slug=watch.slug.text)
        taken = {
            "watches_pkey": same,
            "watches_brand_bare_reference_key": same,
            "watches_slug_key": slug,
        }
        with refused(taken):
            self._transaction.execute(_ADD, watch_values(watch))
        self._transaction.watch_changed(watch.id)

    def get(self, watch_id: WatchId) -> Watch:
        row = self._transaction.execute(_GET, {"id": watch_id}).first()
        if row is None:
            raise NotFound("There is no such watch.")
        return to_watch(row)

    def find(self, brand: str, reference: Reference) -> Watch | None:
        params = {"brand": brand, "bare_reference": reference.bare}
        row = self._transaction.execute(_FIND, params).first()
        return to_watch(row) if row else None

    def save(self, watch: Watch) -> None:
        self._transaction.later(_SAVE, prefixed("watch", watch_values(watch)))
        self._transaction.watch_changed(watch.id)

    def brands(self) -> tuple[Brand, ...]:
        return tuple(_to_brand(row) for row in self._transaction.execute(_BRANDS))

    def find_many(self, wanted: Collection[tuple[str, Reference]]) -> tuple[Watch, ...]:
        keys = sorted({(brand, reference.bare) for brand, reference in wanted})
        params = {
            "wanted_brands": [brand for brand, _ in keys],
            "wanted_bare": [bare for _, bare in keys],
        }
        return tuple(to_watch(row) for row in self._transaction.execute(_FIND_MANY, params))

    def add_many(self, watches: Sequence[Watch]) -> None:
        if not watches:
            return
        taken = Duplicate("One of the watches, or its address, is in the catalogue already.")
        with refused({"watches_brand_bare_reference_key": taken, "watches_slug_key": taken}):
            self._transaction.execute(_ADD, [watch_values(watch) for watch in watches])
        for watch in watches:
            self._transaction.watch_changed(watch.id)


def _to_brand(row: Row[Any]) -> Brand:
    return Brand(row.name, Slug(row.slug), row.country, row.founded_year)
