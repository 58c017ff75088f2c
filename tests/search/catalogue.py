"""The real catalogue as search documents, read once."""

import csv
from functools import cache
from pathlib import Path

import watchstore
from watchstore.adapters.rapidfuzz.speller import RapidfuzzSpeller
from watchstore.service_layer.searching.document import SearchDocument, WatchText, document_of
from watchstore.service_layer.searching.index import DocumentIndex
from watchstore.service_layer.searching.vocabulary import Vocabulary

CATALOGUE = Path(watchstore.__file__).parent / "entrypoints" / "demo" / "catalogue.csv"


@cache
def watches() -> tuple[WatchText, ...]:
    with CATALOGUE.open(encoding="utf-8", newline="") as file:
        return tuple(
            WatchText(**{name: row[name] for name in WatchText.__slots__ if name in row})
            for row in csv.DictReader(file)
        )


@cache
def documents() -> tuple[SearchDocument, ...]:
    return tuple(document_of(watch) for watch in watches())


@cache
def speller() -> RapidfuzzSpeller:
    return RapidfuzzSpeller(Vocabulary.of(documents()))


@cache
def index() -> DocumentIndex[int]:
    return DocumentIndex(enumerate(documents()))
