"""An import's report on a terminal."""

from watchstore.entrypoints.import_lines import import_lines
from watchstore.service_layer.importing.report import Fault, ImportReport, OffersReport


def test_counts_come_first_then_a_line_per_fault() -> None:
    report = ImportReport(
        created=2126,
        refused=2,
        offers_opened=3,
        faults=(Fault(7, "price", "is odd"), Fault(9, "", "has 4 cells, the header 3")),
    )
    assert list(import_lines(report)) == [
        "2,126 created, 0 revised, 0 unchanged, 2 refused, 3 offers opened, 0 repriced",
        "line 7, price: is odd",
        "line 9: has 4 cells, the header 3",
    ]


def test_offers_are_told_in_their_own_words() -> None:
    assert list(import_lines(OffersReport(received=527, refused=72, offers_opened=500))) == [
        "527 received, 0 unchanged, 72 refused, 500 offers opened"
    ]
