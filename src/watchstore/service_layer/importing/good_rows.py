"""The rows of a file that can be taken, with the catalogue's spelling of their brands."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

from watchstore.service_layer.importing.brands import Spellings
from watchstore.service_layer.importing.catalogue_rows import CatalogueRow
from watchstore.service_layer.importing.offer_rows import OfferRow
from watchstore.service_layer.importing.reading import Row, Sheet
from watchstore.service_layer.importing.report import Fault
from watchstore.service_layer.importing.tally import Tally

_Good = TypeVar("_Good", CatalogueRow, OfferRow)


def good_rows(
    sheet: Sheet,
    parsed: Callable[[Row, str | None], _Good | tuple[Fault, ...]],
    default_currency: str | None,
    spellings: Spellings,
    tally: Tally,
) -> Iterator[_Good]:
    """All others are refused, and told of in the tally."""
    tally.faults.extend(sheet.ignored)
    for fault in sheet.refused:
        tally.refuse(fault)
    for each in sheet.rows:
        row = parsed(each, default_currency)
        if isinstance(row, tuple):
            tally.refuse(*row)
        else:
            yield replace(row, brand=spellings.of(row.brand))
