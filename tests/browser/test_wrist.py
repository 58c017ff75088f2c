"""A watch on the visitor's own wrist: to scale, by keyboard, in both languages, remembered."""

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.window import Window

MEASURED = "omega-globemaster-130-20-39-21-03-001"
PICTURE = f"/api/v1/watches/{MEASURED}/wrist.svg?around=160"
KEYS = ("ArrowLeft", "ArrowLeft")  # from 17 cm


def watch_page(prefix: str = "") -> str:
    return f"{prefix}/watches/{MEASURED}/"


@pytest.mark.parametrize(
    ("prefix", "heading", "size"),
    [("", "On your wrist", "16 cm"), ("/de", "An Ihrem Handgelenk", "16 cm")],
)
def test_the_size_is_chosen_by_keyboard_and_kept(
    page: Page, prefix: str, heading: str, size: str
) -> None:
    page.goto(watch_page(prefix))
    wrist = page.locator("[data-wrist]")
    wrist.locator("summary", has_text=heading).press("Enter")
    slider = wrist.get_by_role("slider")
    slider.focus()
    for key in KEYS:
        page.keyboard.press(key)
    expect(wrist.locator("output")).to_have_text(size)
    expect(slider).to_have_attribute("aria-valuetext", size)
    picture = wrist.locator("img")
    expect(picture).to_have_attribute("src", PICTURE)
    drawn = "image => image.complete && image.naturalWidth > 0"
    page.wait_for_function(drawn, arg=picture.element_handle())
    page.reload()
    expect(wrist.locator("output")).to_have_text(size)


def test_without_scripts_it_is_shown_in_one_size(window: Window, chromium: Browser) -> None:
    context = chromium.new_context(base_url=window.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(watch_page())
    page.locator("[data-wrist] summary").click()
    expect(page.locator("[data-wrist] img")).to_be_visible()
    expect(page.get_by_role("slider")).to_be_hidden()
    context.close()


def test_half_sizes_are_said_as_each_language_does(page: Page) -> None:
    page.goto(watch_page("/de"))
    page.locator("[data-wrist] summary").click()
    page.get_by_role("slider").press("ArrowRight")
    expect(page.locator("[data-wrist] output")).to_have_text("17,5 cm")
