"""Vouchers, and each use of one as a row: a slot of the voucher and a turn of the customer."""

from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Integer,
    Text,
    Uuid,
    bindparam,
    case,
    delete,
    func,
    insert,
    literal,
    select,
    union_all,
    update,
)

from watchstore.adapters.postgres.errors import refused
from watchstore.adapters.postgres.repositories.voucher_rows import to_voucher, voucher_values
from watchstore.adapters.postgres.schema import redemptions, vouchers
from watchstore.adapters.postgres.transaction import Transaction
from watchstore.domain.errors import Duplicate
from watchstore.domain.identifiers import OrderId, VoucherCode, VoucherId
from watchstore.domain.vouchers import Uses, Voucher
from watchstore.service_layer.ports import ConcurrencyConflict

_ADD = insert(vouchers)
_PEEK = select(vouchers).where(vouchers.c.code == bindparam("code"))
_FIND = _PEEK.with_for_update(key_share=True)
_CLOSE = (
    update(vouchers)
    .where(vouchers.c.id == bindparam("voucher_id"))
    .values(closed_at=bindparam("voucher_closed_at"))
)
_OF_VOUCHER = redemptions.c.voucher_id == bindparam("voucher", type_=Uuid)
_OF_CUSTOMER = redemptions.c.customer == bindparam("of_customer", type_=Text)
_USES = select(func.count().label("total"), func.count().filter(_OF_CUSTOMER).label("own")).where(
    _OF_VOUCHER
)
_FREE = delete(redemptions).where(redemptions.c.order_id == bindparam("redeemed_by"))


def _next(column: Column[int], most: ColumnElement[int], *mine: ColumnElement[bool]) -> Any:
    """One after the last; when there is none left, the lowest that became free again."""
    last = select(func.coalesce(func.max(column), 0)).where(*mine).scalar_subquery()
    freed = union_all(
        select(literal(1).label("number")), select((column + 1).label("number")).where(*mine)
    ).subquery()
    taken = select(column).where(*mine)
    lowest = select(func.min(freed.c.number)).where(freed.c.number.not_in(taken))
    return case((last < most, last + 1), else_=lowest.scalar_subquery())


def _redeem() -> Any:
    uses = bindparam("most", type_=Integer)
    own_uses = bindparam("most_own", type_=Integer)
    place = select(
        _next(redemptions.c.slot, uses, _OF_VOUCHER).label("slot"),
        _next(redemptions.c.turn, own_uses, _OF_VOUCHER, _OF_CUSTOMER).label("turn"),
    ).subquery("place")
    row = {
        "voucher_id": bindparam("voucher", type_=Uuid),
        "slot": place.c.slot,
        "customer": bindparam("of_customer", type_=Text),
        "turn": place.c.turn,
        "uses": uses,
        "uses_per_customer": own_uses,
        "order_id": bindparam("by", type_=Uuid),
    }
    free = select(*row.values()).where(place.c.slot <= uses, place.c.turn <= own_uses)
    return insert(redemptions).from_select([*row], free)


_REDEEM = _redeem()
_TAKEN = ("redemptions_pkey", "redemptions_voucher_id_customer_turn_key")


class PostgresVouchers:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, voucher: Voucher) -> None:
        taken = Duplicate("There is a voucher with this code.")
        with refused({"vouchers_code_key": taken}):
            self._transaction.execute(_ADD, voucher_values(voucher))

    def find(self, code: VoucherCode) -> Voucher | None:
        return self._one(_FIND, code)

    def peek(self, code: VoucherCode) -> Voucher | None:
        return self._one(_PEEK, code)

    def save(self, voucher: Voucher) -> None:
        params = {"voucher_id": voucher.id, "voucher_closed_at": voucher.closed_at}
        self._transaction.later(_CLOSE, params)

    def uses(self, voucher_id: VoucherId, customer: str | None) -> Uses:
        params = {"voucher": voucher_id, "of_customer": customer}
        row = self._transaction.execute(_USES, params).one()
        return Uses(row.total, row.own)

    def redeem(self, voucher: Voucher, order_id: OrderId, customer: str) -> None:
        params = {
            "voucher": voucher.id,
            "of_customer": customer,
            "most": voucher.uses,
            "most_own": voucher.uses_per_customer,
            "by": order_id,
        }
        rival = ConcurrencyConflict("Another order took this use of the voucher.")
        with refused(dict.fromkeys(_TAKEN, rival)):
            if not self._transaction.execute(_REDEEM, params).rowcount:
                voucher.require_left(self.uses(voucher.id, customer))
                raise rival

    def free(self, order_id: OrderId) -> None:
        self._transaction.later(_FREE, {"redeemed_by": order_id})

    def _one(self, question: Any, code: VoucherCode) -> Voucher | None:
        row = self._transaction.execute(question, {"code": code.text}).first()
        return to_voucher(row) if row else None
