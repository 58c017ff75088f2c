"""What becomes of the pages when the catalogue is edited: no more than has to, and no less."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
from tests.harness.language import a_watch, an_offer, buy
from tests.harness.published import FRONTEND, PublishedSite, this_frontend
from tests.harness.shop import House, memory_shop

from watchstore.adapters.files import FolderPages
from watchstore.domain import Money, OfferId, Specification, WatchId
from watchstore.entrypoints.publishing import Frontend, Site, publish
from watchstore.service_layer.commands import RepriceOffer, ReviseWatch
from watchstore.service_layer.ports import Overtaken
from watchstore.service_layer.queries import WatchPassport

URL = "https://shop.example"
DAY = date(2026, 3, 1)


def read(pages: Path, path: str) -> str:
    return (pages / path / "index.html").read_text(encoding="utf-8")


def found(house: House, reference: str) -> WatchPassport:
    watch = house.shop.catalogue.watch(f"grand-seiko-heritage-{reference}")
    assert watch is not None
    return watch


def reprice(house: House, watch: WatchPassport, price: str) -> None:
    offer = OfferId(UUID(watch.offers[0].id))
    house.shop.reprice_offer(RepriceOffer(offer, Money.of(price, "USD")))


def test_a_new_price_is_written_where_it_is_shown_and_draws_nothing(house, run, pages) -> None:
    watch = found(house, "sbga211")
    reprice(house, watch, "6100")
    drawn: list[str] = []
    done = run(draw=lambda row: drawn.append(row.slug) or "")
    assert "$6,100" in read(pages, f"watches/{watch.slug}")
    assert "$6,100" in read(pages, "brands/grand-seiko")
    assert "6.100\u00a0$" in read(pages, "de/watches")
    assert drawn == []
    lange = read(pages, "brands/b-lange-and-sohne-script")
    assert f'content="{done.version}"' not in lange


def test_only_what_was_edited_is_read(house, site, pages) -> None:
    watch = found(house, "sbga211")
    reprice(house, watch, "6100")
    asked: list[str] = []

    class Listening:
        changes = house.storage.pages.changes
        makers = house.storage.pages.makers

        def watches(self, slugs: list[str]) -> tuple[WatchPassport, ...]:
            asked.extend(slugs)
            return house.storage.pages.watches(slugs)

    publish(Listening(), site, day=DAY)
    assert set(asked) == {watch.slug}


def test_an_edit_that_is_published_is_not_looked_at_again(house, run, pages) -> None:
    before = {path: path.stat().st_mtime_ns for path in pages.rglob("*")}
    assert run().written == 0
    assert {path: path.stat().st_mtime_ns for path in pages.rglob("*")} == before


def test_a_withdrawn_watch_leaves_no_page_and_no_link(house, run, pages) -> None:
    watch = found(house, "sbga413")
    assert watch.slug in read(pages, "watches/grand-seiko-heritage-sbga211")  # near to it
    house.shop.withdraw_watch(WatchId(UUID(watch.id)))
    run()
    assert not (pages / "watches" / watch.slug).exists()
    assert not (pages / "pictures" / f"{watch.slug}.svg").exists()
    left = [path for path in pages.rglob("*") if path.is_file() and not path.name.startswith(".")]
    assert [path for path in left if watch.slug in path.read_text(errors="ignore")] == []
    assert PublishedSite(pages, URL).broken() == []


def test_a_link_that_was_left_behind_goes_too(house, run, pages) -> None:
    """What a page links to is what it was written with, whatever is near to it by now."""
    third = a_watch(house, "SBGX261")
    run(whole=True)
    assert "sbgx261" in read(pages, "watches/grand-seiko-heritage-sbga211")
    for number in range(5):
        an_offer(house, watch=a_watch(house, f"NEARER{number}"))
    run()
    assert "sbgx261" in read(pages, "watches/grand-seiko-heritage-sbga211")
    house.shop.withdraw_watch(third)
    run()
    assert "sbgx261" not in read(pages, "watches/grand-seiko-heritage-sbga211")


def test_a_watch_that_changes_leaves_its_former_landing(house, run, pages) -> None:
    watch = found(house, "sbga211")
    facts = Specification(dial_colour="Blue")
    for dial, gone in (("Blue", "green"), ("Green", "blue")):
        revised = replace(facts, dial_colour=dial)
        identity = WatchId(UUID(watch.id))
        house.shop.revise_watch(ReviseWatch(identity, "Heritage", "Snowflake", revised))
        run()
        assert watch.slug in read(pages, f"dial/{dial.lower()}")
        assert not (pages / "dial" / gone).exists()
    assert PublishedSite(pages, URL).broken() == []


def test_the_last_watch_of_a_brand_takes_its_pages_along(house, run, pages) -> None:
    slug = "b-lange-and-sohne-script"
    (watch,) = house.storage.pages.watches([f"{slug}-heritage-ab-1"])
    house.shop.withdraw_watch(WatchId(UUID(watch.id)))
    run()
    assert not (pages / "brands" / slug).exists()
    assert not (pages / f"sitemap-brand-{slug}.xml").exists()
    assert slug not in (pages / "sitemap.xml").read_text()


def test_a_sale_is_told_to_search_engines_by_the_next_comparison(house, run, pages) -> None:
    watch = found(house, "sbga211")
    buy(house, OfferId(UUID(watch.offers[0].id)))
    assert run().written == 0
    run(whole=True)
    assert "schema.org/SoldOut" in read(pages, f"watches/{watch.slug}")


def test_a_lost_page_is_written_again(run, pages) -> None:
    (pages / "index.html").unlink()
    assert run(whole=True).written == 1
    assert (pages / "index.html").is_file()


def test_what_a_killed_publisher_left_is_cleared_away_and_other_files_are_not(run, pages) -> None:
    left, other = pages / "watches" / "left" / "index.html", pages / "google1234.html"
    left.parent.mkdir()
    left.write_text("left")
    other.write_text("somebody else's")
    assert run(whole=True).removed == 1
    assert (left.exists(), other.exists()) == (False, True)


def test_other_templates_write_everything_anew_and_keep_older_assets(
    house, site, pages, tmp_path
) -> None:
    frontend = tmp_path / "frontend"
    for path in FRONTEND.rglob("*"):
        if path.is_file():
            target = frontend / path.relative_to(FRONTEND)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    (frontend / "css" / "shop.css").write_text("body { color: red }")
    before = set(pages.glob("css.*"))
    new = Site(site.store, URL, lambda _: Frontend(frontend, "r2"))
    publish(house.storage.pages, new, day=DAY)
    (made,) = set(pages.glob("css.*")) - before
    assert f"/{made.name}/shop.css" in read(pages, "help")
    assert before <= set(pages.glob("css.*"))


def test_the_release_that_was_published_is_asked_for_again(house, site, pages) -> None:
    asked: list[str] = []

    def choose(noted: str) -> Frontend:
        asked.append(noted)
        return Frontend(FRONTEND, "r7")

    for _ in range(2):
        publish(house.storage.pages, Site(site.store, URL, choose), day=DAY, whole=True)
    assert asked == ["", "r7"]


def test_a_stopped_publisher_goes_on_where_it_was(house, site, run, folder) -> None:
    looks = iter([True] * 10 + [False])
    half = run(going_on=lambda: next(looks))
    assert half.written == 10
    rest = run()
    assert rest.kept == 10
    assert run(whole=True).written == 0


def test_an_older_publisher_writes_nothing_over_newer_pages(house, site, run, pages) -> None:
    """A copy of the shop from yesterday, or a process that was frozen meanwhile."""
    reprice(house, found(house, "sbga211"), "6100")
    run()
    older = memory_shop()
    a_watch(older, "SBGA211")
    before = {path: path.read_bytes() for path in pages.rglob("*") if path.is_file()}
    for whole in (False, True):
        with pytest.raises(Overtaken):
            publish(older.storage.pages, site, day=DAY, whole=whole)
    assert {path: path.read_bytes() for path in pages.rglob("*") if path.is_file()} == before


def test_a_publisher_that_is_overtaken_stops(house, site, folder) -> None:
    """It had begun; then somebody else published what is newer."""
    seen: list[int] = []

    def overtaking() -> bool:
        seen.append(1)
        if len(seen) == 2:
            FolderPages(folder).put((), version=10_000)
        return True

    with pytest.raises(Overtaken):
        publish(house.storage.pages, site, day=DAY, going_on=overtaking)
    assert not (folder / "watches").exists()


def edit(house: House, chance: Random, number: int) -> None:
    """Something that staff do, to one watch or another."""
    watches = house.storage.pages.watches(house.storage.pages.changes(since=0).shown)
    some = chance.choice(watches)
    identity = WatchId(UUID(some.id))
    match chance.choice(["create", "create", "open", "withdraw", "close", "reprice"]):
        case "create":
            a_watch(house, f"NEW{number}", brand=chance.choice(["Grand Seiko", "Nomos"]))
        case "open":
            an_offer(house, price=str(chance.randint(1000, 9000)), watch=identity)
        case "withdraw" if len(watches) > 2:
            house.shop.withdraw_watch(identity)
        case "close" if some.offers:
            house.shop.close_offer(OfferId(UUID(some.offers[0].id)))
        case "reprice" if some.offers:
            reprice(house, some, str(chance.randint(1000, 9000)))


def without_versions(folder: Path) -> dict[str, str]:
    found = {}
    for path in folder.rglob("*"):
        if path.is_file() and not path.name.startswith("."):
            text = path.read_text(encoding="utf-8", errors="replace")
            lines = [line for line in text.splitlines() if "catalogue-version" not in line]
            found[path.relative_to(folder).as_posix()] = "\n".join(lines)
    return found


@pytest.mark.parametrize("seed", range(4))
def test_step_by_step_the_pages_become_what_they_are_from_scratch(
    house, run, pages, tmp_path, seed
) -> None:
    chance = Random(seed)
    for number in range(12):
        edit(house, chance, number)
        if number % 2:
            run()
            assert PublishedSite(pages, URL).broken() == []
    run()
    scratch = tmp_path / "scratch"
    publish(house.storage.pages, Site(FolderPages(scratch), URL, this_frontend), day=DAY)
    stepwise, afresh = without_versions(pages), without_versions(scratch)
    assert stepwise.keys() == afresh.keys()
    # What stands next to a watch may be older; all else is the same.
    different = {path for path in afresh if stepwise[path] != afresh[path]}
    assert {path for path in different if "watches/" not in path} == set()
    run(whole=True)
    assert without_versions(pages) == afresh
