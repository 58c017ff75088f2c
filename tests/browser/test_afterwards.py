"""After the purchase: the order page, tracking, cancelling, returning, printing."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Page, Route, expect
from tests.browser.history import PASSWORD, History, Past
from tests.browser.looking import Look
from tests.browser.visit import Visit

from watchstore.domain import OrderNumber


def open_order(visit: Visit, number: str, language: str = "") -> Page:
    visit.page.goto(f"{language}/order/?number={number}")
    expect(visit.page.locator(".timeline")).to_be_visible()
    return visit.page


def state_of(visit: Visit, number: str) -> str:
    order = visit.window.shop.orders.order(OrderNumber.parse(number), None)
    assert order is not None
    return order.state


class TestAnOrder:
    def test_shows_lines_sums_and_what_is_next(self, visit: Visit, history: History) -> None:
        spare = visit.window.take()
        number = history.order((spare.offer, 2), delivery="express")
        page = open_order(visit, number)
        summary = page.locator(".summary")
        expect(summary.locator(".line img")).to_have_attribute("src", f"/pictures/{spare.slug}.svg")
        expect(summary).to_contain_text(re.compile(r"2 . \$7,100 \$14,200"))
        expect(summary).to_contain_text("Delivery: Express$45")
        expect(summary).to_contain_text("Total$14,245")
        expect(summary).to_contain_text("Rue du Lac 1")
        expect(summary).to_contain_text("Reserved on your card")
        ahead = page.locator(".timeline .ahead")
        expect(ahead).to_have_text(["Being packed", "Sent", "Delivered"])

    @pytest.mark.parametrize(
        ("language", "words"),
        [
            ("", ("Partly sent", "Parcel", "Tracking number", "Sent", "Delivered")),
            ("/de", ("Teilweise versandt", "Paket", "Sendungsnummer", "Versandt", "Zugestellt")),
        ],
        ids=["english", "german"],
    )
    def test_follows_its_parcels(
        self, visit: Visit, history: History, language: str, words: tuple[str, ...]
    ) -> None:
        first, second = visit.window.take(), visit.window.take()
        number = history.order((first.offer, 1), (second.offer, 1))
        history.ship(number, (first.offer, 1))
        page = open_order(visit, number, language)
        expect(page.locator(".badge")).to_have_text(words[0])
        expect(page.locator("#parcels")).to_have_text(words[1])
        expect(page.locator(".plate")).to_contain_text(words[2])
        expect(page.locator(".plate a")).to_have_attribute("href", re.compile(r"dhl\.com.*=JD\d+"))
        history.ship(number, carrier="A courier")
        history.deliver(number)
        open_order(visit, number, language)
        expect(page.locator(".plate")).to_have_count(2)
        expect(page.locator(".plate").nth(1).locator("a")).to_have_count(0)
        expect(page.locator(".badge")).to_have_text(words[4])
        steps = page.locator(".timeline li").all_inner_texts()
        assert [step.split("\n")[0] for step in steps][-2:] == [words[3], words[4]]

    @pytest.mark.parametrize(
        ("language", "words"),
        [
            ("", ("Sent", "What we could send", "not sent: 1", "The rest cannot be sent")),
            (
                "/de",
                ("Versandt", "Was wir senden konnten", "nicht versandt: 1", "Der Rest kann nicht"),
            ),
        ],
        ids=["english", "german"],
    )
    def test_promises_nothing_that_was_left_out(
        self, visit: Visit, history: History, look: Look, language: str, words: tuple[str, ...]
    ) -> None:
        first, second = visit.window.take(), visit.window.take()
        number = history.order((first.offer, 1), (second.offer, 1))
        history.ship(number, (first.offer, 1))
        history.leave_out(number)
        page = open_order(visit, number, language)
        expect(page.locator(".badge")).to_have_text(words[0])
        expect(page.locator("[data-content] [role=status]")).to_contain_text(words[1])
        lines = page.locator(".summary .line")
        expect(lines.nth(0)).not_to_contain_text(words[2])
        expect(lines.nth(1)).to_contain_text(words[2])
        expect(page.locator(".timeline")).to_contain_text(words[3])
        expect(page.locator(".timeline")).to_contain_text("Water inside")
        look.at(page, f"order-left-out{language.replace('/', '-')}")
        page.goto(f"{language}/track/?number={number}")
        page.get_by_label("E-Mail" if language else "E-mail").fill(history.email)
        visit.submit.click()
        expect(page.locator("[data-found]")).to_contain_text(words[2])
        expect(page.locator("[data-found] .timeline")).not_to_contain_text("Water inside")

    def test_has_its_papers(self, visit: Visit, history: History) -> None:
        spare = visit.window.take()
        number = history.order((spare.offer, 1))
        page = open_order(visit, number)
        expect(page.locator("#papers")).to_have_count(0)
        history.ship(number)
        open_order(visit, number)
        invoice = page.get_by_role("link", name=re.compile("^Invoice "))
        answer = page.request.get(invoice.get_attribute("href") or "")
        assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
        asked = history.send_back(number, (spare.offer, 1))
        for step in ("approve", "receive"):
            history.decide(number, asked, step)
        history.decide(number, asked, "inspect", accepted=True, restock=True)
        open_order(visit, number)
        expect(page.get_by_role("link", name=re.compile("^Credit note "))).to_be_visible()
        page.goto(f"/track/?number={number}")
        page.get_by_label("E-mail").fill(history.email)
        visit.submit.click()
        expect(page.locator("[data-found]")).to_contain_text("Credit note")
        expect(page.locator("[data-found] .papers a")).to_have_count(0)

    def test_is_cancelled_when_that_is_said_twice(self, visit: Visit, history: History) -> None:
        number = history.order((visit.window.take().offer, 1))
        page = open_order(visit, number)
        cancel = page.get_by_role("button", name="Cancel the order")
        cancel.click()
        page.get_by_role("button", name="Keep the order").click()
        expect(page.locator("dialog.ask")).to_have_count(0)
        expect(cancel).to_be_focused()
        assert state_of(visit, number) == "paid"
        cancel.click()
        page.get_by_label("Why?").fill("Changed my mind")
        page.get_by_role("button", name="Yes, cancel it").click()
        expect(page.locator("[data-content] [role=status]")).to_contain_text("Nothing will be")
        expect(page.locator(".timeline")).to_contain_text("Changed my mind")
        expect(cancel).to_have_count(0)
        assert state_of(visit, number) == "cancelled"

    def test_that_was_packed_meanwhile_is_not_cancelled(
        self, visit: Visit, history: History
    ) -> None:
        visit.tolerated = ("409",)
        number = history.order((visit.window.take().offer, 1))
        page = open_order(visit, number)
        page.get_by_role("button", name="Cancel the order").click()
        history.ship(number)
        page.get_by_role("button", name="Yes, cancel it").click()
        expect(page.locator("#toast")).to_contain_text("too late")
        expect(page.locator(".badge")).to_have_text("Sent")

    def test_of_somebody_else_is_not_shown(self, visit: Visit, history: History) -> None:
        visit.tolerated = ("404",)
        number = history.order((visit.window.take().offer, 1))
        visit.context.clear_cookies()
        visit.page.goto(f"/order/?number={number}")
        expect(visit.page.get_by_role("alert")).to_contain_text("cannot show this order here")
        expect(visit.page.get_by_label("Order number")).to_have_value(number)
        visit.page.get_by_label("E-mail").fill(history.email)
        visit.submit.click()
        expect(visit.page.locator("[data-found] .timeline")).to_be_visible()
        visit.page.goto(f"/order/?number={number}")
        visit.page.get_by_role("link", name="Sign in to see").click()
        visit.page.get_by_label("E-mail").fill(history.email)
        visit.page.get_by_label("Password").fill(PASSWORD)
        visit.submit.click()
        expect(visit.page.locator(".summary")).to_contain_text("Rue du Lac 1")

    def test_prints_as_one_page(self, visit: Visit, history: History) -> None:
        first, second = visit.window.take(), visit.window.take()
        number = history.order((first.offer, 2), (second.offer, 1), delivery="express")
        history.ship(number, (first.offer, 2))
        history.ship(number)
        page = open_order(visit, number)
        paper = page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page[^s]", paper)) == 1
        (box,) = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", paper)
        assert [round(float(side)) for side in box] == [595, 842]  # A4, in points
        page.emulate_media(media="print")
        for gone in (".top", ".foot", ".actions", ".way"):
            expect(page.locator(gone).first).to_be_hidden()
        for there in (".letterhead", ".summary .line", ".order-facts", "#parcels"):
            expect(page.locator(there).first).to_be_visible()
        expect(page.locator(".letterhead")).to_contain_text(number)


class TestAReturn:
    def test_goes_from_the_page_to_the_money(self, visit: Visit, history: History) -> None:
        spare = visit.window.take()
        number = history.order((spare.offer, 2))
        history.ship(number)
        history.deliver(number)
        page = open_order(visit, number)
        expect(page.locator("main")).to_contain_text("You may return it until")
        page.get_by_role("button", name="Return watches").click()
        page.get_by_label("How many of Speedmaster").select_option("1")
        page.get_by_label("Why?").select_option("Something is wrong with it")
        page.get_by_label("In your words").fill("The date does not change")
        page.get_by_role("button", name="Ask for the return").click()
        expect(page.locator("#back")).to_be_focused()
        expect(page.locator(".badge")).to_have_text("Return under way")
        card = page.locator("section[aria-labelledby=back] .plate")
        expect(card).to_contain_text("Return asked for")
        expect(card).to_contain_text("Something is wrong with it: The date does not change")
        (asked,) = history.see(number)["returns"]
        for step, body, words in (
            ("approve", {"note": "Send it insured."}, "Return approved"),
            ("receive", {}, "our watchmaker looks at it"),
            ("inspect", {"accepted": True, "restock": True}, "Returned and refunded"),
        ):
            history.decide(number, asked["id"], step, **body)
            open_order(visit, number)
            expect(card).to_contain_text(words)
        expect(page.locator(".badge")).to_have_text("Delivered")  # one of two came back
        expect(page.locator(".summary")).to_contain_text(re.compile(r"Refunded.\$7,100"))
        expect(page.locator(".timeline")).to_contain_text("$7,100 refunded to your card")
        page.goto("/account/returns/")
        expect(page.locator(".plate")).to_contain_text("Returned and refunded")

    def test_wants_a_watch_chosen_and_can_be_left(self, visit: Visit, history: History) -> None:
        first, second = visit.window.take(), visit.window.take()
        number = history.order((first.offer, 1), (second.offer, 1))
        history.ship(number)
        page = open_order(visit, number)
        opener = page.get_by_role("button", name="Return watches")
        opener.press("Enter")
        expect(page.locator("#send-back")).to_be_focused()
        page.get_by_role("button", name="Ask for the return").click()
        expect(page.get_by_role("alert")).to_contain_text("at least one watch")
        page.get_by_role("button", name="Rather not").press("Enter")
        expect(opener).to_be_focused()
        assert history.see(number)["returns"] == []

    def test_pressed_twice_is_one(self, visit: Visit, history: History) -> None:
        spare = visit.window.take()
        number = history.order((spare.offer, 2))
        history.ship(number)
        page = open_order(visit, number)
        page.get_by_role("button", name="Return watches").click()
        page.get_by_label("How many of Speedmaster").select_option("1")
        page.get_by_role("button", name="Ask for the return").dblclick()
        expect(page.locator("#back")).to_be_visible()
        assert len(history.see(number)["returns"]) == 1

    def test_is_not_offered_once_its_time_is_over(self, visit: Visit, history: History) -> None:
        number = history.order((visit.window.take().offer, 1))
        history.ship(number)
        history.deliver(number)

        def later(route: Route) -> None:
            answer = route.fetch()
            told = {**answer.json(), "return_until": "2026-01-31T10:00:00+00:00"}
            route.fulfill(response=answer, json=told)

        visit.page.route(f"**/orders/{number}", later)
        page = open_order(visit, number)
        expect(page.locator("main")).to_contain_text("could be returned until 31 January 2026")
        expect(page.get_by_role("button", name="Return watches")).to_have_count(0)

    def test_declined_says_why_and_can_be_asked_for_again(
        self, visit: Visit, history: History
    ) -> None:
        spare = visit.window.take()
        number = history.order((spare.offer, 1))
        history.ship(number)
        asked = history.send_back(number, (spare.offer, 1))
        page = open_order(visit, number)
        expect(page.get_by_role("button", name="Return watches")).to_have_count(0)
        history.decide(number, asked, "decline", note="It was worn.")
        open_order(visit, number)
        expect(page.locator("section[aria-labelledby=back]")).to_contain_text("It was worn.")
        expect(page.get_by_role("button", name="Return watches")).to_be_visible()


def test_all_sent_back_is_refunded_and_told_to_who_tracks_it(visit: Visit, past: Past) -> None:
    past.history.enter(visit.context)
    page = open_order(visit, past.refunded)
    expect(page.locator(".badge")).to_have_text("Refunded")
    expect(page.locator("[data-content] [role=status]")).to_contain_text("$14,200 went back")
    page.goto(f"/track/?number={past.returning}")
    page.get_by_label("E-mail").fill(past.history.email)
    visit.submit.click()
    steps = page.locator("[data-found] .timeline li")
    expect(steps.last).to_contain_text("Return approved")
    expect(page.locator("[data-found]")).not_to_contain_text("insured")


class TestTracking:
    def ask(self, page: Page, number: str, email: str) -> None:
        page.get_by_label("Order number").fill(number)
        page.get_by_label("E-mail").fill(email)
        page.get_by_role("button", name="Show where it is").click()

    def test_needs_number_and_address_and_no_account(self, visit: Visit, history: History) -> None:
        number = history.order((visit.window.take().offer, 1))
        history.ship(number)
        visit.context.clear_cookies()
        page = visit.page
        page.goto("/")
        page.locator("footer").get_by_role("link", name="Track an order").click()
        self.ask(page, number.lower(), history.email.upper())
        found = page.locator("[data-found]")
        expect(found).to_be_focused()
        expect(found.locator(".badge")).to_have_text("Sent")
        expect(found).to_contain_text("Speedmaster")
        expect(found.locator(".plate a")).to_be_visible()
        expect(page.locator("h1")).to_have_text(f"Order {number}")
        for private in ("Rue du Lac", "7,100", "Ada Buyer"):
            expect(found).not_to_contain_text(private)

    def test_says_the_same_for_a_wrong_address_as_for_no_order(
        self, visit: Visit, history: History
    ) -> None:
        visit.tolerated = ("404",)
        number = history.order((visit.window.take().offer, 1))
        page = visit.page
        page.goto(f"/track/?number={number}")
        for asked, email in (
            (number, "eve@example.com"),
            ("WS-0000000000", history.email),
            ("nonsense", history.email),
        ):
            page.reload()
            self.ask(page, asked, email)
            told = page.locator("[data-told]")
            expect(told).to_have_text("There is no order with this number and e-mail address.")
        expect(page.locator("[data-found]")).to_be_empty()

    def test_guessed_too_often_says_when_to_come_back(self, visit: Visit) -> None:
        visit.tolerated = ("429",)
        told = {"code": "too_many_attempts", "detail": "later", "retry_after": 290}

        def refused(route: Route) -> None:
            route.fulfill(status=429, json=told, content_type="application/problem+json")

        visit.page.route("**/orders/track", refused)
        visit.page.goto("/track/")
        self.ask(visit.page, "WS-0000000000", "eve@example.com")
        expect(visit.page.get_by_role("alert")).to_contain_text("wait 5 min")

    def test_asks_one_thing_at_a_time(self, visit: Visit, history: History) -> None:
        number = history.order((visit.window.take().offer, 1))
        page, held = visit.page, []
        page.route("**/orders/track", lambda route: held.append(route))
        page.goto("/track/")
        self.ask(page, number, history.email)
        button = page.get_by_role("button", name="Show where it is")
        expect(button).to_have_attribute("aria-busy", "true")
        self.ask(page, "WS-0000000000", history.email)
        held[0].continue_()
        expect(page.locator("h1")).to_have_text(f"Order {number}")
        assert len(held) == 1


def test_a_number_that_cannot_be_one_is_asked_for(visit: Visit) -> None:
    visit.tolerated = ("404",)
    visit.page.goto(f"/order/?number=<img src=x onerror=alert(1)>{uuid4().hex}")
    expect(visit.page.get_by_role("alert")).to_contain_text("cannot show")
    expect(visit.page.locator("main img")).to_have_count(0)
