"""What a page of 24 watch pictures costs a browser, with stacked shadows, a filter, and none.

python -m benchmarks.picture_rendering [rounds]     (needs a Chromium)
"""

import re
import shutil
import sys
from collections.abc import Callable
from csv import DictReader
from importlib.resources import files
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from subprocess import run
from tempfile import TemporaryDirectory

from watchstore.entrypoints.pictures import Look, draw, look_of

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--hide-scrollbars",
    "--disable-background-networking",
    "--disable-sync",
    "--no-first-run",
)
Shadow = Callable[[re.Match[str]], str]
SHADOW = re.compile(
    r'<g stroke="#000" stroke-linejoin="round" transform="([^"]+)"><use href="(#[^"]+)".*?</g>'
)


def looks() -> list[Look]:
    text = (files("watchstore.entrypoints.demo") / "catalogue.csv").read_text(encoding="utf-8")
    rows = list(DictReader(text.splitlines()))[::88][:24]
    return [
        look_of(
            brand=row["brand"],
            collection=row["collection"],
            name=row["name"],
            case_material=row["case_material"],
            dial_colour=row["dial_colour"],
            bracelet_material=row["bracelet_material"],
        )
        for row in rows
    ]


def blurred(found: re.Match[str]) -> str:
    """The shadow as one Gaussian blur, much like the stacked copies it stands for."""
    place, shape = found.group(1), found.group(2)
    blur = '<filter id="blur" x="-30%" y="-30%" width="160%" height="160%">'
    return (
        f'{blur}<feGaussianBlur stdDeviation="14"/></filter><g transform="{place}">'
        f'<use href="{shape}" filter="url(#blur)" opacity=".38"/></g>'
    )


def page(folder: Path, shadow: Shadow) -> str:
    """A page of pictures as a listing shows them: each its own image."""
    folder.mkdir()
    for number, look in enumerate(looks()):
        (folder / f"{number}.svg").write_text(SHADOW.sub(shadow, draw(look)), encoding="utf-8")
    images = "".join(f'<img width="280" height="350" src="{i}.svg">' for i in range(24))
    grid = "margin:0;display:grid;grid-template-columns:repeat(6,280px)"
    index = folder / "index.html"
    index.write_text(f'<!doctype html><meta charset="utf-8"><body style="{grid}">{images}')
    return index.as_uri()


def measure(chromium: str, address: str, folder: str) -> float:
    """Seconds of processor time, all of the browser's processes together, for one screenshot."""
    before = getrusage(RUSAGE_CHILDREN)
    command = [chromium, *FLAGS, f"--user-data-dir={folder}/profile",
               f"--screenshot={folder}/page.png", "--window-size=1700,1420", address]  # fmt: skip
    run(command, check=True, capture_output=True)
    after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(rounds: int) -> None:
    kinds: dict[str, Shadow] = {
        "copies": lambda found: found.group(),
        "filter": blurred,
        "none": lambda _: "",
    }
    chromium = shutil.which("chromium") or "chromium"
    with TemporaryDirectory() as folder:
        pages = {name: page(Path(folder, name), shadow) for name, shadow in kinds.items()}
        pages["empty"] = "about:blank"
        times = [
            {name: measure(chromium, at, folder) for name, at in pages.items()}
            for _ in range(rounds + 1)
        ]
    for name in pages:
        spent = [each[name] for each in times[1:]]
        print(f"{name:8} {median(spent):.2f} s of processor time (least {min(spent):.2f})")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 8)
