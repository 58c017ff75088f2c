"""Import a catalogue: idempotent on (brand, bare reference), good rows taken, bad ones told."""

from collections.abc import Sequence
from dataclasses import replace

from watchstore.domain.money import Currency
from watchstore.domain.watch import Brand
from watchstore.service_layer.commands import ImportCatalogue
from watchstore.service_layer.importing.applying import Applying
from watchstore.service_layer.importing.brands import Spellings
from watchstore.service_layer.importing.catalogue_rows import CatalogueRow, parsed
from watchstore.service_layer.importing.chunks import chunks
from watchstore.service_layer.importing.good_rows import good_rows
from watchstore.service_layer.importing.pricing_rows import price_rows
from watchstore.service_layer.importing.reading import Sheet, read
from watchstore.service_layer.importing.report import ImportReport, Progress, unwatched
from watchstore.service_layer.importing.tally import CatalogueTally
from watchstore.service_layer.ports import Begin, Clock, Entropy
from watchstore.service_layer.retrying import retried


def import_catalogue(
    command: ImportCatalogue,
    *,
    begin: Begin,
    clock: Clock,
    entropy: Entropy,
    progress: Progress = unwatched,
) -> ImportReport:
    """Raises InvalidValue for what is no such file; whatever is wrong with a row is reported."""
    if command.default_currency is not None:
        Currency.parse(command.default_currency)
    sheet, tally = read(command.data), CatalogueTally()
    rows = _rows(sheet, command, _spellings(command, begin=begin), tally)
    done = 0
    for part in chunks(rows):
        tally.add(_import(part, command, begin=begin, clock=clock, entropy=entropy))
        done += len(part)
        progress(done, len(rows))
    return tally.report()


@retried
def _spellings(command: ImportCatalogue, *, begin: Begin) -> Spellings:
    """The catalogue's brands come first; what is known of them now and was not is kept."""
    with begin() as uow:
        kept = {brand.slug: brand for brand in uow.watches.brands()}
        news = [_filled(kept[brand.slug], brand) for brand in command.brands if brand.slug in kept]
        changed = [brand for brand in news if brand != kept[brand.slug]]
        for brand in sorted(changed, key=lambda brand: brand.name):
            uow.watches.keep_brand(brand)
        if changed and not command.dry_run:
            uow.commit()
    return Spellings([*command.brands, *kept.values()])


def _filled(kept: Brand, told: Brand) -> Brand:
    return replace(
        kept,
        country=kept.country or told.country,
        founded_year=kept.founded_year or told.founded_year,
    )


def _rows(
    sheet: Sheet, command: ImportCatalogue, spellings: Spellings, tally: CatalogueTally
) -> list[CatalogueRow]:
    """The rows to apply: parsed, in the catalogue's spelling, one per reference."""
    rows: dict[tuple[str, str], CatalogueRow] = {}
    for row in good_rows(sheet, parsed, command.default_currency, spellings, tally):
        first = rows.setdefault(row.identity, row)
        if first is not row:
            tally.refuse(
                row.fault(
                    "reference",
                    f"repeats line {first.row.line}: only the first row of a reference counts",
                )
            )
    return list(rows.values())


@retried
def _import(
    rows: Sequence[CatalogueRow],
    command: ImportCatalogue,
    *,
    begin: Begin,
    clock: Clock,
    entropy: Entropy,
) -> CatalogueTally:
    tally, now = CatalogueTally(), clock.now()
    with begin() as uow:
        applying = Applying(uow, tally, now=now, entropy=entropy, publish=command.publish)
        applied = applying.apply(rows)
        if command.prices:
            price_rows(applied, uow, tally, now)
        if tally.changed and not command.dry_run:
            uow.commit()
    return tally
