"""Proves that the shop's records agree with each other and with the gateway's ledger."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

from watchstore.domain.payment import PaymentState
from watchstore.service_layer.agreeing import STANDINGS, Standing
from watchstore.service_layer.ports import GatewayPayment, PaymentGateway
from watchstore.service_layer.queries import BookedPayment, CheckQueries, Difference

GRACE: Final = timedelta(minutes=5)
KEPT: Final = timedelta(days=30)  # younger events are never tidied away
_PAGE: Final = 1000

Charges = Sequence[GatewayPayment]


def verify(
    *,
    checks: CheckQueries,
    gateway: PaymentGateway,
    challenge: timedelta,
    grace: timedelta = GRACE,
) -> tuple[Difference, ...]:
    """Every difference there is; none in a healthy shop, however busy it is.

    Raises GatewayUnavailable when the gateway's ledger cannot be read.
    """
    return (
        *checks.differences(grace=grace, kept=KEPT, challenge=challenge),
        *_with_gateway(checks, gateway),
    )


def _with_gateway(checks: CheckQueries, gateway: PaymentGateway) -> Iterator[Difference]:
    """The ledger is read first: whatever it has, the shop has booked before."""
    charges: defaultdict[str, list[GatewayPayment]] = defaultdict(list)
    for charge in gateway.payments():
        charges[charge.order_number].append(charge)
    for booked in _booked(checks):
        if any(compare(booked, charges.pop(booked.order_number, ()))):
            yield from _confirmed(booked.order_number, checks, gateway)
    for number, unknown in charges.items():
        if checks.payment(number) is None:
            yield from _without_order(unknown)


def _booked(checks: CheckQueries) -> Iterator[BookedPayment]:
    after = ""
    while page := checks.payments(after=after, limit=_PAGE):
        yield from page
        after = page[-1].order_number


def _confirmed(number: str, checks: CheckQueries, gateway: PaymentGateway) -> Iterator[Difference]:
    """The two were not read at one moment: look again at a payment that does not move."""
    before = checks.payment(number)
    charges = gateway.find(order_number=number)
    after = checks.payment(number)
    if after is not None and before == after:
        yield from compare(after, charges)


def _without_order(charges: Charges) -> Iterator[Difference]:
    for charge in charges:
        if charge.authorised:
            detail = f"{charge.authorised} for {charge.order_number}, which the shop has not"
            yield Difference("charge_without_order", charge.reference, detail)


def compare(booked: BookedPayment, charges: Charges) -> Iterator[Difference]:
    """How one payment differs from what the gateway has for its order."""
    approved = [charge for charge in charges if charge.authorised]
    for rule, detail in _faults(booked, approved):
        yield Difference(rule, booked.order_number, f"payment {booked.id}: {detail}")


def _faults(booked: BookedPayment, approved: Charges) -> Iterator[tuple[str, str]]:
    if len(approved) > 1:
        yield "charged_twice", ", ".join(charge.reference for charge in approved)
    for charge in approved:
        if not _is(charge, charge.authorised.amount, booked.amount, booked):
            yield "charge_amount", f"{charge.reference} is of {charge.authorised}"
    standing = STANDINGS.get(PaymentState(booked.state))
    if standing is None:
        return
    if not standing.authorised:
        for charge in approved:
            yield "charged_though_declined", f"{charge.reference} is of {charge.authorised}"
        return
    own = [charge for charge in approved if charge.reference == booked.reference]
    if not own:
        yield "unknown_to_gateway", f"no charge {booked.reference}"
    for charge in own:
        yield from _movements(booked, standing, charge)


def _movements(
    booked: BookedPayment, standing: Standing, charge: GatewayPayment
) -> Iterator[tuple[str, str]]:
    captured = booked.amount if standing.captured else 0
    if not _is(charge, charge.captured.amount, captured, booked):
        yield "captured_amount", f"{charge.reference} has {charge.captured} captured"
    if not 0 <= charge.refunded.amount - booked.refunded <= booked.refunding:
        yield "refunded_amount", f"{charge.reference} has {charge.refunded} refunded"
    if charge.voided != standing.voided:
        yield "voided", f"{charge.reference} is {'' if charge.voided else 'not '}voided"


def _is(charge: GatewayPayment, has: int, wanted: int, booked: BookedPayment) -> bool:
    return has == wanted and charge.authorised.currency.code == booked.currency
