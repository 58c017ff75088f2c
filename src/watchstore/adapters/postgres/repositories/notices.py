"""Which webhooks were heeded already."""

from datetime import datetime

from sqlalchemy.dialects.postgresql import insert

from watchstore.adapters.postgres.schema import notices
from watchstore.adapters.postgres.transaction import Transaction

_ADD = insert(notices).on_conflict_do_nothing()  # waits for a twin that is not committed yet


class PostgresNotices:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, gateway: str, notice_id: str, at: datetime) -> bool:
        row = {"gateway": gateway, "id": notice_id, "taken_at": at}
        return self._transaction.execute(_ADD, row).rowcount == 1
