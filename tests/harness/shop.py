"""The whole shop wired by hand over any storage; in memory unless said otherwise."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Final, cast

from tests.harness.steps import Steps

from watchstore.adapters.memory import (
    FrozenClock,
    MemoryGateway,
    MemoryHasher,
    MemoryMailer,
    MemoryRateLimiter,
    MemoryStorage,
    SeededEntropy,
)
from watchstore.domain.events import Event
from watchstore.service_layer import (
    accounts,
    cataloguing,
    fulfilling,
    mailing,
    ordering,
    paying,
    relay,
    shopping,
    signing_in,
    stocking,
)
from watchstore.service_layer.ports import Begin, Clock, Entropy, Lease, Mailer, PaymentGateway
from watchstore.service_layer.ports.storage import Storage
from watchstore.service_layer.queries import CatalogueDocuments
from watchstore.service_layer.searching.vocabulary import Speller, Vocabulary
from watchstore.service_layer.shop import Shop

START: Final = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
COMMON: Final = frozenset({"password123"})
PUBLIC_URL: Final = "https://shop.example"
SESSION_LIFE: Final = timedelta(days=14)

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


def memory_shop(seed: int = 7) -> House:
    clock = FrozenClock(START)
    return house_over(MemoryStorage(clock, _no_speller), clock, seed=seed)


def house_over(storage: Storage, clock: FrozenClock, *, seed: int = 7) -> House:
    steps, failures = Steps(), Failures()
    gateway, mailer, entropy = MemoryGateway(), MemoryMailer(), SeededEntropy(seed)
    limiter = MemoryRateLimiter(clock)
    wired = partial(
        wire,
        storage,
        clock=clock,
        entropy=entropy,
        mailer=mailer,
        limiter=limiter,
        failures=failures,
    )
    shop = wired(begin=steps.begin(storage.begin), gateway=steps.gateway(gateway))
    rival = wired(begin=storage.begin, gateway=gateway)
    return House(shop, rival, steps, storage, clock, gateway, mailer, entropy, failures)


def wire(
    storage: Storage,
    *,
    begin: Begin,
    gateway: PaymentGateway,
    clock: Clock,
    entropy: Entropy,
    mailer: Mailer,
    limiter: MemoryRateLimiter,
    failures: Failures,
) -> Shop:
    paid = {"begin": begin, "gateway": gateway, "clock": clock}
    made = {"begin": begin, "clock": clock, "entropy": entropy}
    post = partial(mailing.send_mail, **made, mailer=mailer, public_url=PUBLIC_URL)
    consumers = {
        "mail": post,
        "payments": partial(relay.settle_after, **paid),
        "sessions": partial(relay.forget_sessions, sessions=storage.sessions),
    }
    return Shop(
        **_people(storage, begin, clock, entropy, limiter),
        **_goods(begin, clock, made),
        **_sales(paid, made),
        drain=_drain(storage, consumers, failures),
        catalogue=storage.catalogue,
        documents=cast(CatalogueDocuments, None),
        carts=storage.carts,
        orders=storage.orders,
        accounts=storage.accounts,
        office=storage.office,
        sessions=storage.sessions,
        ping=storage.ping,
        close=storage.close,
    )


def _people(
    storage: Storage, begin: Begin, clock: Clock, entropy: Entropy, limiter: MemoryRateLimiter
) -> dict[str, Any]:
    hasher, sessions = MemoryHasher(), storage.sessions
    guarded = {"begin": begin, "limiter": limiter}
    fresh = {"begin": begin, "clock": clock, "entropy": entropy, "hasher": hasher}
    proven = {**guarded, "hasher": hasher, "sessions": sessions, "common": COMMON}
    return {
        "register": partial(accounts.register, **fresh, limiter=limiter, common=COMMON),
        "create_staff": partial(accounts.create_staff, **fresh, common=COMMON),
        "verify_email": partial(accounts.verify_email, **guarded, clock=clock),
        "request_password_reset": partial(
            accounts.request_password_reset, **guarded, entropy=entropy
        ),
        "reset_password": partial(accounts.reset_password, **proven, clock=clock),
        "change_password": partial(accounts.change_password, **proven),
        "rename": partial(accounts.rename, begin=begin),
        "sign_in": partial(
            signing_in.sign_in, **fresh, limiter=limiter, sessions=sessions, lasting=SESSION_LIFE
        ),
        "end_sessions": partial(signing_in.end_sessions, begin=begin, sessions=sessions),
    }


def _goods(begin: Begin, clock: Clock, made: Mapping[str, Any]) -> dict[str, Any]:
    timed = {"begin": begin, "clock": clock}
    return {
        "create_watch": partial(cataloguing.create_watch, **made),
        "revise_watch": partial(cataloguing.revise_watch, **timed),
        "publish_watch": partial(cataloguing.publish_watch, **timed),
        "withdraw_watch": partial(cataloguing.withdraw_watch, **timed),
        "open_offer": partial(cataloguing.open_offer, **made),
        "reprice_offer": partial(cataloguing.reprice_offer, begin=begin),
        "close_offer": partial(cataloguing.close_offer, **timed),
        "receive_pieces": partial(stocking.receive_pieces, **made),
        "hold_pieces": partial(stocking.hold_pieces, **timed),
        "release_hold": partial(stocking.release_hold, begin=begin),
    }


def _sales(paid: Mapping[str, Any], made: Mapping[str, Any]) -> dict[str, Any]:
    timed = {"begin": made["begin"], "clock": made["clock"]}
    return {
        "put_cart_line": partial(shopping.put_cart_line, **made),
        "remove_cart_line": partial(shopping.remove_cart_line, **timed),
        "place_order": partial(ordering.place_order, **made, gateway=paid["gateway"]),
        "cancel_order": partial(fulfilling.cancel_order, **paid),
        "ship_order": partial(fulfilling.ship_order, **paid),
        "settle_payment": partial(paying.settle_payment, **paid),
    }


def _drain(
    storage: Storage, consumers: Mapping[str, Callable[[Event], None]], failures: Failures
) -> Callable[[], int]:
    return partial(
        relay.drain,
        storage.deliveries,
        consumers,
        failed=lambda lease, error: failures.append((lease, error)),
        spread=lambda: 1.0,
    )


def _no_speller(vocabulary: Vocabulary) -> Speller:
    raise NotImplementedError(vocabulary)
