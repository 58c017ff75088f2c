CREATE TABLE IF NOT EXISTS payment (
    reference    TEXT PRIMARY KEY,
    order_number TEXT NOT NULL,
    currency     TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS payment_order ON payment (order_number);

CREATE TABLE IF NOT EXISTS entry (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    reference TEXT NOT NULL REFERENCES payment (reference),
    kind      TEXT NOT NULL CHECK (kind IN ('authorised', 'declined', 'captured', 'voided', 'refunded')),
    amount    INTEGER NOT NULL CHECK (amount > 0),
    at        TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS entry_payment ON entry (reference);
CREATE TRIGGER IF NOT EXISTS entry_no_update BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER IF NOT EXISTS entry_no_delete BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

-- What waits for the buyer; key is the one it was asked for with.
CREATE TABLE IF NOT EXISTS challenge (
    client_secret TEXT PRIMARY KEY,
    reference     TEXT NOT NULL UNIQUE REFERENCES payment (reference),
    key           TEXT NOT NULL,
    amount        INTEGER NOT NULL CHECK (amount > 0)
) STRICT, WITHOUT ROWID;

-- What will not be captured when it is asked for the first time.
CREATE TABLE IF NOT EXISTS blocked (
    reference TEXT PRIMARY KEY REFERENCES payment (reference)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS idempotency (
    key    TEXT PRIMARY KEY,
    digest TEXT NOT NULL,
    status INTEGER NOT NULL,
    body   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS notice (
    number  INTEGER PRIMARY KEY AUTOINCREMENT,
    id      TEXT NOT NULL UNIQUE,
    body    TEXT NOT NULL,
    sent_at TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS notice_unsent ON notice (number) WHERE sent_at IS NULL;
