"""Every endpoint by every role: who may, and who is told 401 or 403. 0 wrong cells."""

import pytest
from flask import Flask
from tests.http.site import ROLES, Browser, Site, a_site

from watchstore.entrypoints.http.permissions import PUBLIC, UndeclaredRoute, require_declared

ID = "5bd0bcf0-4b5f-4a6e-9d53-0f2d0b1f6a11"
NUMBER = "WS-AAAAAAAAAA"
ALL = frozenset(ROLES)
MEMBERS = ALL - {"guest"}
CLERKS = frozenset({"clerk", "manager"})
MANAGERS = frozenset({"manager"})

MAY = {
    "GET /api/v1/health/live": ALL,
    "GET /api/v1/health/ready": ALL,
    "GET /api/v1/orders/<number>/invoice.pdf": ALL,
    "GET /api/v1/orders/<number>/credit-notes/<credit_note>.pdf": ALL,
    "GET /api/v1/office/orders/<number>/invoice.pdf": CLERKS,
    "GET /api/v1/office/orders/<number>/credit-notes/<credit_note>.pdf": CLERKS,
    "POST /api/v1/session": ALL,
    "GET /api/v1/session": ALL,
    "GET /api/v1/sessions": MEMBERS,
    "DELETE /api/v1/sessions/<uuid:session_id>": MEMBERS,
    "POST /api/v1/account": ALL,
    "GET /api/v1/account": MEMBERS,
    "PATCH /api/v1/account": MEMBERS,
    "POST /api/v1/account/verification": ALL,
    "POST /api/v1/account/verification-mail": ALL,
    "GET /api/v1/account/addresses": MEMBERS,
    "POST /api/v1/account/addresses": MEMBERS,
    "PUT /api/v1/account/addresses/<uuid:address_id>": MEMBERS,
    "DELETE /api/v1/account/addresses/<uuid:address_id>": MEMBERS,
    "GET /api/v1/account/wishlist": MEMBERS,
    "POST /api/v1/account/wishlist": MEMBERS,
    "DELETE /api/v1/account/wishlist/<slug>": MEMBERS,
    "GET /api/v1/account/returns": MEMBERS,
    "GET /api/v1/account/export": MEMBERS,
    "DELETE /api/v1/account": MEMBERS,
    "PUT /api/v1/account/password": MEMBERS,
    "POST /api/v1/account/password-reset": ALL,
    "PUT /api/v1/account/password-reset": ALL,
    "GET /api/v1/watches": ALL,
    "GET /api/v1/watches/suggest": ALL,
    "GET /api/v1/watches/<slug>": ALL,
    "GET /api/v1/watches/<slug>/picture.svg": ALL,
    "GET /api/v1/watches/<slug>/wrist.svg": ALL,
    "GET /api/v1/brands": ALL,
    "GET /api/v1/cart": ALL,
    "PUT /api/v1/cart/lines/<uuid:offer_id>": ALL,
    "DELETE /api/v1/cart/lines/<uuid:offer_id>": ALL,
    "POST /api/v1/checkouts": ALL,
    "GET /api/v1/checkouts/<uuid:checkout_id>": ALL,
    "PATCH /api/v1/checkouts/<uuid:checkout_id>": ALL,
    "DELETE /api/v1/checkouts/<uuid:checkout_id>": ALL,
    "POST /api/v1/checkouts/<uuid:checkout_id>/order": ALL,
    "POST /api/v1/orders": ALL,
    "GET /api/v1/orders": MEMBERS,
    "GET /api/v1/orders/<number>": ALL,
    "POST /api/v1/orders/<number>/cancel": ALL,
    "GET /api/v1/office/watches": CLERKS,
    "GET /api/v1/office/watches/<slug>": CLERKS,
    "POST /api/v1/office/watches": MANAGERS,
    "PATCH /api/v1/office/watches/<slug>": MANAGERS,
    "POST /api/v1/office/watches/<slug>/publish": MANAGERS,
    "POST /api/v1/office/watches/<slug>/withdraw": MANAGERS,
    "POST /api/v1/office/watches/<slug>/offers": MANAGERS,
    "PATCH /api/v1/office/offers/<uuid:offer_id>": MANAGERS,
    "POST /api/v1/office/offers/<uuid:offer_id>/close": MANAGERS,
    "GET /api/v1/office/stock": CLERKS,
    "GET /api/v1/office/offers/<uuid:offer_id>/pieces": CLERKS,
    "POST /api/v1/office/offers/<uuid:offer_id>/pieces": CLERKS,
    "POST /api/v1/office/imports": MANAGERS,
    "POST /api/v1/office/imports/offers": MANAGERS,
    "GET /api/v1/office/exports/catalogue.csv": MANAGERS,
    "GET /api/v1/office/exports/published.json": MANAGERS,
    "GET /api/v1/office/orders": CLERKS,
    "GET /api/v1/office/orders/<number>": CLERKS,
    "POST /api/v1/office/orders/<number>/ship": CLERKS,
    "POST /api/v1/office/orders/<number>/cancel": CLERKS,
    "GET /api/v1/office/vouchers": MANAGERS,
    "POST /api/v1/office/vouchers": MANAGERS,
    "POST /api/v1/office/vouchers/<code>/close": MANAGERS,
    "GET /api/v1/office/outbox": MANAGERS,
    "POST /api/v1/office/outbox/<uuid:event_id>/replay": MANAGERS,
    "POST /api/v1/orders/track": ALL,
    "GET /api/v1/payment-methods": ALL,
    "POST /api/v1/payments/webhooks/<gateway>": ALL,
    "POST /api/v1/payments/challenges": ALL,
    "POST /api/v1/orders/<number>/payment": ALL,
    "POST /api/v1/orders/<number>/returns": ALL,
    "POST /api/v1/office/orders/<number>/deliver": CLERKS,
    "POST /api/v1/office/pieces/<uuid:piece_id>/restock": CLERKS,
    "POST /api/v1/office/orders/<number>/returns/<uuid:return_id>/approve": CLERKS,
    "POST /api/v1/office/orders/<number>/returns/<uuid:return_id>/decline": CLERKS,
    "POST /api/v1/office/orders/<number>/returns/<uuid:return_id>/receive": CLERKS,
    "POST /api/v1/office/orders/<number>/returns/<uuid:return_id>/inspect": MANAGERS,
    "POST /api/v1/office/orders/<number>/returns/<uuid:return_id>/repay": MANAGERS,
    "POST /api/v1/office/orders/<number>/refunds": MANAGERS,
    "POST /api/v1/office/orders/<number>/leave-out": MANAGERS,
    "GET /api/v1/openapi.json": ALL,
    "GET /api/v1/docs": ALL,
    # These end the session that the other cells need.
    "DELETE /api/v1/sessions": MEMBERS,
    "DELETE /api/v1/session": ALL,
}
FILLED = {"<slug>": "no-such-watch", "<number>": NUMBER, "<code>": "NONE", "<gateway>": "test"}
FILLED |= {"<credit_note>": "C2026-000001"}
FILLED |= {
    f"<uuid:{name}>": ID
    for name in (
        "offer_id",
        "session_id",
        "checkout_id",
        "event_id",
        "return_id",
        "piece_id",
        "address_id",
    )
}
_ACCESS_CODES = {"not_signed_in", "not_permitted"}


def live_routes(app: Flask) -> set[str]:
    return {
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def test_every_live_route_is_in_the_matrix(site: Site) -> None:
    assert live_routes(site.app) == set(MAY)


@pytest.fixture(scope="module")
def crowd() -> dict[str, Browser]:
    """One site, one browser a role: refused bodies change nothing between cells."""
    site = a_site()
    browsers = {role: site.signed_in(role) for role in ROLES if role != "guest"}
    return {"guest": site.browser(), **browsers}


@pytest.mark.parametrize("role", ROLES)
def test_no_cell_is_wrong(crowd: dict[str, Browser], role: str) -> None:
    wrong = {}
    for route, roles in MAY.items():
        told = call(crowd[role], route)
        expected = "may" if role in roles else "401" if role == "guest" else "403"
        if told != expected:
            wrong[route] = told
    assert wrong == {}


def call(browser: Browser, route: str) -> str:
    method, path = route.split()
    for name, value in FILLED.items():
        path = path.replace(name, value)
    answer = browser.call(method, path, {} if method in {"POST", "PUT", "PATCH"} else None)
    assert answer.status_code < 500, route
    refused = answer.is_json and answer.json.get("code") in _ACCESS_CODES
    return str(answer.status_code) if refused else "may"


def test_an_application_with_an_undeclared_route_does_not_start(site: Site) -> None:
    site.app.add_url_rule("/forgotten", "forgotten", lambda: "open")
    with pytest.raises(UndeclaredRoute, match="/forgotten"):
        require_declared(site.app, dict.fromkeys(["docs.docs"], PUBLIC))
