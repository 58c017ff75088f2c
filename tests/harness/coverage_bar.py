"""The bar for the core's coverage: `python -m tests.harness.coverage_bar coverage.json`."""

import json
import sys
from pathlib import Path

LINES, BRANCHES = 95, 90


def main(report: Path) -> int:
    totals = json.loads(report.read_text())["totals"]
    lines = totals["percent_statements_covered"]
    branches = totals["percent_branches_covered"]
    sys.stdout.write(
        f"core coverage: {lines:.1f} % of lines (bar {LINES}),"
        f" {branches:.1f} % of branches (bar {BRANCHES})\n"
    )
    return 0 if lines >= LINES and branches >= BRANCHES else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
