"""What a request key remembers: a receipt, or a refusal that is raised again word for word."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final, cast
from uuid import UUID

from watchstore.domain import errors
from watchstore.domain.errors import DomainError
from watchstore.domain.identifiers import PaymentId
from watchstore.domain.order import Order
from watchstore.domain.payment import Payment
from watchstore.domain.refund import Refund
from watchstore.domain.returning import Return

Answer = Mapping[str, object]

_BY_CODE: Final = {
    error.code: error
    for error in vars(errors).values()
    if isinstance(error, type) and issubclass(error, DomainError)
}


@dataclass(frozen=True, slots=True)
class BuyerAction:
    """What the buyer has to do, with their bank, before a payment can go on."""

    kind: str
    client_secret: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the buyer is told at once; `amount` is in minor units, `placed_at` ISO 8601.

    With an `action` the payment waits for the buyer.
    """

    number: str
    state: str
    amount: int
    currency: str
    placed_at: str
    action: BuyerAction | None = None


@dataclass(frozen=True, slots=True)
class PaymentMethods:
    """What a page needs to know to make the token of a card; the key is a public one."""

    gateway: str = "none"
    publishable_key: str | None = None


@dataclass(frozen=True, slots=True)
class RefundReceipt:
    """`pending` while the gateway's answer is unknown; `refused` says why in `refusal`."""

    id: str
    state: str
    refunded_amount: int
    currency: str
    refusal: str | None


def refund_receipt(refund: Refund) -> RefundReceipt:
    return RefundReceipt(
        str(refund.id),
        refund.state.value,
        refund.amount.amount,
        refund.amount.currency.code,
        refund.refusal,
    )


@dataclass(frozen=True, slots=True)
class LeftOutReceipt:
    """`pieces` counts what is left out; no `refund` when all of it was paid back before."""

    number: str
    state: str
    pieces: int
    refund: RefundReceipt | None


def left_out_receipt(order: Order, refund: Refund | None) -> LeftOutReceipt:
    return LeftOutReceipt(
        order.number.text,
        order.state.value,
        len(order.left_out),
        refund_receipt(refund) if refund else None,
    )


@dataclass(frozen=True, slots=True)
class ReturnReceipt:
    id: str
    state: str
    requested_at: str
    pieces: int
    restocked: bool | None
    note: str


def return_receipt(returned: Return) -> ReturnReceipt:
    return ReturnReceipt(
        str(returned.id),
        returned.state.value,
        returned.requested_at.isoformat(),
        len(returned.pieces),
        returned.restocked,
        returned.note,
    )


def receipt(order: Order, action: BuyerAction | None = None) -> Receipt:
    charged = order.prices.total
    return Receipt(
        order.number.text,
        order.state.value,
        charged.amount,
        charged.currency.code,
        order.placed_at.isoformat(),
        action,
    )


def receipt_answer(order: Order, action: BuyerAction | None = None) -> Answer:
    return {"receipt": asdict(receipt(order, action))}


def refusal_answer(refusal: DomainError) -> Answer:
    return {
        "refusal": {
            "code": refusal.code,
            "message": refusal.message,
            "details": dict(refusal.details),
        }
    }


def asking_answer(payment: Payment) -> Answer:
    """Not decided: whoever repeats the request is told how the payment stands by then."""
    return {"asks": str(payment.id)}


def payment_asked(answer: Answer) -> PaymentId | None:
    return PaymentId(UUID(cast(str, answer["asks"]))) if "asks" in answer else None


def created_answer(identity: object) -> Answer:
    return {"created": str(identity)}


def refusal_of(answer: Answer) -> DomainError | None:
    if "refusal" not in answer:
        return None
    stored = cast(dict[str, Any], answer["refusal"])
    return _BY_CODE[stored["code"]](stored["message"], **stored["details"])


def receipt_of(answer: Answer) -> Receipt:
    """Give the first answer again; raises the refusal if it was one."""
    refusal = refusal_of(answer)
    if refusal is not None:
        raise refusal
    told = cast(dict[str, Any], answer["receipt"])
    action = told.get("action")
    return Receipt(**{**told, "action": BuyerAction(**action) if action else None})
