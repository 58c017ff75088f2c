"""Accounts: register, confirm, sign in, change, sign out."""

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from playwright.sync_api import expect
from tests.browser.history import PASSWORD, an_account
from tests.browser.visit import Visit

from watchstore.domain import Email
from watchstore.service_layer.commands import RegisterAccount


@pytest.fixture
def email(visit: Visit) -> str:
    return an_account(visit.window.shop)


def sign_in(visit: Visit, email: str, password: str = PASSWORD) -> None:
    visit.page.get_by_label("E-mail").fill(email)
    visit.page.get_by_label("Password").fill(password)
    visit.submit.click()


@dataclass(frozen=True)
class Letter:
    mail: str
    link: str


def link_mailed_to(folder: Path, email: str) -> Letter:
    for path in folder.iterdir():
        message = message_from_bytes(path.read_bytes(), policy=default)
        if message["To"] == email:
            text = message.get_body(("plain",)).get_content()
            return Letter(path.name, re.search(r"https?://\S+#\S+", text).group())
    raise LookupError(email)


def test_a_guests_bag_follows_into_the_account(visit: Visit, email: str) -> None:
    visit.put_in_bag(visit.window.take())
    visit.page.goto("/sign-in/")
    sign_in(visit, email)
    expect(visit.page.locator("h1")).to_have_text("Good day, Ada Buyer.")
    expect(visit.page.locator("[data-bag-count]")).to_have_text("1")


def test_a_wrong_password_says_no_more_than_that(visit: Visit, email: str) -> None:
    visit.tolerated = ("401",)
    visit.page.goto("/sign-in/")
    sign_in(visit, email, "wrong horse battery")
    expect(visit.page.get_by_role("alert")).to_contain_text("address or the password")


def test_the_account_asks_to_sign_in_and_returns(visit: Visit, email: str) -> None:
    visit.page.goto("/account/")
    expect(visit.page).to_have_url(re.compile(r"/sign-in/\?next=%2Faccount%2F"))
    sign_in(visit, email)
    expect(visit.page).to_have_url(re.compile(r"/account/$"))


ELSEWHERE = (
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "/\t/evil.example/",
    "/\n/evil.example/",
    "\t//evil.example/",
    "/.//evil.example/",
    "/account/..//evil.example/",
    "https://evil.example/",
    "https:evil.example/",
    "http://127.0.0.1@evil.example/",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "/api/v1/account/export",
    "/sign-in/?next=/sign-in/",
    "account/",
)


def test_another_sites_address_is_no_way_back(visit: Visit, email: str) -> None:
    visit.page.goto("/sign-in/")
    sign_in(visit, email)
    expect(visit.page.locator("h1")).to_contain_text("Good day")
    for wanted in ELSEWHERE:
        visit.page.goto(f"/sign-in/?{urlencode({'next': wanted})}")
        way = visit.page.get_by_role("link", name="Go on")
        expect(way).to_be_visible()
        assert way.evaluate("link => link.href") == f"{visit.window.url}/account/", wanted


def test_the_way_back_is_kept_through_every_entrance(visit: Visit, email: str) -> None:
    page = visit.page
    page.goto("/account/orders/?state=paid")
    for link in ("Forgot the password?", "Sign in", "Create an account", "Sign in"):
        page.locator("main").get_by_role("link", name=link).click()
    sign_in(visit, email)
    expect(page).to_have_url(f"{visit.window.url}/account/orders/?state=paid")


def test_registering_and_confirming_by_mail(visit: Visit) -> None:
    email = f"{uuid4().hex[:10]}@example.com"
    page = visit.page
    page.goto("/sign-up/")
    page.get_by_label("Name").fill("Grace Hopper")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label(re.compile("Password")).fill(PASSWORD)
    visit.submit.click()
    expect(page.get_by_role("status").filter(has_text=email)).to_be_visible()
    page.goto(_mailed(visit, email).link)
    expect(page.get_by_role("status").filter(has_text="confirmed")).to_be_visible()
    assert "#" not in page.url
    page.get_by_role("link", name="Sign in").first.click()


def test_the_confirming_mail_comes_again(visit: Visit) -> None:
    email, page = f"{uuid4().hex[:10]}@example.com", visit.page
    visit.tolerated = ("401", "400")
    visit.window.shop.register(RegisterAccount(Email.parse(email), "Grace", PASSWORD))
    first = _mailed(visit, email)
    (visit.window.stack.folder / "mail" / first.mail).unlink()
    page.goto("/sign-in/")
    sign_in(visit, email)
    expect(page.get_by_role("alert")).to_contain_text("not confirmed yet")
    page.get_by_role("link", name="The confirming mail did not arrive?").click()
    page.get_by_label("E-mail").fill(email)
    page.get_by_role("button", name="Send the mail again").click()
    expect(page.locator("[data-told]")).to_contain_text("a new mail is on its way")
    page.goto(_mailed(visit, email).link)
    expect(page.get_by_role("status").filter(has_text="confirmed")).to_be_visible()
    page.goto("/account/")
    expect(page).to_have_url(re.compile("/sign-in/"))  # or it would break off the next visit
    page.goto(f"/verify/#{'x' * 43}")
    expect(page.get_by_role("alert")).to_contain_text("Ask for a new one")
    expect(page.get_by_role("button", name="Send the mail again")).to_be_visible()


def test_a_forgotten_password_is_replaced(visit: Visit, email: str) -> None:
    page = visit.page
    page.goto("/reset/")
    page.get_by_label("E-mail").fill(email)
    visit.submit.click()
    expect(page.locator("[data-told]")).to_contain_text("a mail is on its way")
    page.goto(_mailed(visit, email).link)
    page.get_by_label(re.compile("New password")).fill("a new horse battery")
    visit.submit.click()
    expect(page.get_by_role("status").filter(has_text="new password is set")).to_be_focused()
    page.locator("main").get_by_role("link", name="Sign in").click()
    sign_in(visit, email, "a new horse battery")
    expect(page.locator("h1")).to_contain_text("Good day")


def _mailed(visit: Visit, email: str) -> Letter:
    """The worker sends it in its own time."""
    found: list[Letter] = []

    def look() -> bool:
        try:
            found.append(link_mailed_to(visit.window.stack.folder / "mail", email))
        except (LookupError, FileNotFoundError):
            return False
        return True

    for _ in range(100):
        if look():
            return found[0]
        visit.page.wait_for_timeout(100)
    raise AssertionError(f"no mail to {email}")
