"""What some worker does now and then: whoever comes first when it is due, and nobody beside it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Final, Unpack
from uuid import UUID

from watchstore.domain.terms import Terms
from watchstore.service_layer.confirming import expire_payment
from watchstore.service_layer.given import Settling
from watchstore.service_layer.invoicing import write_missing
from watchstore.service_layer.paying import settle_payment
from watchstore.service_layer.ports import (
    Begin,
    Clock,
    Deliveries,
    Duties,
    GatewayUnavailable,
    PaymentGateway,
)
from watchstore.service_layer.queries import CheckQueries
from watchstore.service_layer.refunding import settle_refund
from watchstore.service_layer.verifying import KEPT, verify

UNANSWERED: Final = timedelta(minutes=1)
_BATCH: Final = 1000

# (what happened, its facts): for the log.
Report = Callable[..., None]


def unheard(_event: str, **_facts: object) -> None:
    """Where nobody reads a log."""


@dataclass(frozen=True, slots=True)
class Duty:
    """`lasting` is how long others wait for a worker that took it, and died."""

    name: str
    every: timedelta
    lasting: timedelta
    act: Callable[[], None]


def do_due(duties: Duties, schedule: Sequence[Duty], *, report: Report) -> int:
    """Do what is due and not another's; returns how much that was."""
    done = 0
    for duty in schedule:
        token = duties.take(duty.name, lasting=duty.lasting)
        if token is None:
            continue
        try:
            duty.act()
        except Exception as error:  # noqa: BLE001 - whatever it is, the other duties are done
            report("duty_failed", duty=duty.name, error=f"{type(error).__name__}: {error}")
        duties.done(duty.name, token, again_in=duty.every)
        done += 1
    return done


def tidy(*, deliveries: Deliveries, report: Report) -> None:
    """In batches, so that nothing is locked for long."""
    rows = 0
    while removed := deliveries.tidy(older_than=KEPT, most=_BATCH):
        rows += removed
    report("tidied", rows=rows)


def settle_pending(*, checks: CheckQueries, report: Report, **settling: Unpack[Settling]) -> None:
    """Ask again about payments and refunds whose events were given up or lost."""
    for payment_id in checks.pending(older_than=UNANSWERED):
        _ask(partial(settle_payment, payment_id, **settling), payment_id, report)
    for refund_id in checks.pending_refunds(older_than=UNANSWERED):
        _ask(partial(settle_refund, refund_id, **settling), refund_id, report)


def write_missing_papers(
    *, checks: CheckQueries, begin: Begin, clock: Clock, terms: Terms, report: Report
) -> None:
    """A release that wrote none may still have been at work."""
    for order_id in checks.unwritten():
        write_missing(order_id, begin=begin, clock=clock, terms=terms)
        report("paper_written_late", of=str(order_id))


def expire_challenges(
    *, checks: CheckQueries, report: Report, **settling: Unpack[Settling]
) -> None:
    """No buyer who was asked to confirm, and does not, keeps pieces from others for ever."""
    for payment_id in checks.pending(older_than=settling["terms"].challenge):
        _ask(partial(expire_payment, payment_id, **settling), payment_id, report)


def _ask(settle: Callable[[], object], of: UUID, report: Report) -> None:
    try:
        settle()
    except GatewayUnavailable as silence:
        report("unanswered", of=str(of), error=str(silence))


def reconcile(
    *, checks: CheckQueries, gateway: PaymentGateway, challenge: timedelta, report: Report
) -> None:
    differences = verify(checks=checks, gateway=gateway, challenge=challenge)
    for one in differences:
        report("difference", rule=one.rule, id=one.id, detail=one.detail)
    report("reconciled", differences=len(differences))
