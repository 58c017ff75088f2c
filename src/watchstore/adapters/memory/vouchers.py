"""Vouchers, and each use of one as a row: a slot of the voucher and a turn of the customer."""

from itertools import count
from typing import Final

from watchstore.adapters.memory.one import locked, locked_at, saved
from watchstore.adapters.memory.rows import RedemptionRow
from watchstore.adapters.memory.store import At, CheckViolation, Transaction, UniqueViolation
from watchstore.adapters.memory.tables import REDEMPTIONS, VOUCHERS
from watchstore.domain.errors import Duplicate
from watchstore.domain.identifiers import OrderId, VoucherCode, VoucherId
from watchstore.domain.vouchers import Uses, Voucher
from watchstore.service_layer.ports import ConcurrencyConflict

_TAKEN: Final = (REDEMPTIONS.primary_key, "redemption_turn_key")


class MemoryVouchers:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def add(self, voucher: Voucher) -> None:
        try:
            self._tx.insert(VOUCHERS, voucher.id, voucher)
        except UniqueViolation:
            raise Duplicate("There is a voucher with this code.") from None

    def find(self, code: VoucherCode) -> Voucher | None:
        return locked_at(self._tx, VOUCHERS, "voucher_code_key", code)

    def peek(self, code: VoucherCode) -> Voucher | None:
        found = self._tx.scan(VOUCHERS, at=At("voucher_code_key", code))
        return found[0] if found else None

    def save(self, voucher: Voucher) -> None:
        before = locked(self._tx, VOUCHERS, voucher.id)
        if voucher.terms != before.terms:
            raise CheckViolation("voucher_as_made_check")
        saved(self._tx, VOUCHERS, voucher.id, voucher)

    def uses(self, voucher_id: VoucherId, customer: str | None) -> Uses:
        rows = self._redeemed(voucher_id)
        return Uses(len(rows), sum(row.customer == customer for row in rows))

    def redeem(self, voucher: Voucher, order_id: OrderId, customer: str) -> None:
        rows = self._redeemed(voucher.id)
        own = [row for row in rows if row.customer == customer]
        voucher.require_left(Uses(len(rows), len(own)))
        slot, turn = _free({row.slot for row in rows}), _free({row.turn for row in own})
        limits = voucher.uses, voucher.uses_per_customer
        row = RedemptionRow(voucher.id, slot, customer, turn, *limits, order_id)
        try:
            self._tx.insert(REDEMPTIONS, (voucher.id, slot), row)
        except UniqueViolation as taken:
            if taken.constraint not in _TAKEN:
                raise
            raise ConcurrencyConflict from taken

    def free(self, order_id: OrderId) -> None:
        for row in self._tx.lock_where(REDEMPTIONS, at=At("redemption_order_id_key", order_id)):
            self._tx.delete(REDEMPTIONS, (row.voucher_id, row.slot))

    def _redeemed(self, voucher_id: VoucherId) -> list[RedemptionRow]:
        return self._tx.scan(REDEMPTIONS, at=At("redemption_voucher_id_fkey", voucher_id))


def _free(taken: set[int]) -> int:
    return next(number for number in count(1) if number not in taken)
