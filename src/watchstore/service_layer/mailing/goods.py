"""What was bought, as a letter shows it."""

from collections.abc import Iterator
from typing import Final

from watchstore.domain.delivery import Delivery
from watchstore.domain.language import Language
from watchstore.domain.order import Order, OrderLine
from watchstore.service_layer.mailing.letter import Good, Goods, Label
from watchstore.service_layer.wording.amounts import money_text, percent_text
from watchstore.service_layer.wording.goods import CONDITIONS, DELIVERIES
from watchstore.service_layer.wording.order_mails import ORDER
from watchstore.service_layer.wording.places import label

_TIMES: Final = "\N{MULTIPLICATION SIGN}"


def good(line: OrderLine, count: int, language: Language) -> Good:
    detail = f"{line.reference} · {CONDITIONS[language][line.condition]}"
    return Good(
        f"{count} {_TIMES} {line.brand} {line.name}",
        detail,
        money_text(line.unit_price * count, language),
    )


def confirmed(order: Order) -> Goods:
    """Every line, and the price sheet as it is charged."""
    language = order.contact.language
    lines = tuple(good(line, line.quantity, language) for line in order.lines)
    return Goods(lines, tuple(_sums(order)))


def destination(order: Order) -> Label:
    language = order.contact.language
    words, way = ORDER[language], DELIVERIES[language][order.delivery]
    if order.address is None or order.delivery is Delivery.PICK_UP:
        return Label(words.delivery, (words.picked_up,))
    return Label(words.sent_to, (*label(order.address, language), way))


def _sums(order: Order) -> Iterator[tuple[str, str]]:
    language, sheet = order.contact.language, order.prices
    words = ORDER[language]
    yield words.items, money_text(sheet.items, language)
    if sheet.discount:
        name = f"{words.discount} {sheet.voucher}" if sheet.voucher else words.discount
        yield name, money_text(sheet.discount * -1, language)
    fee = money_text(sheet.delivery, language) if sheet.delivery else words.delivery_free
    yield words.delivery, fee
    if sheet.tax:
        name = words.tax_included if sheet.taxation.included else words.tax_added
        percent = percent_text(sheet.taxation.percent, language)
        yield name.format(percent=percent), money_text(sheet.tax, language)
    yield words.total, money_text(sheet.total, language)
