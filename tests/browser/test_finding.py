"""Finding a watch: filters, chips, sorting, pages, search."""

import re

from playwright.sync_api import Page, Route, expect
from tests.browser.visit import Visit

COUNT = "[data-count]"


def wide(page: Page) -> Page:
    page.set_viewport_size({"width": 1440, "height": 900})
    return page


def settled(page: Page) -> Page:
    """After the address changed: when the answer to it is shown."""
    expect(page.locator(".cards")).to_have_attribute("aria-busy", "false")
    return page


def choose(page: Page, facet: str, value: str) -> None:
    group = page.locator(f".facets-wide details[data-facet={facet}]")
    if group.get_attribute("open") is None:
        group.locator("summary").click()
    group.locator(f"input[value={value}]").check()


def test_filters_live_in_the_address_and_survive_reload_and_back(page: Page) -> None:
    wide(page).goto("/watches/")
    choose(page, "brand", "omega")
    choose(page, "brand", "nomos-glashutte")
    expect(page).to_have_url(re.compile(r"\?brand=omega,nomos-glashutte$"))
    both = settled(page).locator(COUNT).inner_text()
    choose(page, "dial", "blue")
    expect(page).to_have_url(re.compile("dial=blue"))
    expect(page.locator(COUNT)).not_to_have_text(both)
    page.reload()
    expect(page.locator(".chip:not(.clear)")).to_have_count(3)
    page.go_back()
    expect(page.locator(COUNT)).to_have_text(both)


def test_chips_take_filters_away_one_by_one_and_all_at_once(page: Page) -> None:
    wide(page).goto("/watches/?brand=omega&dial=blue,black")
    page.get_by_role("button", name="Remove filter Dial: Blue").click()
    expect(page).to_have_url(re.compile(r"\?brand=omega&dial=black$"))
    page.get_by_role("button", name="Clear all").click()
    expect(page).to_have_url(re.compile(r"/watches/$"))
    expect(page.locator("[data-chips]")).to_be_hidden()


def test_sorted_pages_turn_forth_and_back(page: Page) -> None:
    wide(page).goto("/watches/?brand=omega")
    page.locator("[data-sort]").select_option("price")
    expect(page).to_have_url(re.compile("sort=price"))
    first = settled(page).locator(".card-title").first.text_content() or ""
    page.get_by_role("button", name="Next").click()
    expect(page).to_have_url(re.compile("cursor="))
    expect(page.locator(".card-title").first).not_to_have_text(first)
    page.get_by_role("button", name="Previous").click()
    expect(page.locator(".card-title").first).to_have_text(first)


def test_a_brand_page_filters_within_the_brand(page: Page) -> None:
    wide(page).goto("/brands/omega/")
    choose(page, "availability", "in_stock")
    expect(page).to_have_url(re.compile(r"/brands/omega/\?availability=in_stock$"))
    expect(page.locator(".cards .eyebrow").first).to_have_text("Omega")


def test_nothing_found_says_which_filter_to_drop(page: Page) -> None:
    wide(page).goto("/watches/?brand=nomos-glashutte&case=platinum")
    expect(page.get_by_role("heading", name="No watch is all of that.")).to_be_visible()
    page.get_by_role("button", name="Without “Case material”").click()
    expect(page.locator(".cards .card").first).to_be_visible()


def test_a_reference_is_found_by_keyboard_alone(page: Page) -> None:
    page.goto("/")
    expect(page.locator(".compare-bar")).to_have_count(1)  # there once the scripts run
    page.keyboard.press("/")
    box, first = page.get_by_role("combobox", name="Search"), page.get_by_role("option").first
    with page.expect_response(re.compile(r"suggest\?q=310\.30\.42\.50$")):
        page.keyboard.type("310.30.42.50")
    expect(first).to_contain_text("310.32.42.50")
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "option-0")
    with page.expect_response(re.compile(r"suggest\?q=310\.30\.42\.50\.$")):
        page.keyboard.type(".")
        expect(box).not_to_have_attribute("aria-activedescendant", "option-0")
    expect(first).to_contain_text("310.32.42.50")
    page.keyboard.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/watches/omega-"))


def test_what_is_typed_before_the_search_has_come_is_kept(page: Page) -> None:
    held: list[Route] = []
    page.route("**/search.js", lambda route: held.append(route))
    page.goto("/")
    expect(page.locator(".compare-bar")).to_have_count(1)
    page.keyboard.press("/")
    page.keyboard.type("speedm")
    assert held
    for route in held:
        route.continue_()
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.type("aster")
    expect(page.get_by_role("combobox", name="Search")).to_have_value("speedmaster")


def test_a_late_answer_never_overwrites_a_newer_one(page: Page) -> None:
    held: list[Route] = []
    wide(page).goto("/watches/")
    expect(page.locator(".facets-wide details").first).to_be_visible()
    page.route("**/api/v1/watches?brand=omega&limit=24", lambda route: held.append(route))
    choose(page, "brand", "omega")
    expect(page).to_have_url(re.compile(r"\?brand=omega$"))
    choose(page, "brand", "nomos-glashutte")
    expect(page.locator(".chip:not(.clear)")).to_have_count(2)
    expect(page.locator(".cards")).to_have_attribute("aria-busy", "false")
    both = page.locator(COUNT).inner_text()
    for route in held:
        route.abort()
    expect(page.locator(COUNT)).to_have_text(both)
    assert held


def test_four_watches_are_compared_and_a_fifth_is_refused(page: Page) -> None:
    page.goto("/watches/")
    boxes = page.locator(".cards [data-compare]")
    for index in range(4):
        boxes.nth(index).check()
    boxes.nth(4).click()
    expect(page.locator("#toast")).to_contain_text("four watches")
    expect(boxes.nth(4)).not_to_be_checked()
    page.locator(".compare-bar").get_by_role("link", name="Compare").click()
    expect(page.locator("table thead img")).to_have_count(4)
    expect(page.locator("tr.differs").first).to_be_visible()


def test_recent_and_saved_watches_survive_a_reload(visit: Visit) -> None:
    one, two = visit.window.take(), visit.window.take()
    page = visit.page
    page.goto(f"/watches/{one.slug}/")
    page.locator("[data-save]").click()
    page.goto(f"/watches/{two.slug}/")
    expect(page.locator(f"[data-recents] [data-slug='{one.slug}']")).to_be_visible()
    page.goto("/saved/")
    page.reload()
    expect(page.locator(f"[data-slug='{one.slug}']")).to_be_visible()
