"""What may happen to a payment: never more captured than authorised, nor refunded than captured."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    AUTHORISED = "authorised"
    DECLINED = "declined"
    CAPTURED = "captured"
    VOIDED = "voided"
    REFUNDED = "refunded"


@dataclass(frozen=True, slots=True)
class Sums:
    """All the money of one payment, in minor units. A declined one has nothing authorised."""

    authorised: int = 0
    captured: int = 0
    voided: int = 0
    refunded: int = 0

    def why_not_capture(self, amount: int) -> str | None:
        if self.voided:
            return "already_voided"
        if not self.authorised:
            return "not_authorised"
        return "exceeds_authorised" if self.captured + amount > self.authorised else None

    def why_not_void(self) -> str | None:
        if self.voided:
            return "already_voided"
        if not self.authorised:
            return "not_authorised"
        return "already_captured" if self.captured else None

    def why_not_refund(self, amount: int) -> str | None:
        if not self.captured:
            return "not_captured"
        return "exceeds_captured" if self.refunded + amount > self.captured else None
