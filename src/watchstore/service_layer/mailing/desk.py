"""What writing a letter needs."""

from dataclasses import dataclass

from watchstore.domain.language import Language
from watchstore.service_layer.ports import Clock, Entropy, UnitOfWork


@dataclass(frozen=True, slots=True)
class Desk:
    """A transaction to read in, and the shop's public address."""

    uow: UnitOfWork
    clock: Clock
    entropy: Entropy
    public_url: str

    def page(self, path: str, language: Language) -> str:
        """The address of a page in that language."""
        prefix = "" if language is Language.EN else f"/{language}"
        return f"{self.public_url}{prefix}/{path}"
