"""A paper as it is read, whatever prints it: every text in its language, nothing left to count."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from watchstore.domain.delivery import Delivery
from watchstore.domain.papers import LineKind, Paper, PaperKind, PaperLine
from watchstore.domain.tax import EU
from watchstore.service_layer.wording.amounts import day_text, money_text, percent_text
from watchstore.service_layer.wording.goods import CONDITIONS, DELIVERIES
from watchstore.service_layer.wording.papers import WORDS, PaperWords
from watchstore.service_layer.wording.places import label


@dataclass(frozen=True, slots=True)
class SheetRow:
    what: str
    detail: str
    quantity: str
    unit_price: str
    amount: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """`facts` and `sums` are pairs of what it is and how much; the last sum is the total."""

    title: str
    number: str
    issued_at: datetime
    seller: str
    seller_lines: tuple[str, ...]
    recipient_title: str
    recipient: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    columns: tuple[str, str, str, str]
    rows: tuple[SheetRow, ...]
    sums: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    page: str


def sheet_of(paper: Paper) -> Sheet:
    words = WORDS[paper.language]
    credits_back = paper.number.kind is PaperKind.CREDIT_NOTE
    amount = words.amount if paper.tax_included else words.amount_net
    return Sheet(
        title=words.credit_note if credits_back else words.invoice,
        number=paper.number.text,
        issued_at=paper.issued_at,
        seller=paper.seller.name,
        seller_lines=(
            *paper.seller.address,
            words.tax_id.format(number=paper.seller.tax_id),
        ),
        recipient_title=words.recipient,
        recipient=_recipient(paper, words),
        facts=tuple(_facts(paper, words)),
        columns=(words.item, words.quantity, words.unit_price, amount),
        rows=tuple(_row(paper, line, words) for line in paper.lines),
        sums=tuple(_sums(paper, words)),
        notes=tuple(_notes(paper, words)),
        page=words.page,
    )


def _recipient(paper: Paper, words: PaperWords) -> tuple[str, ...]:
    to = paper.recipient
    if to.address is None:
        return (to.name, words.picked_up, to.email.address)
    return (*label(to.address, paper.language), to.email.address)


def _facts(paper: Paper, words: PaperWords) -> Iterator[tuple[str, str]]:
    issued = day_text(paper.issued_at, paper.language)
    yield words.date, issued
    if paper.invoice is None:
        yield words.supplied, issued  # the money is taken as the first parcel leaves
    else:
        yield words.corrects, paper.invoice.text
    yield words.order, paper.order_number.text
    yield words.ordered, day_text(paper.ordered_at, paper.language)


def _row(paper: Paper, line: PaperLine, words: PaperWords) -> SheetRow:
    return SheetRow(
        _what(paper, line, words),
        " · ".join(_details(paper, line, words)),
        str(line.quantity),
        money_text(line.unit_price, paper.language),
        money_text(line.total if paper.tax_included else line.net, paper.language),
    )


def _what(paper: Paper, line: PaperLine, words: PaperWords) -> str:
    if line.kind is LineKind.DELIVERY:
        return DELIVERIES[paper.language][Delivery(line.what)]
    return words.paid_back if line.kind is LineKind.AMOUNT else line.what


def _details(paper: Paper, line: PaperLine, words: PaperWords) -> Iterator[str]:
    if line.kind is LineKind.AMOUNT and line.what:
        yield line.what
    if line.reference:
        yield words.reference.format(reference=line.reference)
    if line.condition is not None:
        yield CONDITIONS[paper.language][line.condition]
    if line.discount:
        taken_off = money_text(line.discount * -1, paper.language)
        yield words.discount.format(amount=taken_off)


def _sums(paper: Paper, words: PaperWords) -> Iterator[tuple[str, str]]:
    for rate in paper.rates:
        if rate.percent:
            percent = percent_text(rate.percent, paper.language)
            yield words.net.format(percent=percent), money_text(rate.net, paper.language)
            yield words.tax.format(percent=percent), money_text(rate.tax, paper.language)
    name = words.total if paper.refund_id is None else words.credited
    yield name, money_text(paper.total, paper.language)


def _notes(paper: Paper, words: PaperWords) -> Iterator[str]:
    yield words.paid if paper.refund_id is None else words.refunded
    untaxed = not any(line.percent for line in paper.lines)
    if untaxed and paper.tax_country is not None and paper.tax_country not in EU:
        yield words.exported
