"""The steps of the checkout: what is said is kept, what is wrong is said where it is wrong."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Route, expect
from tests.browser.rivals import checkout_of, end_hold, rival_buys, rival_holds
from tests.browser.test_account import PASSWORD, sign_in
from tests.browser.visit import BUYER, Visit

from watchstore.domain import Email, Money, Role
from watchstore.domain.identifiers import VoucherCode
from watchstore.domain.vouchers import PercentOff
from watchstore.service_layer.commands import CreateStaff, CreateVoucher, RepriceOffer


@pytest.fixture
def email(visit: Visit) -> str:
    """Of a verified account that nobody else uses."""
    address = f"{uuid4().hex[:10]}@example.com"
    visit.window.shop.create_staff(
        CreateStaff(Email.parse(address), "Ada Buyer", Role.CLERK, PASSWORD)
    )
    return address


@pytest.fixture
def code(visit: Visit) -> str:
    """Of a voucher for ten percent."""
    made = f"TEN-{uuid4().hex[:8]}".upper()
    visit.window.shop.create_voucher(CreateVoucher(VoucherCode.parse(made), PercentOff(10)))
    return made


def test_steps_are_in_the_address_and_back_works(visit: Visit) -> None:
    page = visit.page
    visit.to_checkout(visit.window.take())
    expect(page).to_have_url(re.compile(r"/checkout/\?step=contact$"))
    visit.say_contact()
    expect(page).to_have_url(re.compile(r"\?step=delivery$"))
    expect(page).to_have_title(re.compile("^Delivery"))
    expect(visit.step).to_be_focused()
    page.go_back()
    expect(visit.step).to_have_text("Contact")
    expect(visit.step).to_be_focused()
    expect(page.locator("main [name=email]")).to_have_value(BUYER["email"])
    page.go_forward()
    expect(visit.step).to_have_text("Delivery")


def test_no_step_is_reached_before_what_it_needs_is_said(visit: Visit) -> None:
    visit.to_checkout(visit.window.take())
    visit.page.goto("/checkout/?step=review")
    expect(visit.step).to_have_text("Contact")
    visit.say_contact()
    visit.page.goto("/checkout/?step=payment")
    expect(visit.step).to_have_text("Delivery")
    expect(visit.page.locator(".steps a")).to_have_text(["1Contact"])


@pytest.mark.parametrize("step", ["Contact", "Delivery"])
def test_what_was_typed_survives_a_reload(visit: Visit, step: str) -> None:
    visit.to_checkout(visit.window.take())
    names = ("email", "name", "phone")
    if step == "Delivery":
        visit.say_contact()
        names = ("street", "extra", "city")
    for name in names:
        visit.page.locator(f"main [name={name}]").fill(f"typed {name}")
    held = checkout_of(visit.page)
    visit.page.reload()
    expect(visit.step).to_have_text(step)
    for name in names:
        expect(visit.page.locator(f"main [name={name}]")).to_have_value(f"typed {name}")
    assert checkout_of(visit.page) == held  # a reload lets go of nothing


def test_faults_are_named_at_their_fields(visit: Visit) -> None:
    page = visit.page
    visit.to_checkout(visit.window.take())
    visit.submit.click()
    expect(page.locator("#f-email-fault")).to_have_text("Please fill this in.")
    expect(page.locator("#f-name-fault")).to_have_text("Please fill this in.")
    expect(page.locator("main [name=email]")).to_be_focused()
    page.locator("main [name=email]").fill("ada@nowhere")  # the browser finds nothing wrong
    page.locator("main [name=name]").fill("Ada")
    visit.tolerated = ("422",)
    visit.submit.click()
    expect(page.locator("#f-email-fault")).to_contain_text("full e-mail address")
    expect(page.locator("main [name=email]")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("main [name=email]")).to_be_focused()


def test_every_price_is_the_shops(visit: Visit) -> None:
    page = visit.page
    visit.to_checkout(visit.window.take())
    visit.say_contact()
    page.locator("[name=country]").select_option("DE")
    page.locator("[value=express]").check()
    expect(visit.total).to_have_text("$7,145")
    expect(page.locator("[data-sums]")).to_contain_text("19 % tax (Germany)")
    expect(page.locator("[data-sums]")).to_contain_text("estimated")
    page.locator("[value=signature]").check()
    expect(visit.total).to_have_text("$7,128")
    page.locator("[name=country]").select_option("JP")  # nobody signs for us there
    expect(page.locator("[value=signature]")).to_have_count(0)
    expect(page.locator("[value=standard]")).to_be_checked()
    expect(visit.total).to_have_text("$7,100")
    page.locator("[value=insured]").check()
    expect(visit.total).to_have_text("$7,140")
    visit.say_delivery()
    expect(page.locator("[data-sums]")).not_to_contain_text("estimated")
    visit.choose_card("accepted")
    expect(visit.submit).to_have_text("Order and pay $7,140")
    visit.submit.click()
    number = visit.thanked()
    assert page.request.get(f"/api/v1/orders/{number}").json()["total"]["amount"] == 714_000


def test_a_late_answer_loses(visit: Visit) -> None:
    page = visit.page
    visit.to_checkout(visit.window.take())
    visit.say_contact()
    expect(page.locator("[value=express]")).to_be_visible()
    held: list[Route] = []

    def hold_back_japan(route: Route) -> None:
        if "country=JP" in route.request.url:
            held.append(route)
        else:
            route.continue_()

    page.route("**/api/v1/checkouts/*?*", hold_back_japan)
    page.locator("[name=country]").select_option("JP")
    page.locator("[name=country]").select_option("DE")
    page.locator("[value=signature]").check()
    expect(visit.total).to_have_text("$7,128")
    for route in held:
        route.abort()  # it was given up already
    expect(page.locator("[value=signature]")).to_be_checked()


def test_what_is_picked_up_needs_no_address(visit: Visit) -> None:
    visit.to_checkout(visit.window.take())
    visit.say_contact()
    visit.page.locator("[value=pick_up]").check()
    expect(visit.page.locator("[name=street]")).to_be_hidden()
    visit.submit.click()
    expect(visit.step).to_have_text("Payment")
    visit.choose_card("accepted")
    expect(visit.page.locator(".said", has_text="Pick up at the shop")).to_be_visible()
    visit.submit.click()
    visit.thanked()
    expect(visit.page.locator(".next")).to_contain_text("identity card")


def test_a_voucher_is_counted_in_and_taken_out(visit: Visit, code: str) -> None:
    page = visit.page
    visit.to_checkout(visit.window.take())
    page.locator("[data-summary] summary").click()
    page.get_by_label("Voucher code").fill(code.lower())
    page.get_by_role("button", name="Use it").click()
    expect(page.locator("[data-sums]")).to_contain_text("\N{MINUS SIGN}$710")
    expect(visit.total).to_have_text("$6,390")
    page.reload()
    expect(visit.total).to_have_text("$6,390")
    page.locator("[data-summary] summary").click()
    page.get_by_role("button", name=f"Remove the voucher {code}").click()
    expect(visit.total).to_have_text("$7,100")
    expect(page.get_by_label("Voucher code")).to_be_focused()


def test_a_voucher_that_is_no_good_says_why_beside_its_field(visit: Visit, code: str) -> None:
    page = visit.page
    visit.tolerated = ("409", "422")
    visit.to_checkout(visit.window.take())
    page.locator("[data-summary] summary").click()
    visit.window.shop.close_voucher(VoucherCode.parse(code))
    for typed, reason in ((code, "not valid any more"), ("NO-SUCH", "do not know"), ("§", "know")):
        page.get_by_label("Voucher code").fill(typed)
        page.get_by_role("button", name="Use it").click()
        expect(page.locator("#f-voucher-fault")).to_contain_text(reason)
        expect(page.get_by_label("Voucher code")).to_be_focused()
    expect(visit.total).to_have_text("$7,100")


def test_a_voucher_that_ends_before_the_order_is_told(visit: Visit, code: str) -> None:
    page = visit.page
    visit.tolerated = ("409",)
    visit.to_checkout(visit.window.take())
    page.locator("[data-summary] summary").click()
    page.get_by_label("Voucher code").fill(code)
    page.get_by_role("button", name="Use it").click()
    expect(visit.total).to_have_text("$6,390")
    visit.fill()
    visit.window.shop.close_voucher(VoucherCode.parse(code))
    visit.submit.click()
    expect(page.locator("#f-voucher-fault")).to_contain_text("not valid any more")
    expect(visit.submit).to_have_text("Order and pay $7,100")
    visit.submit.click()
    visit.thanked()


def test_sold_meanwhile_is_told_and_not_charged(visit: Visit) -> None:
    visit.tolerated = ("409",)
    spare, page = visit.window.take(), visit.page
    visit.to_checkout(spare)
    visit.fill()
    end_hold(visit)
    for _ in range(2):
        assert rival_buys(visit.window, spare.offer).status == 201
    before = visit.window.shop.orders.orders().total
    visit.submit.click()
    expect(page.get_by_role("heading", name="We cannot hold all")).to_be_focused()
    expect(page.locator(".blocked .line")).to_contain_text("has been sold")
    page.get_by_role("button", name=re.compile("^Remove")).click()
    expect(page.get_by_role("heading", name="Your bag is empty")).to_be_visible()
    assert visit.window.shop.orders.orders().total == before


def test_reserved_by_others_is_told_with_what_to_do(visit: Visit) -> None:
    visit.tolerated = ("409",)
    spare, page = visit.window.take(), visit.page
    visit.put_in_bag(spare)
    for _ in range(2):
        rival_holds(visit.window, spare.offer)
    page.goto("/checkout/")
    expect(page.get_by_role("alert")).to_contain_text("free again in 10 min")
    expect(page.locator(".blocked .line")).to_contain_text("Somebody is buying this watch")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("alert")).to_contain_text("free again")
    page.get_by_role("link", name="Back to the bag").click()
    expect(page.locator("main .line")).to_contain_text("Somebody is buying this watch")


def test_a_changed_price_is_shown_before_it_is_paid(visit: Visit) -> None:
    spare, page = visit.window.take(), visit.page
    visit.put_in_bag(spare)
    visit.window.shop.reprice_offer(RepriceOffer(spare.offer, Money.of("7200", "USD")))
    page.goto("/checkout/")
    expect(visit.total).to_have_text("$7,200")
    page.locator("[data-summary] summary").click()
    expect(page.locator("[data-summary]")).to_contain_text("$7,100 when you chose it")
    visit.window.shop.reprice_offer(RepriceOffer(spare.offer, Money.of("7300", "USD")))
    visit.fill()
    expect(visit.submit).to_have_text("Order and pay $7,200")  # what is held is held
    visit.submit.click()
    visit.thanked()


def test_a_total_that_changed_is_asked_about(visit: Visit) -> None:
    """The page shows one total, the shop knows another: the shop's is shown, not charged."""
    visit.tolerated = ("409",)
    page = visit.page
    visit.to_checkout(visit.window.take())
    visit.fill()
    path = f"/api/v1/checkouts/{checkout_of(page)}"
    page.request.patch(path, data={"delivery": "express"}, headers={"Origin": visit.window.url})
    visit.submit.click()
    expect(page.get_by_role("alert")).to_contain_text("price has changed")
    expect(visit.submit).to_contain_text("$7,190")
    visit.submit.click()
    visit.thanked()


def test_going_back_to_the_bag_lets_go(visit: Visit) -> None:
    spare, page = visit.window.take(), visit.page
    visit.to_checkout(spare)
    assert rival_buys(visit.window, spare.offer).status == 201
    with page.expect_response(lambda answer: answer.request.method == "DELETE"):
        page.get_by_role("link", name="Back to the bag").click()
    expect(page.locator("main .line")).to_have_count(1)
    assert rival_buys(visit.window, spare.offer).status == 201


def test_time_is_counted_down_warned_of_and_given_again(visit: Visit) -> None:
    page = visit.page
    page.clock.install()
    visit.to_checkout(visit.window.take())
    held = page.locator("[data-held]")
    expect(held.locator("[role=timer]")).to_have_text(re.compile(r"^(10:00|9:5\d)$"))
    page.clock.fast_forward("08:30")
    expect(held.locator("[role=status]")).to_contain_text("Two minutes left")
    page.locator("main [name=email]").fill("ada@example.com")  # a sign of life
    expect(held.locator("[role=timer]")).to_have_text(re.compile(r"^(10:0|9:5)\d$"))
    expect(held.locator("[role=status]")).to_be_empty()
    page.clock.fast_forward("11:00")
    expect(page.get_by_role("alert")).to_contain_text("no longer held")
    page.get_by_role("button", name="Hold them again").click()
    expect(held.locator("[role=timer]")).to_have_text(re.compile(r"^(10:0|9:5)\d$"))
    expect(page.locator("main [name=email]")).to_have_value("ada@example.com")


def test_a_hold_that_cannot_last_is_begun_anew(visit: Visit) -> None:
    visit.tolerated = ("409",)
    visit.to_checkout(visit.window.take())
    visit.fill()
    end_hold(visit)
    visit.submit.click()
    again = visit.page.get_by_role("button", name="Hold them again")
    again.click()
    expect(again).to_have_count(0)
    expect(visit.step).to_have_text("Check and order")
    visit.submit.click()
    visit.thanked()


def test_the_bag_may_change_while_it_is_being_paid_for(visit: Visit) -> None:
    page = visit.page
    visit.to_checkout(visit.window.take())
    visit.say_contact()
    page.locator("[data-open=bag]").click()
    page.get_by_role("button", name=re.compile("^One more of")).click()
    page.keyboard.press("Escape")
    expect(visit.total).to_have_text("$14,200")
    expect(visit.step).to_have_text("Delivery")
    page.locator("[data-open=bag]").click()
    page.get_by_role("button", name=re.compile("^Remove")).click()
    expect(page.get_by_role("heading", name="Your bag is empty").first).to_be_visible()


def test_an_empty_bag_is_no_checkout(visit: Visit) -> None:
    visit.page.goto("/checkout/")
    expect(visit.page.locator("main h2")).to_have_text("Your bag is empty")


def test_without_the_api_the_checkout_waits_and_goes_on_by_itself(visit: Visit) -> None:
    visit.tolerated = ("net::ERR",)
    page = visit.page
    visit.put_in_bag(visit.window.take())
    page.route("**/api/**", lambda route: route.abort())
    page.goto("/checkout/")
    expect(page.get_by_role("alert")).to_contain_text("does not answer")
    page.unroute("**/api/**")
    expect(visit.step).to_have_text("Contact", timeout=15_000)


def test_a_step_that_the_shop_does_not_hear_keeps_what_was_typed(visit: Visit) -> None:
    visit.tolerated = ("net::ERR",)
    page = visit.page
    visit.to_checkout(visit.window.take())
    page.route("**/api/v1/checkouts/*", lambda route: route.abort())
    page.locator("main [name=email]").fill(BUYER["email"])
    page.locator("main [name=name]").fill(BUYER["name"])
    visit.submit.click()
    expect(page.get_by_role("alert")).to_contain_text("does not answer")
    page.unroute("**/api/v1/checkouts/*")
    visit.submit.click()
    expect(visit.step).to_have_text("Delivery")


def test_signing_in_on_the_way_keeps_everything(visit: Visit, email: str) -> None:
    page = visit.page
    visit.to_checkout(visit.window.take())
    held = checkout_of(page)
    page.locator("main [name=phone]").fill("+41 22 123 45 67")
    page.get_by_role("link", name="Sign in to use your saved addresses.").click()
    sign_in(visit, email)
    expect(visit.step).to_have_text("Contact")
    expect(page.locator("[data-step]")).to_contain_text(f"Signed in as {email}")
    expect(page.locator("main [name=phone]")).to_have_value("+41 22 123 45 67")
    assert checkout_of(page) == held  # the guest's hold is the account's now


def test_a_saved_address_is_chosen_and_another_may_be_typed(visit: Visit, email: str) -> None:
    page = visit.page
    page.goto("/sign-in/")
    sign_in(visit, email)
    expect(page.locator("h1")).to_contain_text("Good day")
    for street, country in (("Rue du Lac 1", "CH"), ("Unter den Linden 5", "DE")):
        kept = {"name": "Ada King", "street": street, "city": "Here", "country": country}
        answer = page.request.post(
            "/api/v1/account/addresses", data=kept, headers={"Origin": visit.window.url}
        )
        assert answer.status == 201
    visit.to_checkout(visit.window.take())
    visit.submit.click()
    expect(page.locator("main [name=street]")).to_have_value("Rue du Lac 1")  # the default
    page.get_by_label("Your addresses").select_option(index=2)
    expect(page.locator("main [name=street]")).to_have_value("Unter den Linden 5")
    expect(page.locator("[name=country]")).to_have_value("DE")
    expect(page.locator("[data-sums]")).to_contain_text("19 % tax (Germany)")
    page.locator("main [name=extra]").fill("Second floor")
    visit.submit.click()
    visit.choose_card("accepted")
    expect(page.locator(".said", has_text="Second floor")).to_contain_text("Ada King")


def test_a_session_that_ended_at_the_last_look_is_begun_again(visit: Visit, email: str) -> None:
    visit.tolerated = ("400",)
    page = visit.page
    page.goto("/sign-in/")
    sign_in(visit, email)
    expect(page.locator("h1")).to_contain_text("Good day")
    visit.to_checkout(visit.window.take())
    visit.fill(email=email)
    visit.context.clear_cookies(name="session")
    visit.submit.click()
    expect(page.locator("[data-over]").get_by_role("alert")).to_contain_text("signed out")
    page.locator("[data-over]").get_by_role("link", name="Sign in").click()
    sign_in(visit, email)
    expect(visit.step).to_have_text("Check and order")
    expect(page.locator(".said", has_text=BUYER["street"])).to_be_visible()
    visit.submit.click()
    visit.thanked()


def test_in_german_it_is_said_in_german(visit: Visit) -> None:
    page = visit.page
    visit.put_in_bag(visit.window.take())
    page.goto("/de/checkout/")
    expect(visit.step).to_have_text("Kontakt")
    page.locator("main [name=email]").fill(BUYER["email"])
    page.locator("main [name=name]").fill(BUYER["name"])
    visit.submit.click()
    expect(visit.step).to_have_text("Lieferung")
    expect(page.locator("[name=country]")).to_have_value("DE")
    expect(page.locator("[data-ways]")).to_contain_text("gegen Unterschrift")
    for name in ("street", "postcode", "city"):
        page.locator(f"main [name={name}]").fill(BUYER[name])
    visit.submit.click()
    expect(visit.step).to_have_text("Zahlung")
    visit.submit.click()
    expect(visit.submit).to_contain_text("Zahlungspflichtig bestellen")
    held = page.request.get(f"/api/v1/checkouts/{checkout_of(page)}").json()
    assert held["language"] == "de"  # so are the mails
    visit.submit.click()
    expect(page.locator("h1")).to_contain_text("Vielen Dank")


class TestTheBankAsks:
    """With the card of the test gateway whose bank does."""

    @pytest.fixture
    def question(self, visit: Visit) -> Locator:
        visit.to_checkout(visit.window.take())
        visit.say_contact()
        visit.say_delivery()
        visit.choose_card("challenge")
        visit.submit.click()
        dialog = visit.page.get_by_role("dialog", name="The test bank")
        expect(dialog).to_be_visible()
        return dialog

    def test_and_what_is_ordered_is_not_changed_any_more(
        self, visit: Visit, question: Locator
    ) -> None:
        page = visit.page
        page.keyboard.press("Escape")
        expect(page.locator("[data-held]")).to_contain_text("Kept for your order")
        expect(page.locator(".steps a")).to_have_count(0)
        page.locator("[data-summary]").evaluate("node => node.open = true")
        expect(page.get_by_label("Voucher code")).to_be_hidden()
        page.go_back()
        expect(visit.step).to_have_text("Your bank asks you")
        page.get_by_role("button", name="Open the bank's window").click()
        question.get_by_role("button", name="Confirm the payment").click()
        visit.thanked()

    def test_and_hears_yes(self, visit: Visit, question: Locator) -> None:
        question.get_by_role("button", name="Confirm the payment").click()
        number = visit.thanked()
        assert visit.page.request.get(f"/api/v1/orders/{number}").json()["state"] == "paid"

    def test_and_hears_no_then_another_card_pays(self, visit: Visit, question: Locator) -> None:
        visit.tolerated = ("402",)
        question.get_by_role("button", name="Refuse it").click()
        expect(visit.step).to_have_text("Payment")
        expect(visit.page.get_by_role("alert").filter(has_text="declined")).to_be_visible()
        visit.choose_card("accepted")
        visit.submit.click()
        visit.thanked()

    def test_and_hears_nothing_until_it_is_asked_for_again(
        self, visit: Visit, question: Locator
    ) -> None:
        visit.page.keyboard.press("Escape")
        expect(visit.page.get_by_role("alert")).to_contain_text("not confirmed it yet")
        visit.page.reload()
        question.get_by_role("button", name="Confirm the payment").click()
        visit.thanked()
