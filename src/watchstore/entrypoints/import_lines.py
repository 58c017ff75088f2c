"""The report of an import, as lines for a terminal: what was done, then each fault."""

from collections.abc import Iterator
from dataclasses import asdict

from watchstore.service_layer.importing.report import ImportReport, OffersReport


def import_lines(report: ImportReport | OffersReport) -> Iterator[str]:
    counts = {name: count for name, count in asdict(report).items() if name != "faults"}
    yield ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in counts.items())
    yield from map(str, report.faults)
