"""Which webhooks were heeded already."""

from datetime import datetime

from watchstore.adapters.memory.rows import NoticeRow
from watchstore.adapters.memory.store import Transaction
from watchstore.adapters.memory.tables import NOTICES


class MemoryNotices:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def add(self, gateway: str, notice_id: str, at: datetime) -> bool:
        row = NoticeRow(gateway, notice_id, at)
        return self._tx.insert_or_ignore(NOTICES, (gateway, notice_id), row)
