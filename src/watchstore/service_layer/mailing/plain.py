"""A letter as plain text."""

from watchstore.service_layer.mailing.letter import (
    Block,
    Facts,
    Good,
    Goods,
    Label,
    Letter,
    Link,
    Paragraph,
    Steps,
)
from watchstore.service_layer.wording.mails import FRAME


def as_text(letter: Letter, shop: str) -> str:
    words = FRAME[letter.language]
    parts = (
        letter.greeting,
        *(_block(block) for block in letter.blocks),
        f"{words.closing}\n{shop}",
    )
    return "\n\n".join(parts) + "\n"


def _block(block: Block) -> str:
    match block:
        case Paragraph(text):
            return text
        case Link(label, address):
            return f"{label}:\n{address}"
        case Steps(texts):
            return "\n".join(f"{number}. {text}" for number, text in enumerate(texts, 1))
        case Facts(pairs):
            return _pairs(pairs)
        case Goods(goods, sums):
            listed = "\n".join(_good(good) for good in goods)
            return f"{listed}\n\n{_pairs(sums)}" if sums else listed
        case Label(title, lines):
            return "\n".join((f"{title}:", *lines))


def _good(good: Good) -> str:
    return f"{good.what}: {good.amount}\n  {good.detail}"


def _pairs(pairs: tuple[tuple[str, str], ...]) -> str:
    return "\n".join(f"{name}: {value}" for name, value in pairs)
