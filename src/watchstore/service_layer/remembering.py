"""Idempotency keys of writes that create one thing in one transaction (draft-ietf-httpapi-
idempotency-key-header): the key is claimed, the work done and the answer kept together."""

from uuid import UUID

from watchstore.domain.errors import InProgress, KeyReused
from watchstore.service_layer.answers import created_answer
from watchstore.service_layer.ports import Earlier, RequestKey, UnitOfWork


def same_request(earlier: Earlier, key: RequestKey) -> None:
    if earlier.fingerprint != key.fingerprint:
        raise KeyReused("This Idempotency-Key was used for another request.")


def earlier_creation(uow: UnitOfWork, key: RequestKey | None) -> UUID | None:
    """What the first request with this key made; None when this is the first."""
    earlier = uow.keys.claim(key) if key else None
    if key is None or earlier is None:
        return None
    same_request(earlier, key)
    if earlier.answer is None:
        raise InProgress("The same request is being worked on.", retry_after=1)
    return UUID(str(earlier.answer["created"]))


def remember_creation(uow: UnitOfWork, key: RequestKey | None, identity: UUID) -> None:
    if key is not None:
        uow.keys.answer(key, created_answer(identity))
