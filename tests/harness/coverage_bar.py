"""The bar for the core's coverage: `python -m tests.harness.coverage_bar coverage.json`."""

import json
import sys
from pathlib import Path

LINES, BRANCHES = 95, 90


def main(report: Path) -> int:
    found = json.loads(report.read_text())["summary"]
    lines, branches = _percent(found, "lines"), _percent(found, "branches")
    sys.stdout.write(
        f"core coverage: {lines:.1f} % of lines (bar {LINES}),"
        f" {branches:.1f} % of branches (bar {BRANCHES})\n"
    )
    return 0 if lines >= LINES and branches >= BRANCHES else 1


def _percent(found: dict[str, int], what: str) -> float:
    covered = found[f"covered_{what}"]
    return 100 * covered / (covered + found[f"missing_{what}"])


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
