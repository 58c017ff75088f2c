"""From the bag to the order, and everything that can go wrong on the way."""

import re

from playwright.sync_api import Route, expect
from tests.browser.visit import BUYER, Visit
from tests.harness.browserless import Client

from watchstore.domain import Money, OrderNumber
from watchstore.service_layer.commands import RepriceOffer


def orders_of(visit: Visit) -> int:
    return visit.window.shop.orders.orders().total


def buy_elsewhere(visit: Visit, offer: object, times: int) -> None:
    for number in range(times):
        client = Client(visit.window.url)
        client.put(f"/cart/lines/{offer}", {"quantity": 1})
        reply = client.post(
            "/orders",
            {
                "lines": [{"offer_id": str(offer), "quantity": 1}],
                "contact": {"email": "rival@example.com", "name": "Rival"},
                "delivery": "pick_up",
                "payment": {"card": "tok_accepted"},
            },
            Idempotency_Key=f"rival-{offer}-{number}",
        )
        assert reply.status == 201, reply.body
        client.close()


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
    bag.get_by_role("button", name="Undo").click()
    expect(bag.locator(".line")).to_have_count(1)
    visit.page.reload()
    expect(visit.page.locator("[data-bag-count]")).to_have_text("1")


def test_a_guest_orders_and_finds_the_order_again(visit: Visit) -> None:
    visit.to_checkout(visit.window.take())
    visit.fill()
    visit.submit.click()
    number = visit.thanked()
    visit.page.goto("/order/")
    visit.page.get_by_label("Order number").fill(number)
    visit.page.get_by_role("button", name="Show the order").click()
    expect(visit.page.locator(".timeline")).to_contain_text("with our watchmaker")
    expect(visit.page.locator("[data-bag-count]")).to_be_hidden()


def test_a_stranger_learns_nothing_about_an_order(visit: Visit) -> None:
    visit.tolerated = ("404",)
    visit.page.goto("/order/?number=WS-0000000000")
    expect(visit.page.get_by_role("alert")).to_contain_text("cannot show this order")


def test_a_declined_card_keeps_the_form_and_another_pays(visit: Visit) -> None:
    visit.tolerated = ("402",)
    visit.to_checkout(visit.window.take())
    visit.fill()
    visit.pay_with("declined")
    visit.submit.click()
    expect(visit.page.get_by_role("alert")).to_contain_text("declined")
    expect(visit.page.locator("main [name=street]")).to_have_value(BUYER["street"])
    visit.pay_with("accepted")
    visit.submit.click()
    visit.thanked()


def test_a_bank_that_answers_late_is_waited_for(visit: Visit) -> None:
    visit.to_checkout(visit.window.take())
    visit.fill()
    visit.pay_with("timeout")
    visit.submit.click()
    visit.thanked()
    expect(visit.page.locator("[data-content] [role=status]")).to_contain_text(
        "is confirmed", timeout=30_000
    )


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

    visit.page.route("**/api/v1/orders", lose_the_first)
    visit.submit.click()
    number = visit.thanked()
    assert orders_of(visit) == before + 1
    assert lost[0].json()["number"] == number


def test_sold_meanwhile_is_told_and_not_charged(visit: Visit) -> None:
    visit.tolerated = ("409",)
    spare = visit.window.take()
    visit.to_checkout(spare)
    visit.fill()
    buy_elsewhere(visit, spare.offer, 2)
    before = orders_of(visit)
    visit.submit.click()
    expect(visit.page.get_by_role("alert")).to_be_visible()
    expect(visit.page.locator("[data-summary]")).to_contain_text(re.compile("sold|right now"))
    assert orders_of(visit) == before


def test_a_changed_price_is_shown_before_it_is_paid(visit: Visit) -> None:
    visit.tolerated = ("409",)
    spare = visit.window.take()
    visit.to_checkout(spare)
    visit.fill()
    visit.window.shop.reprice_offer(RepriceOffer(spare.offer, Money.of("7200", "USD")))
    visit.submit.click()
    expect(visit.page.get_by_role("alert")).to_contain_text("price has changed")
    expect(visit.submit).to_contain_text("$7,200")
    expect(visit.page.locator("[data-summary]")).to_contain_text("$7,100 when you chose it")
    visit.submit.click()
    visit.thanked()


def test_what_was_typed_survives_a_reload(visit: Visit) -> None:
    visit.to_checkout(visit.window.take())
    visit.fill()
    visit.page.reload()
    expect(visit.page.locator("main [name=city]")).to_have_value(BUYER["city"])


def test_faults_are_named_at_their_fields(visit: Visit) -> None:
    visit.to_checkout(visit.window.take())
    visit.submit.click()
    fault = visit.page.locator("#f-email-fault")
    expect(fault).not_to_be_empty()
    expect(visit.page.locator("main [name=email]")).to_be_focused()


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


def test_keyboard_alone_orders_and_focus_returns(visit: Visit) -> None:
    page, spare = visit.page, visit.window.take()
    page.goto(f"/watches/{spare.slug}/")
    put = page.locator("[data-buy] [data-put]")
    expect(put).to_be_visible()
    put.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#bag .line")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("#bag")).to_be_hidden()
    page.goto("/checkout/")
    visit.fill()
    visit.submit.focus()
    page.keyboard.press("Enter")
    visit.thanked()
