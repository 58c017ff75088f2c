"""What may go wrong around one call to the gateway, and what the gateway's webhook then tells."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from tests.harness.language import told
from tests.harness.shop import House
from tests.harness.steps import Crash
from tests.state_machines.life import Life
from tests.support.webhooks import event, notice

from watchstore.adapters.memory.gateway_ledger import EntryKind, LedgerEntry
from watchstore.service_layer.ports import GatewayUnavailable

# (what happens, on which side of the call): the first two are that nothing does.
FAULTS: Final = (
    None,
    None,
    "away before",
    "away after",
    "crash before",
    "crash after",
    "notice after",  # the webhook overtakes the answer
    "orphan after",  # the webhook comes, the process that asked is dead
)

_ANSWERED: Final = (None, "notice after", "orphan after")


class Trouble:
    def __init__(self, house: House) -> None:
        self._house = house
        self._notices = 0

    def around(
        self, operation: str, fault: str | None, call: Callable[..., Any], *args: Any
    ) -> Any:
        """The answer, the refusal, or None when the process died."""
        if fault:
            kind, _, side = fault.partition(" ")
            hooks = {
                "away": _away,
                "crash": _crash,
                "notice": self.tell_the_latest,
                "orphan": self._tell_and_crash,
            }
            self._house.steps.at(f"gateway.{operation}:{side}", hooks[kind])
        try:
            return told(call, *args)
        except Crash:
            return None
        finally:
            self._house.steps.forget()

    def tell_the_latest(self) -> None:
        self.tell(self._house.gateway.entries[-1])

    def _tell_and_crash(self) -> None:
        self.tell_the_latest()
        raise Crash

    def tell(self, entry: LedgerEntry) -> str:
        """Deliver what the gateway has to say of an entry; returns the key that it is about."""
        key, declined = self._key_of(entry), entry.kind is EntryKind.DECLINED
        self._notices += 1
        body = event(
            key,
            identity=f"evt_{self._notices}",
            reference=entry.reference,
            outcome="declined" if declined else "approved",
            reason="insufficient_funds" if declined else None,
        )
        command = notice(self._house, body)
        self._house.rival.take_notice(command)
        self._house.rival.take_notice(command)  # as gateways do
        return key

    def _key_of(self, entry: LedgerEntry) -> str:
        """Of the calls of its kind about its payment that moved something, as many made entries."""
        decided = entry.kind in (EntryKind.AUTHORISED, EntryKind.DECLINED)
        kind = "authorise" if decided else entry.kind
        keys = [
            key
            for key, (asked, said) in self._house.gateway._answers.items()
            if (asked[0], said.reference) == (kind, entry.reference) and (decided or said.approved)
        ]
        same = [(each.reference, each.kind) for each in self._house.gateway.entries[: entry.id]]
        return keys[same.count((entry.reference, entry.kind)) - 1]


def unheard(fault: str | None) -> str | None:
    """Of a call about which the gateway has nothing to say by itself."""
    return {"notice after": None, "orphan after": "crash after"}.get(fault or "", fault)


def paid(sale: Life, fault: str | None) -> None:
    """What a pending payment came to, when this went wrong around its call."""
    if fault in ("away after", "crash after"):
        sale.ask_gateway()
    elif fault in _ANSWERED:
        sale.settle()


def repaid(sale: Life, identity: str, fault: str | None) -> None:
    if fault in ("away after", "crash after"):
        sale.move_money(identity)
    elif fault in _ANSWERED:
        sale.settle_repayment(identity)


def refund_told_of(key: str) -> str:
    return str(UUID(key.partition(":")[0]))


def _away() -> None:
    raise GatewayUnavailable("no answer")


def _crash() -> None:
    raise Crash
