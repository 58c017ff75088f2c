"""WCAG as far as axe can see, on pages with something on them, at three widths, light and dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from tests.browser.visit import Visit

SIZES = ((390, "light"), (390, "dark"), (768, "light"), (1440, "dark"), (1440, "light"))


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{fault['id']}: {node['html'][:120]} {node['failureSummary'][:160]}"
        for fault in found
        for node in fault["nodes"]
    ]


def at(page: Page, size: tuple[int, str]) -> Page:
    page.set_viewport_size({"width": size[0], "height": 900})
    page.emulate_media(color_scheme=size[1])  # type: ignore[arg-type]
    return page


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}-{size[1]}")
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/watches/?brand=omega&dial=blue",
        "/brands/",
        "/brands/omega/",
        "/watches/omega-speedmaster-310-30-1/",
        "/delivery/",
        "/sign-in/",
        "/sign-up/",
        "/order/",
        "/de/",
    ],
)
def test_pages_have_no_faults(page: Page, path: str, size: tuple[int, str]) -> None:
    at(page, size).goto(path)
    page.wait_for_load_state("networkidle")
    assert violations(page) == []


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}-{size[1]}")
def test_dialogs_and_the_way_to_the_order_have_no_faults(
    visit: Visit, size: tuple[int, str]
) -> None:
    page, spare = at(visit.page, size), visit.window.shown
    page.goto("/watches/?brand=omega")
    expect(page.locator(".cards")).to_have_attribute("aria-busy", "false")
    page.keyboard.press("/")
    page.keyboard.type("speed")
    expect(page.locator("#suggestions [role=option]").first).to_be_visible()
    assert violations(page) == []
    visit.put_in_bag(spare)
    assert violations(page) == []
    page.goto("/checkout/")
    expect(visit.submit).to_contain_text("Order and pay")
    visit.submit.click()
    assert violations(page) == []


def test_compare_and_filters_have_no_faults(page: Page) -> None:
    page.goto("/watches/?brand=omega")
    for index in range(3):
        page.locator(".cards [data-compare]").nth(index).check()
    page.get_by_role("link", name="Filter").or_(
        page.get_by_role("button", name="Filter")
    ).first.click()
    expect(page.locator("#filters details").first).to_be_visible()
    assert violations(page) == []
    page.goto("/compare/")
    expect(page.locator("table.compare")).to_be_visible()
    assert violations(page) == []
