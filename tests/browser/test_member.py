"""The pages of the account: what they show, change, and survive."""

import json
import re
from collections.abc import Callable
from contextlib import ExitStack, closing

import pytest
from playwright.sync_api import Browser, Page, Response, Route, expect
from tests.browser.history import ADDRESS, PASSWORD, History, an_account, ok, signed_in
from tests.browser.visit import Visit


class TestOrders:
    def test_are_narrowed_by_state_in_the_address(self, visit: Visit, history: History) -> None:
        paid, gone = (history.order((visit.window.take().offer, 1)) for _ in range(2))
        history.cancel(gone)
        page = visit.page
        page.goto("/account/")
        page.get_by_role("navigation", name="Your account").get_by_role(
            "link", name="Orders"
        ).click()
        rows = page.locator(".orders li")
        expect(rows).to_have_count(2)
        page.locator("#state").select_option("cancelled")
        expect(page).to_have_url(re.compile(r"\?state=cancelled$"))
        expect(rows).to_have_count(1)
        expect(rows).to_contain_text(gone)
        expect(page.locator("#state")).to_be_focused()
        page.locator("#state").select_option("delivered")
        expect(page.locator("main")).to_contain_text("None of your orders is in this state.")
        page.go_back()
        expect(rows).to_contain_text(gone)
        page.reload()
        rows.get_by_role("link").click()
        expect(page.locator("h1")).to_have_text(f"Order {gone}")
        page.get_by_role("link", name="All your orders").click()
        expect(page.locator(".orders")).to_contain_text(paid)

    def test_go_on_a_page_at_a_time(self, visit: Visit, history: History) -> None:
        spare = visit.window.take(), visit.window.take()
        numbers = [history.order((one.offer, 1)) for one in (*spare, spare[0])]

        def two_at_a_time(route: Route) -> None:
            route.continue_(url=f"{route.request.url}&limit=2")

        visit.page.route("**/api/v1/orders?*", two_at_a_time)
        visit.page.goto("/account/orders/")
        rows = visit.page.locator(".orders li")
        expect(rows).to_have_count(2)
        visit.page.get_by_role("button", name="Earlier orders").click()
        expect(rows).to_have_count(3)
        expect(rows.nth(2).locator("a")).to_be_focused()
        expect(rows.nth(2)).to_contain_text(numbers[0])
        expect(visit.page.get_by_role("button", name="Earlier orders")).to_have_count(0)

    def test_a_late_answer_does_not_hide_a_newer_one(self, visit: Visit, history: History) -> None:
        paid, gone = (history.order((visit.window.take().offer, 1)) for _ in range(2))
        history.cancel(gone)
        page, held = visit.page, []
        page.goto("/account/orders/")
        expect(page.locator(".orders li")).to_have_count(2)
        page.route("**/api/v1/orders?state=paid", lambda route: held.append(route))
        page.locator("#state").select_option("paid")
        page.wait_for_function("() => location.search === '?state=paid'")
        page.locator("#state").select_option("cancelled")
        expect(page.locator(".orders li")).to_have_count(1)
        for route in held:
            route.abort()
        expect(page.locator(".orders li")).to_contain_text(gone)
        expect(page.locator("main")).not_to_contain_text(paid)


class TestAddresses:
    def test_are_added_changed_preferred_and_removed(self, visit: Visit, history: History) -> None:
        page = visit.page
        page.goto("/account/addresses/")
        expect(page.locator("main")).to_contain_text("No addresses yet")
        page.get_by_role("button", name="Add an address").press("Enter")
        expect(page.locator("#editing")).to_be_focused()
        page.get_by_role("button", name="Save").click()
        expect(page.locator("#f-street-fault")).not_to_be_empty()
        for name in ("name", "street", "city", "postcode"):
            page.locator(f"main [name={name}]").fill(ADDRESS[name])
        page.get_by_label("Country").select_option("CH")
        page.get_by_role("button", name="Save").dblclick()
        plates = page.locator(".plates .plate")
        expect(plates).to_have_count(1)
        expect(plates).to_contain_text("Offered first")
        ok(history.buyer.post("/account/addresses", {**ADDRESS, "street": "Gasse 2"}))
        page.reload()
        page.get_by_role("button", name="Offer Gasse 2 first").click()
        expect(plates.first).to_contain_text("Gasse 2")
        expect(plates.first).to_contain_text("Offered first")
        page.get_by_role("button", name="Change Gasse 2").click()
        page.locator("main [name=street]").fill("Gasse 3")
        page.get_by_role("button", name="Save").click()
        expect(plates.first).to_contain_text("Gasse 3")
        page.get_by_role("button", name="Remove Gasse 3").click()
        expect(plates).to_have_count(1)
        page.get_by_role("button", name="Undo").click()
        expect(plates.first).to_contain_text("Gasse 3")

    def test_have_an_end_that_is_told(self, visit: Visit, history: History) -> None:
        for _ in range(10):
            ok(history.buyer.post("/account/addresses", ADDRESS))
        visit.page.goto("/account/addresses/")
        expect(visit.page.locator("main")).to_contain_text("An account keeps 10 addresses.")
        expect(visit.page.get_by_role("button", name="Add an address")).to_have_count(0)


class TestTheProfile:
    def test_changes_name_and_password(self, visit: Visit, history: History) -> None:
        visit.tolerated = ("401",)
        page = visit.page
        page.goto("/account/profile/")
        page.get_by_label("Name").fill("Ada King")
        page.get_by_role("button", name="Save").click()
        expect(page.locator("[data-name]")).to_contain_text("Saved.")
        page.get_by_label("Current password").fill("not this one")
        page.get_by_label("New password").fill("a new horse battery")
        page.get_by_role("button", name="Change the password").click()
        expect(page.get_by_role("alert").filter(has_text="current password")).to_be_visible()
        page.get_by_label("Current password").fill(PASSWORD)
        page.get_by_role("button", name="Change the password").click()
        expect(page.locator("[data-password]")).to_contain_text("The password is changed")
        page.goto("/account/")
        expect(page.locator("h1")).to_have_text("Good day, Ada King.")

    def test_signs_other_devices_out(self, visit: Visit, history: History) -> None:
        page = visit.page
        clients = (signed_in(visit.window.url, history.email) for _ in range(3))
        with ExitStack() as stack:
            elsewhere = [stack.enter_context(closing(client)) for client in clients]
            self.sign_out_others(page)
            assert {client.get("/account").status for client in elsewhere} == {401}

    def sign_out_others(self, page: Page) -> None:
        page.goto("/account/profile/")
        devices = page.locator(".rows li")
        expect(devices).to_have_count(4)
        devices.get_by_role("button", name="Sign out").first.click()
        expect(devices).to_have_count(3)
        page.get_by_role("button", name="Sign out everywhere else").click()
        expect(devices).to_have_count(1)
        expect(devices).to_contain_text("this device")

    def test_gives_all_data_as_a_file(self, visit: Visit, history: History) -> None:
        number = history.order((visit.window.take().offer, 1))
        visit.page.goto("/account/profile/")
        with visit.page.expect_download() as download:
            visit.page.get_by_role("button", name="Download my data").click()
        assert download.value.suggested_filename == "watchstore-account.json"
        told = json.loads(download.value.path().read_text(encoding="utf-8"))
        assert told["account"]["email"] == history.email
        assert [order["number"] for order in told["orders"]] == [number]

    def test_ends_the_account_for_good(self, visit: Visit, history: History) -> None:
        visit.tolerated = ("401",)
        number = history.order((visit.window.take().offer, 1))
        page = visit.page
        page.goto("/account/profile/")
        page.get_by_text("I want to delete my account").click()
        page.get_by_label("Your password").fill("not this one")
        page.get_by_role("button", name="Delete it for good").click()
        expect(page.locator("[data-erase] [role=alert]")).to_contain_text("not your current")
        page.get_by_label("Your password").fill(PASSWORD)
        page.get_by_role("button", name="Delete it for good").click()
        expect(page.get_by_role("status").filter(has_text="is deleted")).to_be_focused()
        page.goto("/account/")
        expect(page).to_have_url(re.compile("/sign-in/"))
        page.get_by_label("E-mail").fill(history.email)
        page.get_by_label("Password").fill(PASSWORD)
        visit.submit.click()
        expect(page.get_by_role("alert")).to_contain_text("is not right")
        page.goto(f"/track/?number={number}")
        page.get_by_label("E-mail").fill(history.email)
        visit.submit.click()
        expect(page.locator("[data-found] .badge")).to_have_text("Being checked")

    def test_of_staff_offers_no_end(self, visit: Visit, history: History) -> None:
        history.enter(visit.context, as_staff=True)
        visit.page.goto("/account/profile/")
        expect(visit.page.get_by_label("Current password")).to_be_visible()
        expect(visit.page.get_by_text("Delete the account")).to_have_count(0)


class TestSavedWatches:
    def test_join_the_account_and_follow_to_another_device(
        self, visit: Visit, chromium: Browser
    ) -> None:
        email = an_account(visit.window.shop)
        here, there = visit.window.take(), visit.window.take()
        page = visit.page
        page.goto(f"/watches/{here.slug}/")
        page.locator("[data-save]").click()
        page.reload()
        expect(page.locator("[data-save]")).to_have_attribute("aria-pressed", "true")
        with closing(signed_in(visit.window.url, email)) as account:
            ok(account.post("/account/wishlist", {"slugs": [there.slug]}))

        page.goto("/saved/")
        expect(page.locator(".card")).to_have_count(1)
        page.get_by_role("link", name="Sign in to keep them on all your devices.").click()
        page.get_by_label("E-mail").fill(email)
        page.get_by_label("Password").fill(PASSWORD)
        visit.submit.click()
        expect(page).to_have_url(re.compile("/saved/$"))
        expect(page.locator(".card")).to_have_count(2)
        expect(page.locator("main")).to_contain_text("Kept in your account")

        other = chromium.new_context(base_url=visit.window.url)
        device = other.new_page()
        device.goto("/sign-in/?next=/saved/")
        device.get_by_label("E-mail").fill(email)
        device.get_by_label("Password").fill(PASSWORD)
        device.locator("main form [type=submit]").click()
        expect(device.locator(".card")).to_have_count(2)
        device.get_by_role("button", name="Remove").first.click()
        expect(device.locator(".card")).to_have_count(1)
        other.close()
        page.reload()
        expect(page.locator(".card")).to_have_count(1)

    def test_are_saved_and_taken_off_in_the_account(self, visit: Visit) -> None:
        email, spare = an_account(visit.window.shop), visit.window.take()
        page = visit.page
        page.goto(f"/sign-in/?next=/watches/{spare.slug}/")
        page.get_by_label("E-mail").fill(email)
        page.get_by_label("Password").fill(PASSWORD)
        visit.submit.click()
        with closing(signed_in(visit.window.url, email)) as account:
            for method, pressed, total in (("POST", "true", 1), ("DELETE", "false", 0)):
                with page.expect_response(_saving(method)):
                    page.locator("[data-save]").click()
                expect(page.locator("[data-save]")).to_have_attribute("aria-pressed", pressed)
                assert ok(account.get("/account/wishlist"))["total"] == total

    def test_and_seen_ones_survive_a_reload_for_a_guest(self, visit: Visit) -> None:
        seen, spare = visit.window.take(), visit.window.take()
        page = visit.page
        for one in (seen, spare):
            page.goto(f"/watches/{one.slug}/")
        page.locator("[data-save]").click()
        page.reload()
        expect(page.locator("[data-save]")).to_have_attribute("aria-pressed", "true")
        expect(page.locator(f"[data-recents] [data-slug={seen.slug}]")).to_have_count(1)
        page.goto("/saved/")
        page.get_by_role("button", name="Remove").click()
        expect(page.locator("main")).to_contain_text("Nothing saved yet")
        page.get_by_role("button", name="Undo").click()
        expect(page.locator(".card")).to_have_count(1)

    def test_are_not_left_behind_at_sign_out(self, visit: Visit, history: History) -> None:
        ok(history.buyer.post("/account/wishlist", {"slugs": [visit.window.take().slug]}))
        page = visit.page
        page.goto("/account/")
        page.evaluate("localStorage.member = '[1]'")
        page.goto("/saved/")
        expect(page.locator(".card")).to_have_count(1)
        page.goto("/account/")
        page.get_by_role("button", name="Sign out").click()
        expect(page).to_have_url(f"{visit.window.url}/")
        page.goto("/saved/")
        expect(page.locator("main")).to_contain_text("Nothing saved yet")


@pytest.mark.parametrize(
    "path",
    ["account/", "account/orders/", "account/returns/", "account/addresses/", "account/profile/"],
)
class TestEveryPage:
    def test_asks_to_sign_in_and_comes_back(self, visit: Visit, path: str) -> None:
        email = an_account(visit.window.shop)
        page = visit.page
        page.goto(f"/de/{path}")
        expect(page).to_have_url(re.compile("/de/sign-in/"))
        page.get_by_label("E-Mail").fill(email)
        page.get_by_label("Passwort").fill(PASSWORD)
        visit.submit.click()
        expect(page).to_have_url(f"{visit.window.url}/de/{path}")
        expect(page.locator("[data-content]")).not_to_have_attribute("aria-busy", "true")

    def test_says_when_the_shop_is_away_and_recovers(
        self, visit: Visit, history: History, path: str
    ) -> None:
        visit.tolerated = ("net::ERR",)
        page = visit.page
        page.route("**/api/**", lambda route: route.abort())
        page.goto(f"/{path}")
        expect(page.locator("#offline")).to_be_visible()
        expect(page.get_by_role("alert")).to_contain_text("does not answer")
        page.unroute("**/api/**")
        expect(page.get_by_role("alert")).to_have_count(0, timeout=15_000)
        expect(page.locator("#offline")).to_be_hidden()

    def test_a_fault_of_the_shop_is_told_and_tried_again(
        self, visit: Visit, history: History, path: str
    ) -> None:
        visit.tolerated = ("500",)
        page = visit.page
        fault = {"code": "internal_error", "detail": "The shop failed to answer."}

        def failing(route: Route) -> None:
            route.fulfill(status=500, json=fault, content_type="application/problem+json")

        page.route("**/api/v1/session", failing)
        page.goto(f"/{path}")
        expect(page.get_by_role("alert")).to_contain_text("failed to answer")
        page.unroute("**/api/v1/session")
        page.get_by_role("button", name="Try again").click()
        expect(page.get_by_role("alert")).to_have_count(0)


def _saving(method: str) -> Callable[[Response], bool]:
    """Not the page's own reading of the list."""
    return lambda answer: answer.request.method == method and "/account/wishlist" in answer.url
