"""What a page of 24 watch pictures costs a browser, with stacked shadows, a filter, and none.

python -m benchmarks.picture_rendering [rounds]     (needs playwright and a Chromium)
"""

import shutil
import sys
from collections.abc import Callable
from csv import DictReader
from importlib.resources import files
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from playwright.sync_api import Browser, sync_playwright

from watchstore.entrypoints.pictures import Look, draw, drawing, look_of
from watchstore.entrypoints.pictures.paper import Paper, path

Shadow = Callable[..., str]


def looks() -> list[Look]:
    text = (files("watchstore.entrypoints.demo") / "catalogue.csv").read_text(encoding="utf-8")
    rows = list(DictReader(text.splitlines()))[::88][:24]
    known = ("brand", "collection", "name", "case_material", "dial_colour", "bracelet_material")
    return [look_of(**{key: row[key] for key in known}) for row in rows]


def blurred(paper: Paper, d: str, *, drop: float, spread: float, opacity: float) -> str:
    blur = f'<feGaussianBlur stdDeviation="{spread / 2.5:.1f}"/>'
    room = ' x="-30%" y="-30%" width="160%" height="160%"'
    place = f"translate({drop * 0.7:.1f} {drop:.1f})"
    filtered = f"url(#{paper.define('filter', blur, room)})"
    return path(d, "#000", filter=filtered, opacity=opacity, transform=place)


def no_shadow(*_: object, **__: object) -> str:
    return ""


def page(folder: Path, shadow: Shadow) -> str:
    """A page of pictures as a listing shows them: each its own image."""
    drawing.soft_shadow = shadow  # type: ignore[assignment]
    folder.mkdir()
    for number, look in enumerate(looks()):
        (folder / f"{number}.svg").write_text(draw(look), encoding="utf-8")
    images = "".join(f'<img width="280" height="350" src="{i}.svg">' for i in range(24))
    grid = "margin:0;display:grid;grid-template-columns:repeat(6,280px)"
    index = folder / "index.html"
    index.write_text(f'<!doctype html><meta charset="utf-8"><body style="{grid}">{images}')
    return index.as_uri()


def measure(browser: Browser, address: str) -> tuple[float, float]:
    """Milliseconds until the page is a screenshot, and of the main thread's work."""
    context = browser.new_context(viewport={"width": 1700, "height": 1420})
    tab = context.new_page()
    session = context.new_cdp_session(tab)
    session.send("Performance.enable")
    begun = perf_counter()
    tab.goto(address)
    tab.screenshot()
    wall = (perf_counter() - begun) * 1000
    metrics = {
        each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]
    }
    context.close()
    return wall, metrics["TaskDuration"] * 1000


def main(rounds: int) -> None:
    kinds: dict[str, Shadow] = {
        "copies": drawing.soft_shadow,
        "filter": blurred,
        "none": no_shadow,
    }
    chromium = shutil.which("chromium")
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with TemporaryDirectory() as folder, sync_playwright() as play:
        pages = {name: page(Path(folder, name), shadow) for name, shadow in kinds.items()}
        browser = play.chromium.launch(executable_path=chromium, args=flags)
        times = [{name: measure(browser, at) for name, at in pages.items()} for _ in range(rounds)]
        browser.close()
    for name in kinds:
        wall, task = zip(*(each[name] for each in times[1:]), strict=True)
        print(
            f"{name:8} wall {median(wall):5.0f} ms (best {min(wall):.0f}), "
            f"main thread {median(task):4.0f} ms (best {min(task):.0f})"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 8)
