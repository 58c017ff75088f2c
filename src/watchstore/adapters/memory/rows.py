"""What the store keeps where a row is more than one value of the domain."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from watchstore.domain.events import Event
from watchstore.domain.identifiers import OrderId, VoucherId, WatchId
from watchstore.domain.piece import Piece
from watchstore.service_layer.ports import RequestKey


@dataclass(frozen=True, slots=True)
class EditRow:
    """The version that the latest edit of a watch, its offers or its pieces made."""

    watch_id: WatchId
    version: int


@dataclass(frozen=True, slots=True)
class PieceRow:
    """`brand` is copied, so that one brand's serial numbers can be unique."""

    piece: Piece
    brand: str


@dataclass(frozen=True, slots=True)
class RedemptionRow:
    """One use of a voucher; the limits are copied, so that the slot and the turn obey them."""

    voucher_id: VoucherId
    slot: int
    customer: str
    turn: int
    uses: int
    uses_per_customer: int
    order_id: OrderId


@dataclass(frozen=True, slots=True)
class KeyRow:
    key: RequestKey
    claimed_at: datetime
    order_id: OrderId | None
    answer: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A webhook that was heeded."""

    gateway: str
    id: str
    taken_at: datetime


@dataclass(frozen=True, slots=True)
class EventRow:
    """`number` counts the events of one aggregate."""

    id: UUID
    aggregate: UUID
    number: int
    event: Event
    happened_at: datetime
    cause: str | None


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One event on its way to one consumer; `token` grows with every lease."""

    event_id: UUID
    consumer: str
    aggregate: UUID
    number: int
    due_at: datetime
    attempts: int = 0
    token: int = 0
    leased_until: datetime | None = None
    delivered_at: datetime | None = None
    parked_at: datetime | None = None
    error: str | None = None

    @property
    def stream(self) -> tuple[UUID, str]:
        return self.aggregate, self.consumer

    def is_due(self, at: datetime) -> bool:
        waiting = self.delivered_at is None and self.parked_at is None and self.due_at <= at
        return waiting and (self.leased_until is None or self.leased_until <= at)


@dataclass(frozen=True, slots=True)
class DutyRow:
    due_at: datetime
    leased_until: datetime | None = None
    token: int = 0

    def is_due(self, at: datetime) -> bool:
        return self.due_at <= at and (self.leased_until is None or self.leased_until <= at)
