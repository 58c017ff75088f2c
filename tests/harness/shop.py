"""The whole shop over any storage, in memory unless said otherwise, open to rivals and crashes."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, cast

from tests.harness.steps import Steps

from watchstore.adapters.memory import (
    FrozenClock,
    MemoryGateway,
    MemoryHasher,
    MemoryMailer,
    MemoryRateLimiter,
    MemoryStorage,
    PlainPrinter,
    SeededEntropy,
)
from watchstore.adapters.rapidfuzz.speller import RapidfuzzSpeller
from watchstore.adapters.testgateway import TestGatewayNotices
from watchstore.service_layer.answers import PaymentMethods
from watchstore.service_layer.ports import Lease, PaymentGateway
from watchstore.service_layer.ports.storage import Storage
from watchstore.service_layer.queries import CatalogueDocuments
from watchstore.service_layer.shop import Ports, Shop

START: Final = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
COMMON: Final = frozenset({"password123"})
PUBLIC_URL: Final = "https://shop.example"
SESSION_LIFE: Final = timedelta(days=14)

WEBHOOK_SECRET: Final = "whsec_test"

Failures = list[tuple[Lease, Exception]]


@dataclass(frozen=True, slots=True)
class House:
    """A shop and what it stands on: tests look into its mail, its ledger and its clock.

    `shop` goes through `steps`; `rival` is the same shop without them.
    """

    shop: Shop
    rival: Shop
    steps: Steps
    storage: Storage
    clock: FrozenClock
    gateway: MemoryGateway
    mailer: MemoryMailer
    entropy: SeededEntropy
    failures: Failures


def memory_shop() -> House:
    clock = FrozenClock(START)
    return house_over(MemoryStorage(clock, RapidfuzzSpeller), clock)


def house_over(storage: Storage, clock: FrozenClock, *, seed: int = 7) -> House:
    steps, failures = Steps(), Failures()
    gateway, mailer, entropy = MemoryGateway(), MemoryMailer(), SeededEntropy(seed)
    limiter = MemoryRateLimiter(clock)

    def ports(through: PaymentGateway) -> Ports:
        return Ports(
            storage=storage,
            sessions=storage.sessions,
            documents=cast(CatalogueDocuments, None),
            gateway=through,
            clock=clock,
            entropy=entropy,
            hasher=MemoryHasher(),
            limiter=limiter,
            mailer=mailer,
            printer=PlainPrinter(),
            common_passwords=COMMON,
            public_url=PUBLIC_URL,
            session_life=SESSION_LIFE,
            delivery_failed=lambda lease, error: failures.append((lease, error)),
            spread=lambda: 1.0,
            notices={"test": TestGatewayNotices(WEBHOOK_SECRET)},
            payment_methods=PaymentMethods("test"),
            bank=gateway,
        )

    shop, rival = Shop(ports(steps.gateway(gateway))), Shop(ports(gateway))
    shop.begin = steps.begin(storage.begin)
    return House(shop, rival, steps, storage, clock, gateway, mailer, entropy, failures)
