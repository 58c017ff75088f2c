"""The whole shop as one typed object: every use case on its ports, and every question."""

from collections.abc import Callable
from datetime import timedelta
from types import TracebackType
from typing import Self

from watchstore.service_layer import background, commands, relay, scheduling, verifying
from watchstore.service_layer.departments.dispatch import Dispatch
from watchstore.service_layer.departments.reception import Reception
from watchstore.service_layer.departments.stockroom import Stockroom
from watchstore.service_layer.departments.till import Till
from watchstore.service_layer.needs import Ports
from watchstore.service_layer.queries import Difference

__all__ = ["Ports", "Shop"]


class Shop(Reception, Stockroom, Till, Dispatch):
    """A context manager: leaving it closes the storage."""

    def drain(self, *, stopping: Callable[[], bool] = lambda: False) -> int:
        """Deliver the events that are due, once around; the worker calls this for ever."""
        p = self.ports
        return relay.drain(
            p.storage.deliveries,
            background.consumers(p, self.begin),
            clock=p.clock,
            failed=p.delivery_failed,
            spread=p.spread,
            stopping=stopping,
            delivering=p.delivering,
        )

    def replay_delivery(self, command: commands.ReplayDelivery) -> int:
        return relay.replay(command, deliveries=self.ports.storage.deliveries)

    def do_duties(self) -> int:
        """Do what is due of the schedule; every worker calls this now and then."""
        return scheduling.do_due(
            self.ports.storage.duties,
            background.schedule(self.ports, self.begin),
            report=self.ports.report,
        )

    def verify(self, *, grace: timedelta = verifying.GRACE) -> tuple[Difference, ...]:
        """Every difference between the shop's records, and between them and the gateway's."""
        return verifying.verify(
            checks=self.ports.storage.checks,
            gateway=self.ports.gateway,
            challenge=self.ports.terms.challenge,
            grace=grace,
        )

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
