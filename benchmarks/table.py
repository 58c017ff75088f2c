"""The results as a table, and what is missed."""

from collections.abc import Iterable, Iterator
from statistics import median
from typing import Final

from benchmarks.load import Sample
from benchmarks.rounds import Result

_HEAD: Final = ("path", "ours/s", "floor/s", "ratio (min-max)", "target", "CPU ms/request")


def lines(results: Iterable[Result]) -> Iterator[str]:
    rows = [_HEAD, *(_row(result) for result in results)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for number, row in enumerate(rows):
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        yield f"| {' | '.join(cells)} |"
        if number == 0:
            yield f"|{'|'.join('-' * (width + 2) for width in widths)}|"


def _row(result: Result) -> tuple[str, ...]:
    ratios = result.ratios
    return (
        result.case.name,
        f"{median(sample.rate for sample in result.ours):,.0f}",
        f"{median(sample.rate for sample in result.floor):,.0f}",
        f"{result.ratio:.2f} ({min(ratios):.2f}-{max(ratios):.2f})",
        f"{result.case.target:.2f}",
        f"{_cpu(result.ours)} / {_cpu(result.floor)}",
    )


def _cpu(samples: Iterable[Sample]) -> str:
    spent = median(sample.cpu for sample in samples)
    return f"{spent:.2f}" if spent else "-"


def missed(results: Iterable[Result]) -> list[str]:
    """The bars that are not cleared, one line each."""
    return [
        f"{result.case.name}: {result.ratio:.2f} x its floor, the bar is {result.case.bar:.2f}"
        for result in results
        if result.ratio < result.case.bar
    ]
