"""Where a page of orders ended, in a form that a client hands back untouched."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from uuid import UUID

from watchstore.domain.errors import InvalidValue


def cursor_of(at: datetime, after: UUID) -> str:
    return urlsafe_b64encode(f"{at.isoformat()} {after}".encode()).decode()


def place_in(cursor: str | None) -> dict[str, datetime | UUID]:
    if not cursor:
        return {}
    try:
        at, after = urlsafe_b64decode(cursor.encode()).decode().split(" ")
        moment = datetime.fromisoformat(at)
        place: dict[str, datetime | UUID] = {"at": moment, "after": UUID(after)}
    except ValueError:
        raise _not_ours() from None
    if moment.tzinfo is None:
        raise _not_ours()
    return place


def _not_ours() -> InvalidValue:
    return InvalidValue("cursor", "must be one that a page gave")
