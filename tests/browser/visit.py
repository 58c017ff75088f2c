"""What a visitor does in the shop, in the shop's own words."""

from typing import Final

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, expect
from tests.browser.window import Spare, Window

BUYER: Final = {
    "email": "ada@example.com",
    "name": "Ada Buyer",
    "street": "Rue du Lac 1",
    "postcode": "1204",
    "city": "Genève",
}


class Visit:
    """`tolerated` are console errors that a test provokes on purpose."""

    def __init__(self, window: Window, context: BrowserContext) -> None:
        self.window = window
        self.context = context
        self.errors: list[str] = []
        self.tolerated: tuple[str, ...] = ()
        self.page = self.new_page()

    def new_page(self) -> Page:
        page = self.context.new_page()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.errors.append(f"{page.url}: {error}"))
        return page

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(text in message.text for text in self.tolerated):
            self.errors.append(f"{message.location.get('url', '')}: {message.text}")

    def put_in_bag(self, spare: Spare) -> Locator:
        """The open bag."""
        self.page.goto(f"/watches/{spare.slug}/")
        self.page.locator("[data-buy] [data-put]").click()
        bag = self.page.locator("#bag")
        expect(bag.locator(".line")).to_have_count(1)
        self.page.wait_for_function("() => localStorage.bag === '[1]'")  # the shop has it too
        return bag

    def to_checkout(self, spare: Spare) -> None:
        """Its first step, with the watch held."""
        self.put_in_bag(spare).get_by_role("link", name="Checkout").click()
        expect(self.step).to_have_text("Contact")

    def fill(self, **more: str) -> None:
        """Say everything that is asked, as far as the last look."""
        self.say_contact(**more)
        self.say_delivery(**more)
        self.choose_card("accepted")

    def say_contact(self, **more: str) -> None:
        self._say(("email", "name"), more)
        self.submit.click()
        expect(self.step).to_have_text("Delivery")

    def say_delivery(self, **more: str) -> None:
        self._say(("street", "postcode", "city"), more)
        self.submit.click()
        expect(self.step).to_have_text("Payment")

    def choose_card(self, card: str) -> None:
        self.page.locator(f"[value=tok_{card}]").check()
        self.submit.click()
        expect(self.step).to_have_text("Check and order")

    def pay_with(self, card: str) -> None:
        """From the last look: another card than the one chosen."""
        self.page.get_by_role("link", name="Change: Payment").click()
        self.choose_card(card)

    def _say(self, names: tuple[str, ...], more: dict[str, str]) -> None:
        for name in names:
            self.page.locator(f"main [name={name}]").fill({**BUYER, **more}[name])

    @property
    def step(self) -> Locator:
        return self.page.locator("[data-step] [data-heading]")

    @property
    def total(self) -> Locator:
        """Where it can be seen on every step."""
        return self.page.locator("[data-held] [data-total]")

    @property
    def submit(self) -> Locator:
        """The button that goes on; not that of the voucher."""
        return self.page.locator("main form:not([data-voucher-form]) [type=submit]")

    def thanked(self) -> str:
        """The number of the order that the page thanks for."""
        expect(self.page.locator("h1")).to_contain_text("Thank you")
        return self.page.url.partition("number=")[2].partition("&")[0]
