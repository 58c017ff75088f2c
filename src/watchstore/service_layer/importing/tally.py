"""What one chunk did, summed up over the file."""

from dataclasses import dataclass, field, fields
from typing import Self

from watchstore.service_layer.importing.report import Fault, ImportReport, OffersReport


@dataclass(slots=True)
class Tally:
    unchanged: int = 0
    refused: int = 0
    offers_opened: int = 0
    faults: list[Fault] = field(default_factory=list)

    def refuse(self, *faults: Fault) -> None:
        self.refused += 1
        self.faults.extend(faults)

    def add(self, part: Self) -> None:
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(part, each.name))


@dataclass(slots=True)
class CatalogueTally(Tally):
    """`changed`: something was written, so there is something to commit."""

    created: int = 0
    revised: int = 0
    repriced: int = 0

    @property
    def changed(self) -> bool:
        return bool(self.created or self.revised or self.offers_opened or self.repriced)

    def report(self) -> ImportReport:
        return ImportReport(
            self.created,
            self.revised,
            self.unchanged,
            self.refused,
            self.offers_opened,
            self.repriced,
            tuple(sorted(self.faults)),
        )


@dataclass(slots=True)
class OffersTally(Tally):
    received: int = 0

    def report(self) -> OffersReport:
        return OffersReport(
            self.received,
            self.unchanged,
            self.refused,
            self.offers_opened,
            tuple(sorted(self.faults)),
        )
