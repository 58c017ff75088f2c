"""Everything the shop stands on, as one set."""

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Event

from watchstore.domain.terms import Terms
from watchstore.service_layer import relay, scheduling
from watchstore.service_layer.answers import PaymentMethods
from watchstore.service_layer.ports import (
    Clock,
    Entropy,
    Mailer,
    NoticeReader,
    PasswordHasher,
    PaymentGateway,
    Printer,
    RateLimiter,
    SessionLookup,
    StandInBank,
)
from watchstore.service_layer.ports.storage import Storage
from watchstore.service_layer.queries import CatalogueDocuments


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """One implementation for each port. `sessions` may be a cache in front of the storage's.

    `delivery_failed` is told of every failed event, for the log; `delivering` is put around every
    delivery; `spread` is a random factor
    of about one, so that what failed together is not repeated in step. `report` logs what the
    schedule did. `edited` is set when the worker hears of an edit of the catalogue, for a
    publisher in the same process. `notices` reads the webhooks of the gateways that send some,
    by their names. `payment_methods` is what the pages are told of the gateway, and `bank` hears
    what their buyers answer; a real bank has a window of its own.
    """

    storage: Storage
    sessions: SessionLookup
    documents: CatalogueDocuments
    gateway: PaymentGateway
    clock: Clock
    entropy: Entropy
    hasher: PasswordHasher
    limiter: RateLimiter
    mailer: Mailer
    printer: Printer
    common_passwords: frozenset[str]
    public_url: str
    session_life: timedelta
    delivery_failed: relay.Failed
    spread: Callable[[], float]
    delivering: relay.Delivering = nullcontext
    report: scheduling.Report = scheduling.unheard
    notices: Mapping[str, NoticeReader] = field(default_factory=dict)
    edited: Event = field(default_factory=Event)
    terms: Terms = field(default_factory=Terms)
    payment_methods: PaymentMethods = field(default_factory=PaymentMethods)
    bank: StandInBank | None = None
