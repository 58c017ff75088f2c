"""The catalogue's answers as JSON."""

from watchstore.adapters.orjson.catalogue import EncodedCatalogue

__all__ = ["EncodedCatalogue"]
