"""Environment -> frozen Settings; refuses to start when wrong, names every fault at once."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from watchstore.entrypoints.parsers import (
    country,
    database_url,
    existing_folder,
    folder,
    lines,
    mail_address,
    one_of,
    page_target,
    starting,
    text,
    url,
    web_origin,
    whole,
)


class SettingsError(Exception):
    """Every fault of the environment, one line each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


def _setting(
    parse: Callable[[str], object], default: str, purpose: str, *, secret: bool = False
) -> Any:
    """A secret one is not shown by repr, and so in no log and no trace of a crash."""
    about = {"parse": parse, "default": default, "purpose": purpose, "secret": secret}
    return field(metadata=about, repr=not secret)


def _optional(
    parse: Callable[[str], object], absent: object, purpose: str, *, secret: bool = False
) -> Any:
    """A setting that may be left empty, which means `absent`."""
    return _setting(lambda given: parse(given) if given else absent, "", purpose, secret=secret)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the shop reads from its environment: NAME is the field's name in capitals."""

    database_url: str = _optional(
        database_url, "", "PostgreSQL; empty = an embedded one in DATA (make run only)", secret=True
    )
    redis_url: str = _optional(
        url("redis", "rediss", "unix"), "", "Redis; empty = without Redis", secret=True
    )
    gateway_url: str = _optional(url("http", "https"), "", "the test payment gateway")
    gateway_secret: str = _optional(
        text,
        "",
        "what the test gateway signs its webhooks with; empty = it sends none",
        secret=True,
    )
    stripe_secret_key: str = _optional(
        starting("sk_", "rk_"), "", "Stripe's secret key; empty = Stripe is not used", secret=True
    )
    stripe_publishable_key: str = _optional(
        starting("pk_"), "", "Stripe's public key, for the pages"
    )
    stripe_webhook_secret: str = _optional(
        starting("whsec_"),
        "",
        "what Stripe signs its webhooks with; empty = it sends none",
        secret=True,
    )
    stripe_api_url: str = _optional(
        url("http", "https"), "", "a server that speaks as Stripe does; empty = Stripe's own"
    )
    challenge_minutes: int = _setting(
        whole(1, 1440), "30", "minutes a buyer has to confirm a payment with the bank (1-1440)"
    )
    host: str = _setting(text, "127.0.0.1", "address to listen on")
    port: int = _setting(whole(1, 65535), "8000", "port to listen on")
    public_url: str = _optional(
        web_origin, "", "origin that browsers see, for links; empty = http://HOST:PORT"
    )
    data: Path = _setting(folder, ".data", "folder of the embedded servers")
    web_workers: int = _setting(whole(1, 64), "2", "web processes (1-64)")
    web_threads: int = _setting(whole(1, 64), "8", "threads per web process (1-64)")
    pool_size: int = _setting(whole(1, 100), "8", "database connections per process (1-100)")
    smtp_url: str = _optional(
        url("smtp", "smtps"),
        "",
        "smtp://user:password@host:port; empty = mail goes to MAIL_FOLDER",
        secret=True,
    )
    mail_from: str = _setting(mail_address, "shop@watchstore.example", "sender of all mail")
    mail_folder: Path | None = _optional(folder, None, "folder that mail is written to; optional")
    session_days: int = _setting(whole(1, 90), "14", "days a sign-in lasts (1-90)")
    hold_minutes: int = _setting(whole(1, 60), "10", "minutes a checkout holds its watches (1-60)")
    most_held: int = _setting(whole(1, 200), "10", "watches a checkout holds at most (1-200)")
    home_country: str = _setting(
        country, "DE", "where the shop is: what is picked up is taxed there"
    )
    seller_name: str = _setting(text, "Watchstore", "the seller, on invoices and in mails")
    seller_address: tuple[str, ...] = _setting(
        lines,
        "Beispielstraße 1, 10115 Berlin, Germany",
        "where the seller is, for invoices: lines parted by commas",
    )
    seller_tax_id: str = _setting(text, "DE000000000", "the seller's VAT number, for invoices")
    tax_display: str = _setting(
        one_of("inclusive", "exclusive"), "inclusive", "prices include tax, or tax is added"
    )
    hashes_at_once: int = _setting(whole(1, 64), "2", "parallel password hashes per process (1-64)")
    trusted_proxies: int = _setting(whole(0, 5), "0", "proxies in front of the shop (0-5)")
    cache_seconds: int = _setting(
        whole(0, 5), "5", "greatest age of availability in cached catalogue answers (0-5)"
    )
    log_level: str = _setting(
        one_of("debug", "info", "warning", "error"),
        "info",
        "what is logged; info has a line for each request",
    )
    metrics_port: int | None = _optional(
        whole(1, 65534), None, "internal port of /metrics, another for each process; empty = none"
    )
    otel_exporter_otlp_endpoint: str = _optional(
        url("http", "https"),
        "",
        "OpenTelemetry collector of traces (OTLP by HTTP), needs the extra otel; empty = no traces",
    )
    frontend: Path | None = _optional(
        existing_folder, None, "folder of the built storefront to serve; empty = API only"
    )
    publish_to: str = _optional(
        page_target,
        "",
        "folder or s3://bucket[/prefix] that the storefront is published to and the worker keeps"
        " up to date; empty = s3://PAGES_BUCKET if that is set, else nothing",
    )
    pages_bucket: str = _optional(text, "", "bucket behind the CDN, for PUBLISH_TO")
    releases_bucket: str = _optional(
        text, "", "private bucket of the frontend's releases and the publisher's notes; S3 only"
    )
    release: str = _optional(
        text, "", "release to publish with; empty = the one published last, or what is installed"
    )


def load_settings(environ: Mapping[str, str]) -> Settings:
    """Read all settings, or raise SettingsError with everything that is wrong."""
    values: dict[str, Any] = {}
    faults: list[str] = []
    for item in fields(Settings):
        name = item.name.upper()
        given = environ.get(name, "").strip() or item.metadata["default"]
        try:
            values[item.name] = item.metadata["parse"](given)
        except ValueError as error:
            faults.append(f"{name}: {error}")
    faults += disagreements(values)
    if faults:
        raise SettingsError(faults)
    settings = Settings(**values)
    if settings.pages_bucket and not settings.publish_to:
        settings = replace(settings, publish_to=f"s3://{settings.pages_bucket}")
    return settings if settings.public_url else replace(settings, public_url=_local_url(settings))


def disagreements(values: Mapping[str, Any]) -> Iterator[str]:
    """What each setting alone cannot know. What could not be read is told of already."""
    if values.get("metrics_port") is not None and values["metrics_port"] == values.get("port"):
        yield "METRICS_PORT: must differ from PORT"
    secret, public = values.get("stripe_secret_key"), values.get("stripe_publishable_key")
    if secret and values.get("gateway_url"):
        yield "STRIPE_SECRET_KEY: must be empty when GATEWAY_URL is set: one gateway at a time"
    if secret and public == "":
        yield "STRIPE_PUBLISHABLE_KEY: is missing, without it no page can take a card"
    if secret and public and _is_live(secret) != _is_live(public):
        yield "STRIPE_PUBLISHABLE_KEY: one key is live and the other is for tests"
    if secret and _is_live(secret) and (values.get("stripe_api_url") or "").startswith("http:"):
        yield "STRIPE_API_URL: must be https for a live key"
    if secret and _is_live(secret) and values.get("stripe_webhook_secret") == "":
        yield "STRIPE_WEBHOOK_SECRET: is missing, without it no live payment is told of"
    on_s3 = values.get("pages_bucket") or values.get("publish_to", "").startswith("s3://")
    if on_s3 and not values.get("releases_bucket"):
        yield "RELEASES_BUCKET: must be set to publish to S3"


def _is_live(key: str) -> bool:
    return "_live_" in key


def env_example() -> str:
    """Render .env.example: every setting with its default and what it is for."""
    lines = ["# Settings of the shop. Copy to .env and change; every line is optional."]
    for item in fields(Settings):
        lines += [
            "",
            f"# {item.metadata['purpose']}",
            f"{item.name.upper()}={item.metadata['default']}",
        ]
    return "\n".join(lines) + "\n"


def _local_url(settings: Settings) -> str:
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(settings.host, settings.host)  # noqa: S104
    return f"http://{host}:{settings.port}"
