"""Papers for whoever may see their order."""

from dataclasses import dataclass

from watchstore.domain.errors import NotFound
from watchstore.domain.papers import Paper, PaperKind, PaperNumber
from watchstore.service_layer.commands import PrintPaper
from watchstore.service_layer.ports import Begin, Printer
from watchstore.service_layer.queries import OrderQueries, OrderView
from watchstore.service_layer.wording.sheet import sheet_of


@dataclass(frozen=True, slots=True)
class Printed:
    """A file: its name, what it is, and what is in it."""

    name: str
    media_type: str
    content: bytes


def print_paper(
    command: PrintPaper, *, orders: OrderQueries, begin: Begin, printer: Printer
) -> Printed:
    """Raises NotFound, for somebody else's order too."""
    order = orders.order(command.order, command.shopper)
    if order is None:
        raise NotFound("There is no such order.")
    number = _number(order, command)
    with begin() as uow:
        return printed(uow.papers.get(number), printer)


def printed(paper: Paper, printer: Printer) -> Printed:
    sheet = sheet_of(paper)
    name = f"{sheet.title} {sheet.number}.{printer.extension}"
    return Printed(name, printer.media_type, printer.print(paper))


def _number(order: OrderView, command: PrintPaper) -> PaperNumber:
    for document in order.documents:
        invoice = document.kind == PaperKind.INVOICE
        if (None if invoice else document.number) == command.credit_note:
            return PaperNumber.parse(document.number)
    raise NotFound("There is no such document.")
