"""The whole shop as one typed object: every use case on its ports, and every question."""

from types import TracebackType
from typing import Self

from watchstore.service_layer.departments.backroom import Backroom
from watchstore.service_layer.departments.dispatch import Dispatch
from watchstore.service_layer.departments.reception import Reception
from watchstore.service_layer.departments.stockroom import Stockroom
from watchstore.service_layer.departments.till import Till
from watchstore.service_layer.needs import Ports

__all__ = ["Ports", "Shop"]


class Shop(Reception, Stockroom, Till, Dispatch, Backroom):
    """A context manager: leaving it closes the storage."""

    def ping(self) -> None:
        self.ports.storage.ping()

    def close(self) -> None:
        self.ports.storage.close()
        self.ports.gateway.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
