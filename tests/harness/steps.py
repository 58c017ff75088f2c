"""Puts rivals and crashes between the named steps of a use case.

Every call to a port is a step, before and after: `pieces.claim:before`, `commit:after`,
`gateway.authorise:after`. The doors built here pass everything on and change nothing.
"""

from collections import Counter
from collections.abc import Callable
from typing import Any, Self, cast

from watchstore.service_layer.ports import Begin, GatewayUnavailable, PaymentGateway, UnitOfWork

Hook = Callable[[], object]
PARTS = frozenset(
    {
        "users",
        "sessions",
        "tokens",
        "address_books",
        "wish_lists",
        "watches",
        "offers",
        "pieces",
        "carts",
        "orders",
        "payments",
        "checkouts",
        "vouchers",
        "refunds",
        "returns",
        "papers",
        "keys",
        "outbox",
        "notices",
    }
)


class Crash(BaseException):
    """The process died here. No `except Exception` may survive it."""


class Steps:
    def __init__(self) -> None:
        self.seen: list[str] = []
        self._times: Counter[str] = Counter()
        self._hooks: dict[tuple[str, int], Hook] = {}

    def at(self, step: str, hook: Hook, *, time: int = 1) -> None:
        """Call `hook` when the step is reached for the `time`-th time from now on."""
        self._hooks[step, self._times[step] + time] = hook

    def crash(self, step: str, *, time: int = 1) -> None:
        self.at(step, _die, time=time)

    def forget(self) -> None:
        """Nobody comes any more."""
        self._hooks.clear()

    def reach(self, step: str) -> None:
        self.seen.append(step)
        self._times[step] += 1
        hook = self._hooks.pop((step, self._times[step]), None)
        if hook is not None:
            hook()

    def require_all_reached(self) -> None:
        """A rival that never came proves nothing."""
        assert not self._hooks, f"never reached: {sorted(self._hooks)}"

    def begin(self, begin: Begin) -> Begin:
        return lambda: cast(UnitOfWork, UnitOfWorkDoor(begin(), self))

    def gateway(self, gateway: PaymentGateway) -> PaymentGateway:
        return cast(PaymentGateway, Door(gateway, "gateway", self))


class Door:
    """Another object's methods, each with a step before and after."""

    def __init__(self, behind: object, name: str, steps: Steps) -> None:
        self._behind = behind
        self._name = name
        self._steps = steps

    def __getattr__(self, method: str) -> Callable[..., Any]:
        call = getattr(self._behind, method)
        step = f"{self._name}.{method}" if self._name else method

        def stepped(*args: Any, **kwargs: Any) -> Any:
            self._steps.reach(f"{step}:before")
            answer = call(*args, **kwargs)
            self._steps.reach(f"{step}:after")
            return answer

        return stepped


class UnitOfWorkDoor:
    """A unit of work whose repositories have doors; `begin` and `commit` are steps too."""

    def __init__(self, uow: UnitOfWork, steps: Steps) -> None:
        self._uow = uow
        self._steps = steps
        self.commit = Door(uow, "", steps).commit

    def __enter__(self) -> Self:
        self._steps.reach("begin:before")
        self._uow.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._uow.__exit__(*error)

    def __getattr__(self, name: str) -> Any:
        part = getattr(self._uow, name)
        return Door(part, name, self._steps) if name in PARTS else part


def away() -> None:
    """The gateway gives no answer."""
    raise GatewayUnavailable("no answer")


def _die() -> None:
    raise Crash
