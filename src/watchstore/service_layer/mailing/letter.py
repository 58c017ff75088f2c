"""A letter in parts: whatever renders it puts each text where it belongs, and nothing else."""

from dataclasses import dataclass

from watchstore.domain.identifiers import Email
from watchstore.domain.language import Language
from watchstore.domain.papers import Paper
from watchstore.service_layer.wording.mails import FRAME


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """The one thing that the reader is asked to do."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Steps:
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What it is, and what it is here."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Good:
    what: str
    detail: str
    amount: str


@dataclass(frozen=True, slots=True)
class Goods:
    """What was bought, and the sums below it; the last of them is the total."""

    goods: tuple[Good, ...]
    sums: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Label:
    """A title over some lines, such as an address."""

    title: str
    lines: tuple[str, ...]


Block = Paragraph | Link | Steps | Facts | Goods | Label


@dataclass(frozen=True, slots=True)
class Letter:
    """`to` is called by `name`, if it is known; `paper` is what it brings with it."""

    to: Email
    name: str
    language: Language
    subject: str
    blocks: tuple[Block, ...]
    paper: Paper | None = None

    @property
    def greeting(self) -> str:
        words = FRAME[self.language]
        return words.greeting.format(name=self.name) if self.name else words.greeting_unnamed
