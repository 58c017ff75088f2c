"""Import pieces for sale: each row is one piece, and a second run finds them all there.

A row has no number of its own. Its identity is what it says (source, brand, reference,
condition, price) and how many such rows came before it: a row whose price was edited is
another piece, and the same row in next month's file is the same piece.
"""

from collections import Counter
from collections.abc import Sequence

from watchstore.domain.money import Currency
from watchstore.domain.offer import Condition
from watchstore.service_layer.commands import ImportOffers
from watchstore.service_layer.importing import identities
from watchstore.service_layer.importing.brands import Spellings
from watchstore.service_layer.importing.chunks import chunks, gathered
from watchstore.service_layer.importing.good_rows import good_rows
from watchstore.service_layer.importing.offer_rows import OfferRow, parsed
from watchstore.service_layer.importing.reading import Sheet, read
from watchstore.service_layer.importing.report import OffersReport, Progress, unwatched
from watchstore.service_layer.importing.stocking_rows import Arrival, Stocking
from watchstore.service_layer.importing.tally import OffersTally
from watchstore.service_layer.ports import Begin, Clock
from watchstore.service_layer.retrying import retried


def import_offers(
    command: ImportOffers, *, begin: Begin, clock: Clock, progress: Progress = unwatched
) -> OffersReport:
    """Raises InvalidValue for what is no such file; whatever is wrong with a row is reported."""
    if command.default_currency is not None:
        Currency.parse(command.default_currency)
    sheet, tally = read(command.data), OffersTally()
    arrivals = _arrivals(sheet, command, _spellings(begin=begin), tally)
    done = 0
    for part in chunks(gathered(arrivals)):
        tally.add(_import(part, command, begin=begin, clock=clock))
        done += len(part)
        progress(done, len(arrivals))
    return tally.report()


@retried
def _spellings(*, begin: Begin) -> Spellings:
    with begin() as uow:
        return Spellings(uow.watches.brands())


def _arrivals(
    sheet: Sheet, command: ImportOffers, spellings: Spellings, tally: OffersTally
) -> list[Arrival]:
    seen = Counter[tuple[str, ...]]()
    arrivals = []
    for row in good_rows(sheet, parsed, command.default_currency, spellings, tally):
        traits = _traits(row)
        seen[traits] += 1
        arrivals.append(_arrival(row, traits, seen[traits]))
    return arrivals


def _traits(row: OfferRow) -> tuple[str, ...]:
    price = row.price
    return (
        row.source,
        row.brand.slug.text,
        row.reference.bare,
        row.condition.value,
        str(price.amount),
        price.currency.code,
    )


def _arrival(row: OfferRow, traits: tuple[str, ...], occurrence: int) -> Arrival:
    """New pieces of one price share an offer; any other piece has its own."""
    own = () if row.condition is Condition.NEW else (occurrence,)
    return Arrival(row, identities.offer(*traits, *own), identities.piece(*traits, occurrence))


@retried
def _import(
    part: Sequence[Arrival], command: ImportOffers, *, begin: Begin, clock: Clock
) -> OffersTally:
    tally = OffersTally()
    with begin() as uow:
        Stocking(uow, tally, clock.now()).receive(part)
        if tally.received and not command.dry_run:
            uow.commit()
    return tally
