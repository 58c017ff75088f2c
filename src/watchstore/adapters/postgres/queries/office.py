"""What staff see: drafts too, and every piece with its serial number."""

from typing import Any

from sqlalchemy import Engine, Row

from watchstore.adapters.postgres.errors import translated
from watchstore.adapters.postgres.queries import office_statements as statements
from watchstore.adapters.postgres.queries.passport import (
    BY_SLUG,
    PAGE,
    passport,
    passports_of,
)
from watchstore.adapters.postgres.repositories.voucher_rows import to_voucher
from watchstore.domain.identifiers import OfferId, ascii_fold
from watchstore.service_layer.checkout_views import voucher_row
from watchstore.service_layer.queries import (
    DeadLetterRow,
    OfficeWatchPage,
    OfficeWatchRow,
    PieceRow,
    StockRow,
    VoucherRow,
    WatchPassport,
)


class PostgresOfficeQueries:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def watches(
        self, *, text: str = "", publication: str | None = None, page: int = 1, limit: int = 50
    ) -> OfficeWatchPage:
        asked = {"words": ascii_fold(text).split(), "publication": publication}
        part = {"limit": limit, "offset": (page - 1) * limit}
        with translated(), self._engine.connect() as connection:
            total = connection.execute(statements.WATCHES_FOUND, asked).scalar_one()
            rows = connection.execute(statements.WATCHES, {**asked, **part}).all()
        return OfficeWatchPage(tuple(_watch(row) for row in rows), total)

    def watch(self, slug: str) -> WatchPassport | None:
        with translated(), self._engine.connect() as connection:
            return passport(connection, BY_SLUG, slug)

    def passports(self, *, after: str = "", limit: int = 200) -> tuple[WatchPassport, ...]:
        with translated(), self._engine.connect() as connection:
            return passports_of(connection, PAGE, {"after": after, "limit": limit})

    def stock(self) -> tuple[StockRow, ...]:
        with translated(), self._engine.connect() as connection:
            rows = connection.execute(statements.STOCK).all()
        return tuple(StockRow(str(offer_id), *rest) for offer_id, *rest in rows)

    def pieces(self, offer_id: OfferId) -> tuple[PieceRow, ...]:
        with translated(), self._engine.connect() as connection:
            rows = connection.execute(statements.PIECES, {"offer_id": offer_id}).all()
        return tuple(_piece(row) for row in rows)

    def vouchers(self) -> tuple[VoucherRow, ...]:
        with translated(), self._engine.connect() as connection:
            rows = connection.execute(statements.VOUCHERS).all()
        return tuple(voucher_row(to_voucher(row), row.used) for row in rows)

    def dead_letters(self) -> tuple[DeadLetterRow, ...]:
        with translated(), self._engine.connect() as connection:
            rows = connection.execute(statements.DEAD_LETTERS).all()
        return tuple(_dead_letter(row) for row in rows)


def _dead_letter(row: Any) -> DeadLetterRow:
    return DeadLetterRow(
        str(row.event_id),
        row.consumer,
        row.name,
        str(row.aggregate),
        row.recorded_at.isoformat(),
        row.parked_at.isoformat(),
        row.attempts,
        row.error or "",
    )


def _watch(row: Row[Any]) -> OfficeWatchRow:
    return OfficeWatchRow(
        str(row.id),
        row.slug,
        row.brand,
        row.reference,
        row.name,
        row.publication,
        row.version,
        row.offers,
        int(row.free),
    )


def _piece(row: Row[Any]) -> PieceRow:
    held_until = row.hold_until.isoformat() if row.state == "held" else None
    return PieceRow(str(row.id), row.serial, row.box, row.papers, row.state, held_until, row.number)
