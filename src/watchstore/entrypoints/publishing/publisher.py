"""The publisher: keeps the pages up to date with the catalogue, in a worker or once."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from watchstore.entrypoints.publishing.publish import Published, publish
from watchstore.entrypoints.publishing.site import Site
from watchstore.entrypoints.publishing.turns import Turn
from watchstore.service_layer.ports import ConcurrencyConflict, Overtaken, Unavailable
from watchstore.service_layer.shop import Shop

# A burst of edits is waited for so long, and published as one.
SETTLE: Final = 0.2
# Edits that another worker was told of, and then died.
LOOK_EVERY: Final = 60.0
AGAIN: Final = 1.0  # seconds, when another is at work or something is away
# What no edit tells of: stock for search engines, neighbours' prices, a page that got lost.
WHOLE_EVERY: Final = timedelta(hours=1)
_WHOLE: Final = "republish"
_WHOLE_LASTING: Final = timedelta(minutes=10)


def _log() -> Any:
    import structlog  # noqa: PLC0415 - slow to import, and a shop as a library publishes nothing

    return structlog.get_logger("watchstore.publisher")


class Publisher:
    def __init__(self, shop: Shop, site: Site) -> None:
        self._shop = shop
        self._site = site
        self._duties = shop.ports.storage.duties

    def run(
        self, *, whole: bool = False, stopped: Callable[[], bool] = lambda: False
    ) -> Published | None:
        """What was done; None while another publisher is at work."""
        turn = Turn.take(self._duties)
        if turn is None:
            return None

        def going_on() -> bool:
            turn.keep()
            return not stopped()

        try:
            return publish(
                self._shop.ports.storage.pages,
                self._site,
                day=self._shop.ports.clock.now().date(),
                whole=whole,
                going_on=going_on,
            )
        finally:
            turn.end()

    def keep_up(self, stop: threading.Event) -> None:
        """Publish now, and whenever the catalogue was edited, until `stop` is set and `edited`
        too; a sale is no edit."""
        edited = self._shop.ports.edited
        while not stop.is_set():
            edited.clear()
            if edited.wait(self._work(stop)):
                stop.wait(SETTLE)

    def _work(self, stop: threading.Event) -> float:
        """Seconds until there is something to do again without being told."""
        try:
            return self._in_turn(stop)
        except (Unavailable, ConcurrencyConflict, Overtaken) as hindrance:
            _log().warning("publishing_waits", error=str(hindrance))
            return AGAIN
        except Exception:  # noqa: BLE001 - whatever it is, the next edit is published
            _log().exception("publishing_failed")
            return LOOK_EVERY

    def _in_turn(self, stop: threading.Event) -> float:
        token = self._duties.take(_WHOLE, lasting=_WHOLE_LASTING)
        done = None
        try:
            done = self.run(whole=token is not None, stopped=stop.is_set)
        finally:
            if token is not None:
                again_in = timedelta(0) if done is None else WHOLE_EVERY
                self._duties.done(_WHOLE, token, again_in=again_in)
        if done is None:
            return AGAIN
        if done.written or done.removed:
            _log().info(
                "published", version=done.version, written=done.written, removed=done.removed
            )
        return LOOK_EVERY
