"""Drains the outbox: lease, deliver outside any transaction, complete. At least once, in order."""

import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from typing import Final, Unpack, cast
from uuid import UUID

from watchstore.domain.errors import NotFound
from watchstore.domain.events import (
    Event,
    OrderCancelled,
    OrderDispatched,
    OrderPlaced,
    RefundAsked,
    SessionsEnded,
)
from watchstore.domain.identifiers import PaymentId, RefundId
from watchstore.service_layer.commands import ReplayDelivery
from watchstore.service_layer.given import Settling
from watchstore.service_layer.paying import settle_payment
from watchstore.service_layer.ports import Clock, Deliveries, Lease, SessionLookup
from watchstore.service_layer.refunding import settle_refund

# Long enough for one slow delivery, short enough for what a killed worker leaves behind.
LEASE: Final = timedelta(seconds=10)
BEGIN_UNTIL: Final = LEASE / 2  # what is begun later may outlast its lease
RECORD_EVERY: Final = timedelta(milliseconds=250)
MOST_ATTEMPTS: Final = 12
LONGEST_DELAY: Final = timedelta(minutes=15)

Consumer = Callable[[Event], None]
# (lease, error): told of every failed delivery, for the log.
Failed = Callable[[Lease, Exception], None]
# Put around every delivery, by who wants to know how long it takes.
Delivering = Callable[[Lease], AbstractContextManager[object]]


def drain(
    deliveries: Deliveries,
    consumers: Mapping[str, Consumer],
    *,
    clock: Clock,
    failed: Failed,
    spread: Callable[[], float],
    stopping: Callable[[], bool] = lambda: False,
    delivering: Delivering = nullcontext,
    most: int = 100,
) -> int:
    """Deliver what is due, once around; returns how many deliveries were tried.

    `spread` gives a random factor of about one, so that failures do not come back in step.
    `stopping` is asked before each delivery; what is not begun is given back.
    """
    leases = deliveries.lease(most=most, lasting=LEASE)
    begun = recorded = clock.now()
    done: list[Lease] = []
    for tried, lease in enumerate(leases):
        now = clock.now()
        if stopping() or now - begun > BEGIN_UNTIL:
            deliveries.complete(*done)
            deliveries.give_back(*leases[tried:])
            return tried
        if now - recorded > RECORD_EVERY:
            deliveries.complete(*done)
            done, recorded = [], now
        try:
            with delivering(lease):
                consumers[lease.consumer](lease.event)
        except Exception as error:  # noqa: BLE001 - whatever a consumer raises, it is retried
            failed(lease, error)
            _put_off(deliveries, lease, error, spread())
        else:
            done.append(lease)
    deliveries.complete(*done)
    return len(leases)


def replay(command: ReplayDelivery, *, deliveries: Deliveries) -> int:
    """Try a dead letter again, and let its stream go on; returns how many deliveries."""
    replayed = deliveries.replay(command.event_id, consumer=command.consumer)
    if not replayed:
        raise NotFound("There is no dead letter of this event.")
    return replayed


def _put_off(deliveries: Deliveries, lease: Lease, error: Exception, factor: float) -> None:
    reason = f"{type(error).__name__}: {error}"[:500]
    if lease.attempts >= MOST_ATTEMPTS:
        deliveries.park(lease, error=reason)
        return
    delay = min(timedelta(seconds=2**lease.attempts), LONGEST_DELAY) * factor
    deliveries.postpone(lease, delay=delay, error=reason)


def settle_after(event: Event, **settling: Unpack[Settling]) -> None:
    """Complete a payment whose own process may have died before recording the answer."""
    about = cast(OrderPlaced | OrderDispatched | OrderCancelled, event)
    settle_payment(PaymentId(UUID(about.payment_id)), **settling)


def refund_after(event: Event, **settling: Unpack[Settling]) -> None:
    """Complete a refund whose own process may have died before recording the answer."""
    settle_refund(RefundId(UUID(cast(RefundAsked, event).refund_id)), **settling)


def forget_sessions(event: Event, *, sessions: SessionLookup) -> None:
    """Tell the cache again: the process that ended the sessions may have died before it did."""
    sessions.forget(cast(SessionsEnded, event).secret_hashes)


def tell_publisher(_event: Event, *, edited: threading.Event) -> None:
    """It looks at everything that changed: many edits at once are published as one."""
    edited.set()
