"""The composition root: the only module that names adapters.

Providers are called here and nowhere else; nothing is wired or injected by name, because that
fails silently. What is shared is a ThreadSafeSingleton; nothing does I/O when it is built.
What not every shop needs, and is slow to import, is imported where it is asked for.
"""

import random
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path

from dependency_injector import containers, providers

from watchstore.adapters.argon2 import Argon2Hasher, common_passwords
from watchstore.adapters.files import FileMailer, FolderPages
from watchstore.adapters.memory import (
    MemoryGateway,
    MemoryHasher,
    MemoryMailer,
    MemoryRateLimiter,
    MemoryStorage,
    PlainPrinter,
)
from watchstore.adapters.orjson import EncodedCatalogue
from watchstore.adapters.postgres import PostgresStorage, migrate
from watchstore.adapters.rapidfuzz.speller import RapidfuzzSpeller
from watchstore.adapters.system import SystemClock, SystemEntropy
from watchstore.adapters.testgateway import AbsentGateway, HttpTestGateway, TestGatewayNotices
from watchstore.entrypoints.publishing import Choose, Released, Site, own_frontend
from watchstore.entrypoints.relay_log import delivery_failed, report
from watchstore.entrypoints.settings import Settings
from watchstore.entrypoints.trading import methods_of, terms_of
from watchstore.service_layer.answers import PaymentMethods
from watchstore.service_layer.ports import (
    Clock,
    Entropy,
    Mailer,
    NoticeReader,
    PageStore,
    PasswordHasher,
    PaymentGateway,
    Printer,
    RateLimiter,
    SessionLookup,
    StandInBank,
)
from watchstore.service_layer.ports.storage import Storage
from watchstore.service_layer.queries import CatalogueDocuments
from watchstore.service_layer.shop import Ports, Shop

__all__ = ["Container", "MemoryContainer", "migrate"]


def _unheard(_result: str) -> None:
    """Nobody counts what the cache holds."""


def _spread() -> float:
    return random.uniform(0.8, 1.3)  # noqa: S311 - jitter, not a secret


def _storage(settings: Settings) -> Storage:
    return PostgresStorage(
        settings.database_url, pool_size=settings.pool_size, speller=RapidfuzzSpeller
    )


def _gateway(settings: Settings) -> PaymentGateway:
    if settings.stripe_secret_key:
        from watchstore.adapters.stripe import StripeGateway

        return StripeGateway(settings.stripe_secret_key, api_url=settings.stripe_api_url)
    return HttpTestGateway(settings.gateway_url) if settings.gateway_url else AbsentGateway()


def _bank(gateway: PaymentGateway) -> StandInBank | None:
    return gateway if isinstance(gateway, HttpTestGateway | MemoryGateway) else None


def _mailer(settings: Settings) -> Mailer:
    if settings.smtp_url:
        from watchstore.adapters.smtp import SmtpMailer

        return SmtpMailer(settings.smtp_url, settings.mail_from)
    return FileMailer(settings.mail_folder or settings.data / "mail")


def _printer() -> Printer:
    from watchstore.adapters.fpdf2 import PdfPrinter

    return PdfPrinter()


def _sessions(settings: Settings, storage: Storage) -> SessionLookup:
    if not settings.redis_url:
        return storage.sessions
    from watchstore.adapters.redis import CachedSessions, connect

    return CachedSessions(storage.sessions, connect(settings.redis_url))


def _documents(
    settings: Settings, storage: Storage, heard: Callable[[str], None]
) -> CatalogueDocuments:
    encoded = EncodedCatalogue(storage.catalogue)
    if not settings.redis_url or not settings.cache_seconds:
        return encoded
    from watchstore.adapters.redis import CachedDocuments, connect

    return CachedDocuments(
        encoded,
        storage.catalogue.version,
        connect(settings.redis_url),
        lifetime=settings.cache_seconds,
        heard=heard,
    )


def _limiter(settings: Settings, clock: Clock) -> RateLimiter:
    if not settings.redis_url:
        return MemoryRateLimiter(clock)
    from watchstore.adapters.redis import RedisRateLimiter, connect

    return RedisRateLimiter(connect(settings.redis_url))


def _notices(settings: Settings) -> Mapping[str, NoticeReader]:
    readers: dict[str, NoticeReader] = {}
    if settings.gateway_secret:
        readers["test"] = TestGatewayNotices(settings.gateway_secret)
    if settings.stripe_webhook_secret:
        from watchstore.adapters.stripe import StripeNotices

        readers["stripe"] = StripeNotices(settings.stripe_webhook_secret)
    return readers


def _pages(settings: Settings) -> PageStore:
    bucket = settings.publish_to.removeprefix("s3://")
    if bucket == settings.publish_to:
        return FolderPages(Path(settings.publish_to))
    from watchstore.adapters.s3 import S3Pages, connect

    return S3Pages(connect(), bucket, notes_bucket=settings.releases_bucket)


def _frontends(settings: Settings) -> Choose:
    if not settings.releases_bucket:
        return own_frontend
    from watchstore.adapters.s3 import S3Releases, connect

    return Released(S3Releases(connect(), settings.releases_bucket).fetch, settings.release)


class Container(containers.DeclarativeContainer):
    """The shop on PostgreSQL, with Redis and SMTP where the settings name them."""

    settings = providers.Dependency(instance_of=Settings)

    clock: providers.Provider[Clock] = providers.ThreadSafeSingleton(SystemClock)
    entropy: providers.Provider[Entropy] = providers.ThreadSafeSingleton(SystemEntropy)
    storage: providers.Provider[Storage] = providers.ThreadSafeSingleton(_storage, settings)
    sessions: providers.Provider[SessionLookup] = providers.ThreadSafeSingleton(
        _sessions, settings, storage
    )
    cache_heard: providers.Provider[Callable[[str], None]] = providers.Object(_unheard)
    documents: providers.Provider[CatalogueDocuments] = providers.ThreadSafeSingleton(
        _documents, settings, storage, cache_heard
    )
    limiter: providers.Provider[RateLimiter] = providers.ThreadSafeSingleton(
        _limiter, settings, clock
    )
    gateway: providers.Provider[PaymentGateway] = providers.ThreadSafeSingleton(_gateway, settings)
    hasher: providers.Provider[PasswordHasher] = providers.ThreadSafeSingleton(
        Argon2Hasher, settings.provided.hashes_at_once
    )
    mailer: providers.Provider[Mailer] = providers.ThreadSafeSingleton(_mailer, settings)
    printer: providers.Provider[Printer] = providers.ThreadSafeSingleton(_printer)
    payment_methods: providers.Provider[PaymentMethods] = providers.ThreadSafeSingleton(
        methods_of, settings
    )
    common: providers.Provider[frozenset[str]] = providers.ThreadSafeSingleton(common_passwords)

    site: providers.Provider[Site] = providers.ThreadSafeSingleton(
        Site,
        providers.ThreadSafeSingleton(_pages, settings),
        settings.provided.public_url,
        providers.ThreadSafeSingleton(_frontends, settings),
    )

    ports = providers.ThreadSafeSingleton(
        Ports,
        storage=storage,
        sessions=sessions,
        documents=documents,
        gateway=gateway,
        clock=clock,
        entropy=entropy,
        hasher=hasher,
        limiter=limiter,
        mailer=mailer,
        printer=printer,
        common_passwords=common,
        public_url=settings.provided.public_url,
        session_life=providers.Callable(timedelta, days=settings.provided.session_days),
        notices=providers.Callable(_notices, settings),
        delivery_failed=providers.Object(delivery_failed),
        spread=providers.Object(_spread),
        terms=providers.Callable(terms_of, settings),
        payment_methods=payment_methods,
        bank=providers.Callable(_bank, gateway),
        report=providers.Object(report),
    )
    shop = providers.ThreadSafeSingleton(Shop, ports)


@containers.copy(Container)
class MemoryContainer(Container):
    """The shop on in-memory adapters: no server, no file, nothing survives."""

    storage: providers.Provider[Storage] = providers.ThreadSafeSingleton(
        MemoryStorage, Container.clock, RapidfuzzSpeller
    )
    gateway: providers.Provider[PaymentGateway] = providers.ThreadSafeSingleton(MemoryGateway)
    payment_methods: providers.Provider[PaymentMethods] = providers.Object(PaymentMethods("test"))
    hasher: providers.Provider[PasswordHasher] = providers.ThreadSafeSingleton(MemoryHasher)
    mailer: providers.Provider[Mailer] = providers.ThreadSafeSingleton(MemoryMailer)
    printer: providers.Provider[Printer] = providers.ThreadSafeSingleton(PlainPrinter)
