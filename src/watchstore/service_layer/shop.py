"""The whole shop as one typed object: every use case on its ports, and every question."""

from functools import partial
from types import TracebackType
from typing import Self

from watchstore.service_layer import mailing, relay
from watchstore.service_layer.departments.department import Ports
from watchstore.service_layer.departments.reception import Reception
from watchstore.service_layer.departments.stockroom import Stockroom
from watchstore.service_layer.departments.till import Till

__all__ = ["Ports", "Shop"]


class Shop(Reception, Stockroom, Till):
    """A context manager: leaving it closes the storage."""

    def drain(self) -> int:
        """Deliver the events that are due, once around; the worker calls this for ever."""
        p = self.ports
        return relay.drain(
            p.storage.deliveries, self._consumers(), failed=p.delivery_failed, spread=p.spread
        )

    def ping(self) -> None:
        self.ports.storage.ping()

    def close(self) -> None:
        self.ports.storage.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _consumers(self) -> dict[str, relay.Consumer]:
        p = self.ports
        return {
            "mail": partial(
                mailing.send_mail,
                begin=self.begin,
                clock=p.clock,
                entropy=p.entropy,
                mailer=p.mailer,
                public_url=p.public_url,
            ),
            "payments": partial(
                relay.settle_after, begin=self.begin, gateway=p.gateway, clock=p.clock
            ),
            "sessions": partial(relay.forget_sessions, sessions=p.sessions),
        }
