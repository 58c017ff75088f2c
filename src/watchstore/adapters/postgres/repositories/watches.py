"""Brands and watches."""

from sqlalchemy import bindparam, func, insert, or_, select
from sqlalchemy.dialects import postgresql

from watchstore.adapters.postgres.errors import refused
from watchstore.adapters.postgres.repositories.statements import prefixed, saving
from watchstore.adapters.postgres.repositories.watch_rows import to_watch, watch_values
from watchstore.adapters.postgres.schema import brands, watches
from watchstore.adapters.postgres.transaction import Transaction
from watchstore.domain.errors import Duplicate, NotFound
from watchstore.domain.identifiers import Reference, WatchId
from watchstore.domain.watch import Brand, Watch

_NEW = postgresql.insert(brands)
_KEEP_BRAND = _NEW.on_conflict_do_update(
    index_elements=["name"],
    set_={
        "country": func.coalesce(func.nullif(brands.c.country, ""), _NEW.excluded.country),
        "founded_year": func.coalesce(brands.c.founded_year, _NEW.excluded.founded_year),
    },
    where=or_(brands.c.country == "", brands.c.founded_year.is_(None)),
)
_ADD = insert(watches)
_LOCKED = select(watches).with_for_update(key_share=True)
_GET = _LOCKED.where(watches.c.id == bindparam("id"))
_FIND = _LOCKED.where(
    watches.c.brand == bindparam("brand"), watches.c.bare_reference == bindparam("bare_reference")
)
_SAVE = saving(watches, "watch")


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
        taken = Duplicate(f"Another brand has the address {brand.slug}.", slug=brand.slug.text)
        with refused({"brands_slug_key": taken}):
            self._transaction.execute(_KEEP_BRAND, values)

    def add(self, watch: Watch) -> None:
        same = Duplicate(f"{watch.brand} {watch.reference} is in the catalogue already.")
        slug = Duplicate(f"Another watch has the address {watch.slug}.", slug=watch.slug.text)
        with refused({"watches_brand_bare_reference_key": same, "watches_slug_key": slug}):
            self._transaction.execute(_ADD, watch_values(watch))
        self._transaction.catalogue_changed()

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
        self._transaction.catalogue_changed()
