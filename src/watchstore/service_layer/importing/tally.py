"""What one chunk did, summed up over the file."""

from dataclasses import dataclass, field

from watchstore.service_layer.importing.report import Fault, ImportReport


@dataclass(slots=True)
class Tally:
    """`changed`: something was written, so there is something to commit."""

    created: int = 0
    revised: int = 0
    unchanged: int = 0
    refused: int = 0
    offers_opened: int = 0
    repriced: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        return bool(self.created or self.revised or self.offers_opened or self.repriced)

    def refuse(self, *faults: Fault) -> None:
        self.refused += 1
        self.faults.extend(faults)

    def add(self, part: "Tally") -> None:
        self.created += part.created
        self.revised += part.revised
        self.unchanged += part.unchanged
        self.refused += part.refused
        self.offers_opened += part.offers_opened
        self.repriced += part.repriced
        self.faults.extend(part.faults)

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
