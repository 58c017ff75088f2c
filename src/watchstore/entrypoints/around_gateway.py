"""A payment gateway with something put around every call that moves money."""

from collections.abc import Callable
from typing import Any, Final, cast

from watchstore.service_layer.ports import PaymentGateway

Call = Callable[..., Any]
# (what is called, the call itself) -> the call with something around it
Wrap = Callable[[str, Call], Call]

_MOVING: Final = frozenset({"authorise", "capture", "void", "refund"})


def around(gateway: PaymentGateway, wrap: Wrap) -> PaymentGateway:
    return cast(PaymentGateway, _Around(gateway, wrap))


class _Around:
    """Reading the ledger, and closing, are passed on as they are."""

    def __init__(self, inner: PaymentGateway, wrap: Wrap) -> None:
        self._inner = inner
        self._wrap = wrap

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        return self._wrap(name, found) if name in _MOVING else found


def outcome(answer: Any) -> str:
    """In one word; an answer that leaves it open has no `approved`."""
    return _OUTCOMES[getattr(answer, "approved", None)]


_OUTCOMES: Final = {True: "approved", False: "refused", None: "pending"}
