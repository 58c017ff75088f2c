"""Vouchers, as staff make and close them."""

from watchstore.domain.errors import NotFound
from watchstore.domain.identifiers import VoucherCode, VoucherId
from watchstore.domain.vouchers import Voucher
from watchstore.service_layer.commands import CreateVoucher
from watchstore.service_layer.ports import Begin, Clock, Entropy
from watchstore.service_layer.remembering import earlier_creation, remember_creation
from watchstore.service_layer.retrying import retried


@retried
def create_voucher(
    command: CreateVoucher, *, begin: Begin, clock: Clock, entropy: Entropy
) -> VoucherId:
    """Raises Duplicate for a code that was ever used."""
    with begin() as uow:
        if earlier := earlier_creation(uow, command.key):
            return VoucherId(earlier)
        voucher = Voucher(
            VoucherId(entropy.new_id()),
            command.code,
            command.benefit,
            command.starts_at or clock.now(),
            command.ends_at,
            command.currency,
            command.minimum,
            command.uses,
            command.uses_per_customer,
        )
        uow.vouchers.add(voucher)
        remember_creation(uow, command.key, voucher.id)
        uow.commit()
    return voucher.id


@retried
def close_voucher(code: VoucherCode, *, begin: Begin, clock: Clock) -> None:
    """Nobody can use it from now on; orders made with it keep their discount."""
    with begin() as uow:
        voucher = uow.vouchers.find(code)
        if voucher is None:
            raise NotFound(f"There is no voucher {code}.")
        uow.vouchers.save(voucher.close(clock.now()))
        uow.commit()
