"""Which gateway the settings choose, and what the pages are told of it."""

from pathlib import Path

import pytest

from watchstore.adapters.memory import MemoryGateway
from watchstore.adapters.stripe import StripeGateway
from watchstore.adapters.testgateway import AbsentGateway, HttpTestGateway
from watchstore.entrypoints import running
from watchstore.entrypoints.embedded import Servers
from watchstore.entrypoints.library import MEMORY, open_shop
from watchstore.entrypoints.settings import load_settings
from watchstore.service_layer.answers import PaymentMethods

POSTGRES = "postgresql://u@h/d"
STRIPE = {
    "stripe_secret_key": "sk_test_123",
    "stripe_publishable_key": "pk_test_123",
    "stripe_webhook_secret": "whsec_123",
}


@pytest.mark.parametrize(
    ("url", "settings", "kind", "methods"),
    [
        (POSTGRES, {}, AbsentGateway, PaymentMethods("none")),
        (POSTGRES, {"gateway_url": "http://g"}, HttpTestGateway, PaymentMethods("test")),
        (POSTGRES, STRIPE, StripeGateway, PaymentMethods("stripe", "pk_test_123")),
        (MEMORY, {}, MemoryGateway, PaymentMethods("test")),
    ],
    ids=["none", "test", "stripe", "memory"],
)
def test_the_settings_choose(url, settings, kind, methods):
    with open_shop(url, **settings) as shop:
        assert isinstance(shop.ports.gateway, kind)
        assert shop.ports.payment_methods == methods
        # Beside real cards nobody stands in for the bank.
        assert (shop.ports.bank is shop.ports.gateway) is (methods.gateway == "test")
        assert shop.ports.bank is None or methods.gateway == "test"


def test_each_that_signs_its_webhooks_has_a_reader():
    with open_shop(POSTGRES, **STRIPE, gateway_secret="s") as shop:
        assert sorted(shop.ports.notices) == ["stripe", "test"]
    with open_shop(POSTGRES) as shop:
        assert shop.ports.notices == {}


def test_the_terms_say_how_long_a_buyer_has():
    with open_shop(MEMORY, challenge_minutes="7") as shop:
        assert shop.ports.terms.challenge.total_seconds() == 420


@pytest.mark.parametrize(("stripe", "names"), [(False, ["gateway"]), (True, [])])
def test_a_laptop_starts_the_test_gateway_unless_stripe_is_chosen(
    tmp_path: Path, stripe: bool, names: list[str]
):
    given = {name.upper(): value for name, value in STRIPE.items()} if stripe else {}
    settings = load_settings({**given, "DATA": str(tmp_path)})
    environ = running._environ(settings, Servers(POSTGRES, ""))
    assert bool(environ["GATEWAY_URL"]) is not stripe
    children = [child.name for child in running._children(settings, environ)]
    assert [name for name in children if name == "gateway"] == names
