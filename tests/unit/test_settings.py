import re
from dataclasses import fields
from pathlib import Path

import pytest
from docs.settings import PAGE, page

from watchstore.entrypoints.settings import Settings, SettingsError, env_example, load_settings

ROOT = Path(__file__).resolve().parents[2]


def faults(**environ: str) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as refused:
        load_settings(environ)
    return refused.value.faults


def test_an_empty_environment_is_a_laptop() -> None:
    settings = load_settings({})
    assert settings.database_url == ""
    assert settings.redis_url == ""
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.public_url == "http://127.0.0.1:8000"
    assert settings.metrics_port is None
    assert settings.frontend is None


def test_values_are_parsed_and_stripped() -> None:
    settings = load_settings({"PORT": " 9000 ", "LOG_LEVEL": "WARNING", "DATA": "/srv/shop"})
    assert settings.port == 9000
    assert settings.log_level == "warning"
    assert settings.data == Path("/srv/shop")
    assert settings.public_url == "http://127.0.0.1:9000"


def test_every_fault_is_named_at_once() -> None:
    found = faults(PORT="0", WEB_THREADS="many", DATABASE_URL="sqlite:///x", FRONTEND="/nowhere/at")
    assert [fault.partition(":")[0] for fault in found] == [
        "DATABASE_URL",
        "PORT",
        "WEB_THREADS",
        "FRONTEND",
    ]


def test_the_message_has_one_line_per_fault_and_no_value() -> None:
    with pytest.raises(SettingsError) as refused:
        load_settings({"DATABASE_URL": "mysql://root:hunter2@db/shop", "SMTP_URL": "hunter2"})
    assert len(str(refused.value).splitlines()) == 2
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg2"])
def test_postgres_urls_name_the_installed_driver(scheme: str) -> None:
    settings = load_settings({"DATABASE_URL": f"{scheme}://u:p@db:5432/shop?sslmode=require"})
    assert settings.database_url == "postgresql+psycopg2://u:p@db:5432/shop?sslmode=require"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgresql+asyncpg://db/shop"),
        ("DATABASE_URL", "postgresql://db"),
        ("REDIS_URL", "http://cache"),
        ("REDIS_URL", "redis://cache:port/0"),
        ("GATEWAY_URL", "gateway:80"),
        ("PORT", "65536"),
        ("PORT", "80_00"),
        ("PORT", "٨٠"),
        ("PUBLIC_URL", "https://shop.example/path"),
        ("PUBLIC_URL", "https://user@shop.example"),
        ("SMTP_URL", "smtp://"),
        ("MAIL_FROM", "nobody"),
        ("MAIL_FROM", "a@b\nBcc: c@d"),
        ("SESSION_DAYS", "91"),
        ("CACHE_SECONDS", "6"),
        ("CACHE_SECONDS", "-1"),
        ("LOG_LEVEL", "loud"),
    ],
)
def test_a_wrong_value_is_refused(name: str, value: str) -> None:
    (fault,) = faults(**{name: value})
    assert fault.startswith(f"{name}: must be ")


def test_metrics_need_a_port_of_their_own() -> None:
    assert faults(PORT="9000", METRICS_PORT="9000") == ("METRICS_PORT: must differ from PORT",)


def test_public_url_is_an_origin_as_browsers_send_it() -> None:
    settings = load_settings({"PUBLIC_URL": "https://Shop.Example:8443/"})
    assert settings.public_url == "https://shop.example:8443"


def test_listening_everywhere_still_gives_a_link_that_works() -> None:
    assert load_settings({"HOST": "0.0.0.0"}).public_url == "http://127.0.0.1:8000"


def test_the_example_file_is_what_the_code_says() -> None:
    assert (ROOT / ".env.example").read_text() == env_example()


def test_the_example_file_loads_to_the_defaults() -> None:
    lines = env_example().splitlines()
    environ = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert environ.keys() == {item.name.upper() for item in fields(Settings)}
    assert load_settings(environ) == load_settings({})


STRIPE = {
    "STRIPE_SECRET_KEY": "sk_test_hunter2",
    "STRIPE_PUBLISHABLE_KEY": "pk_test_hunter3",
    "STRIPE_WEBHOOK_SECRET": "whsec_hunter2",
}
LIVE = STRIPE | {
    "STRIPE_SECRET_KEY": "sk_live_hunter2",
    "STRIPE_PUBLISHABLE_KEY": "pk_live_hunter3",
}


@pytest.mark.parametrize("environ", [STRIPE, LIVE, STRIPE | {"STRIPE_WEBHOOK_SECRET": ""}])
def test_stripe_needs_its_keys(environ: dict[str, str]) -> None:
    settings = load_settings(environ)
    assert settings.stripe_secret_key == environ["STRIPE_SECRET_KEY"]
    assert settings.challenge_minutes == 30


@pytest.mark.parametrize(
    ("environ", "name", "why"),
    [
        ({"GATEWAY_URL": "http://127.0.0.1:9"}, "STRIPE_SECRET_KEY", "one gateway at a time"),
        ({"STRIPE_PUBLISHABLE_KEY": ""}, "STRIPE_PUBLISHABLE_KEY", "is missing"),
        ({"STRIPE_PUBLISHABLE_KEY": "pk_test_123"}, "STRIPE_PUBLISHABLE_KEY", "one key is live"),
        ({"STRIPE_WEBHOOK_SECRET": ""}, "STRIPE_WEBHOOK_SECRET", "is missing"),
        ({"STRIPE_API_URL": "http://stripe.example"}, "STRIPE_API_URL", "must be https"),
        ({"STRIPE_SECRET_KEY": "pk_live_hunter3"}, "STRIPE_SECRET_KEY", "must start with sk_"),
        ({"STRIPE_WEBHOOK_SECRET": "hunter2"}, "STRIPE_WEBHOOK_SECRET", "must start with whsec_"),
        ({"CHALLENGE_MINUTES": "0"}, "CHALLENGE_MINUTES", "must be a whole number"),
    ],
)
def test_what_is_wrong_with_stripe_is_named(environ: dict[str, str], name: str, why: str) -> None:
    (fault,) = faults(**{**LIVE, **environ})
    assert fault.startswith(f"{name}: ")
    assert why in fault
    assert "hunter" not in fault


def test_the_page_is_what_the_code_says() -> None:
    assert PAGE.read_text() == page()


def test_another_default_makes_the_page_stale() -> None:
    assert "| `PORT` | `8000` |" in page()
    assert PAGE.read_text().replace("`8000`", "`80`") != page()


GIVEN = {
    "DATABASE_URL": "postgresql://shop:canary-1@db/shop",
    "REDIS_URL": "rediss://:canary-2@cache/0",
    "SMTP_URL": "smtp://shop:canary-3@mail:587",
    "GATEWAY_SECRET": "canary-4",
    "STRIPE_SECRET_KEY": "sk_test_canary-5",
    "STRIPE_PUBLISHABLE_KEY": "pk_test_shown",
    "STRIPE_WEBHOOK_SECRET": "whsec_canary-6",
}


def test_no_secret_is_shown() -> None:
    shown = repr(load_settings(GIVEN))
    assert "canary" not in shown
    assert "port=8000" in shown


def test_what_sounds_like_a_secret_is_one() -> None:
    secret = {item.name for item in fields(Settings) if item.metadata["secret"]}
    named = re.compile(r"secret|password|token|(?<!publishable_)key")
    assert {item.name for item in fields(Settings) if named.search(item.name)} <= secret
    assert secret == {name.lower() for name in GIVEN} - {"stripe_publishable_key"}
