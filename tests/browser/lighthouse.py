"""Lighthouse on a page of a browser that is already there, with its cookies: scores out of 100."""

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from tests.browser.markup import CHECKS

# Lighthouse slows the processor down to a phone's; one that is as slow already is left as it is.
PHONE_INDEX: Final = 600
PHONE_SLOWDOWN: Final = 4

Scores = dict[str, int]


def report(url: str, port: int, folder: Path, slowdown: int = 1) -> dict[str, Any]:
    """What Lighthouse says with its mobile settings, through the debugging port of a browser."""
    output = folder / "lighthouse.json"
    subprocess.run(
        [
            CHECKS / "node_modules" / ".bin" / "lighthouse",
            url,
            f"--port={port}",
            "--output=json",
            f"--output-path={output}",
            "--quiet",
            "--disable-storage-reset",
            f"--throttling.cpuSlowdownMultiplier={slowdown}",
        ],
        check=True,
    )
    found: dict[str, Any] = json.loads(output.read_text(encoding="utf-8"))
    return found


def slowdown_for(report: dict[str, Any]) -> int:
    """The divisor that makes this processor about as fast as a middling phone's."""
    return 1 if report["environment"]["benchmarkIndex"] < PHONE_INDEX else PHONE_SLOWDOWN


def scores(report: dict[str, Any]) -> Scores:
    return {name: round(found["score"] * 100) for name, found in report["categories"].items()}


def misses(report: dict[str, Any], categories: Iterable[str]) -> list[str]:
    """The audits that cost points."""
    parts = [part for name in categories for part in report["categories"][name]["auditRefs"]]
    audits = [report["audits"][part["id"]] for part in parts if part["weight"]]
    return [audit["id"] for audit in audits if audit["score"] not in (1, None)]
