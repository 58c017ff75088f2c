"""What a page may load: nothing but our own, except where a card's details are typed."""

import re
from typing import Final

_POLICY: Final = (
    "default-src 'none'; script-src 'self'{script}; style-src 'self'; img-src 'self' data:;"
    " font-src 'self'; connect-src 'self'{connect}; manifest-src 'self'; form-action 'self';"
    "{frame} base-uri 'none'; frame-ancestors 'none'"
)
POLICY: Final = _POLICY.format(script="", connect="", frame="")
# Stripe wants its script from its own address, and types and confirms cards in its own frames.
STRIPE_POLICY: Final = _POLICY.format(
    script=" https://js.stripe.com",
    connect=" https://api.stripe.com",
    frame=" frame-src https://js.stripe.com https://hooks.stripe.com;",
)
_CHECKOUT: Final = re.compile(r"(?:[a-z]{2}/)?checkout/")


def page_policy(path: str, *, stripe: bool) -> str:
    """The Content-Security-Policy of the page at a path, which has no slash before it."""
    return STRIPE_POLICY if stripe and _CHECKOUT.fullmatch(path) else POLICY
