"""From the bag to the order, and everything that can go wrong on the way."""

import re

from playwright.sync_api import Route, expect
from tests.browser.rivals import orders_of, rival_buys
from tests.browser.visit import BUYER, Visit

from watchstore.domain import OrderNumber


def test_the_bag_counts_before_the_shop_answers(visit: Visit) -> None:
    spare, page = visit.window.take(), visit.page
    held: list[Route] = []
    page.route("**/api/v1/cart/lines/*", lambda route: held.append(route))
    page.goto(f"/watches/{spare.slug}/")
    page.locator("[data-buy] [data-put]").click()
    expect(page.locator("[data-bag-count]")).to_have_text("1")
    assert len(held) == 1
    held[0].continue_()
    expect(page.locator("#bag .line")).to_have_count(1)
    page.wait_for_function("() => localStorage.bag === '[1]'")


def test_a_removed_watch_comes_back(visit: Visit) -> None:
    bag = visit.put_in_bag(visit.window.take())
    bag.get_by_role("button", name=re.compile("Remove Speedmaster")).click()
    expect(bag).to_contain_text("Your bag is empty")
    with visit.page.expect_response(lambda answer: answer.request.method == "PUT"):
        bag.get_by_role("button", name="Undo").click()
    expect(bag.locator(".line")).to_have_count(1)
    visit.page.reload()
    expect(visit.page.locator("[data-bag-count]")).to_have_text("1")


def test_a_guest_orders_and_follows_the_order(visit: Visit) -> None:
    visit.to_checkout(visit.window.take())
    visit.fill()
    visit.submit.click()
    number = visit.thanked()
    expect(visit.page.locator("[data-bag-count]")).to_be_hidden()
    expect(visit.page.locator("main .lead")).to_contain_text(f"{number} is confirmed")
    visit.page.get_by_role("link", name="Follow the order").click()
    expect(visit.page.locator("h1")).to_contain_text(number)


def test_thanks_can_be_reloaded_and_keep_to_their_buyer(visit: Visit) -> None:
    visit.tolerated = ("404",)
    visit.to_checkout(visit.window.take())
    visit.fill()
    visit.submit.click()
    visit.thanked()
    visit.page.reload()
    visit.thanked()
    visit.context.clear_cookies()
    visit.page.reload()
    expect(visit.page.get_by_role("alert")).to_contain_text("cannot show this order")


def test_a_stranger_learns_nothing_about_an_order(visit: Visit) -> None:
    visit.tolerated = ("404",)
    visit.page.goto("/order/?number=WS-0000000000")
    expect(visit.page.get_by_role("alert")).to_contain_text("cannot show this order")


def test_a_declined_card_keeps_everything_and_another_pays(visit: Visit) -> None:
    visit.tolerated = ("402",)
    visit.to_checkout(visit.window.take())
    visit.fill()
    visit.pay_with("declined")
    visit.submit.click()
    expect(visit.step).to_have_text("Payment")
    expect(visit.page.get_by_role("alert")).to_contain_text("declined")
    visit.choose_card("accepted")
    expect(visit.page.locator(".said", has_text=BUYER["street"])).to_be_visible()
    visit.submit.click()
    visit.thanked()


def test_a_bank_that_answers_late_is_waited_for(visit: Visit) -> None:
    visit.to_checkout(visit.window.take())
    visit.fill()
    visit.pay_with("timeout")
    visit.submit.click()
    visit.thanked()
    expect(visit.page.locator("main .lead")).to_contain_text("is confirmed", timeout=30_000)


def test_a_double_press_is_one_order(visit: Visit) -> None:
    visit.to_checkout(visit.window.take())
    visit.fill()
    before = orders_of(visit)
    visit.submit.dblclick()
    visit.thanked()
    assert orders_of(visit) == before + 1


def test_a_lost_answer_is_asked_for_again_and_is_one_order(visit: Visit) -> None:
    visit.tolerated = ("net::ERR",)
    visit.to_checkout(visit.window.take())
    visit.fill()
    before, lost = orders_of(visit), []

    def lose_the_first(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch())  # the shop got it, the buyer never hears
        route.abort()

    visit.page.route("**/api/v1/checkouts/*/order", lose_the_first)
    visit.submit.click()
    number = visit.thanked()
    assert orders_of(visit) == before + 1
    assert lost[0].json()["number"] == number


def test_a_page_that_went_away_before_the_answer_finds_its_order(visit: Visit) -> None:
    visit.tolerated = ("net::ERR",)
    visit.to_checkout(visit.window.take())
    visit.fill()
    before, sent = orders_of(visit), []

    def answer_nobody(route: Route) -> None:
        sent.append(route.fetch())
        route.abort()

    visit.page.route("**/api/v1/checkouts/*/order", answer_nobody)
    with visit.page.expect_event("requestfailed"):
        visit.submit.click()
    visit.page.unroute("**/api/v1/checkouts/*/order")
    visit.page.reload()
    assert visit.thanked() == sent[0].json()["number"]
    assert orders_of(visit) == before + 1


def test_what_is_held_is_nobody_elses(visit: Visit) -> None:
    spare = visit.window.take()
    visit.to_checkout(spare)
    assert rival_buys(visit.window, spare.offer).status == 201  # the other piece
    assert rival_buys(visit.window, spare.offer).json["code"] == "all_reserved"
    visit.fill()
    visit.submit.click()
    visit.thanked()


def test_an_order_is_cancelled_by_its_buyer(visit: Visit) -> None:
    visit.to_checkout(visit.window.take())
    visit.fill()
    visit.submit.click()
    number = visit.thanked()
    visit.page.goto(f"/order/?number={number}")
    visit.page.get_by_role("button", name="Cancel the order").click()
    visit.page.get_by_role("button", name="Yes, cancel it").click()
    expect(visit.page.locator("[data-content] [role=status]")).to_contain_text("cancelled")
    order = visit.window.shop.orders.order(OrderNumber.parse(number), None)
    assert order is not None
    assert order.state == "cancelled"


def test_focus_stays_on_the_way_on_when_the_bag_is_heard_of(visit: Visit) -> None:
    page, held = visit.page, list[Route]()
    visit.put_in_bag(visit.window.take())
    page.keyboard.press("Escape")
    page.route("**/api/v1/cart", lambda route: held.append(route))
    with page.expect_request("**/api/v1/cart"):
        page.get_by_role("link", name="Bag").first.click()
    way = page.locator("#bag").get_by_role("link", name="Checkout")
    way.focus()
    way.evaluate("node => node.dataset.before = ''")
    for route in held:
        route.continue_()
    expect(way).not_to_have_attribute("data-before", "")
    expect(way).to_be_focused()


def test_keyboard_alone_orders_and_focus_returns(visit: Visit) -> None:
    page, spare, press = visit.page, visit.window.take(), visit.page.keyboard.press
    page.goto(f"/watches/{spare.slug}/")
    put = page.locator("[data-buy] [data-put]")
    expect(put).to_be_enabled()
    put.focus()
    press("Enter")
    expect(page.locator("#bag .line")).to_have_count(1)
    press("Escape")
    expect(page.locator("#bag")).to_be_hidden()
    expect(put).to_be_focused()
    press("Enter")
    page.locator("#bag").get_by_role("link", name="Checkout").focus()
    press("Enter")
    for step, typed in (
        ("Contact", ("email", "name")),
        ("Delivery", ("street", "postcode", "city")),
        ("Payment", ()),
    ):
        expect(visit.step).to_have_text(step)
        for name in typed:
            page.locator(f"main [name={name}]").focus()
            page.keyboard.type(BUYER[name])
        visit.submit.focus()
        press("Enter")
    expect(visit.step).to_be_focused()
    visit.submit.focus()
    press("Enter")
    visit.thanked()
    expect(page.locator("h1")).to_be_focused()
