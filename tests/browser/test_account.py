"""Accounts: register, confirm, sign in, change, sign out."""

import re
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import expect
from tests.browser.visit import Visit

from watchstore.domain import Email, Role
from watchstore.service_layer.commands import CreateStaff

PASSWORD = "correct horse battery"


@pytest.fixture
def email(visit: Visit) -> str:
    """Of a verified account that nobody else uses."""
    address = f"{uuid4().hex[:10]}@example.com"
    visit.window.shop.create_staff(
        CreateStaff(Email.parse(address), "Ada Buyer", Role.CLERK, PASSWORD)
    )
    return address


def sign_in(visit: Visit, email: str, password: str = PASSWORD) -> None:
    visit.page.get_by_label("E-mail").fill(email)
    visit.page.get_by_label("Password").fill(password)
    visit.submit.click()


def link_mailed_to(folder: Path, email: str) -> str:
    for path in folder.iterdir():
        message = message_from_bytes(path.read_bytes(), policy=default)
        if message["To"] == email:
            text = message.get_body(("plain",)).get_content()
            return re.search(r"https?://\S+#\S+", text).group()
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


def test_another_sites_address_is_no_way_back(visit: Visit, email: str) -> None:
    visit.page.goto("/sign-in/?next=//evil.example/")
    sign_in(visit, email)
    expect(visit.page).to_have_url(f"{visit.window.url}/account/")


def test_orders_name_and_password_are_in_the_account(visit: Visit, email: str) -> None:
    page = visit.page
    page.goto("/sign-in/")
    sign_in(visit, email)
    expect(page.locator("h1")).to_contain_text("Good day")
    visit.to_checkout(visit.window.take())
    visit.fill(email=email)
    visit.submit.click()
    number = visit.thanked()
    page.goto("/account/")
    expect(page.get_by_role("link", name=re.compile(number))).to_be_visible()
    page.locator("[data-name] [name=name]").fill("Ada King")
    page.locator("[data-name] [type=submit]").click()
    expect(page.locator("h1")).to_have_text("Good day, Ada King.")
    page.get_by_label("Current password").fill(PASSWORD)
    page.get_by_label("New password").fill("a new horse battery")
    page.get_by_role("button", name="Change the password").click()
    expect(page.locator("[data-password]")).to_contain_text("The password is changed")
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(f"{visit.window.url}/")


def test_registering_and_confirming_by_mail(visit: Visit) -> None:
    email = f"{uuid4().hex[:10]}@example.com"
    page = visit.page
    page.goto("/sign-up/")
    page.get_by_label("Name").fill("Grace Hopper")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label(re.compile("Password")).fill(PASSWORD)
    visit.submit.click()
    expect(page.get_by_role("status").filter(has_text=email)).to_be_visible()
    page.goto(_mailed(visit, email))
    expect(page.get_by_role("status").filter(has_text="confirmed")).to_be_visible()
    assert "#" not in page.url
    page.get_by_role("link", name="Sign in").first.click()


def _mailed(visit: Visit, email: str) -> str:
    """The worker sends it in its own time."""
    found: list[str] = []

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
