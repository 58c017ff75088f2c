"""One-time tokens, known by the hash of their secret."""

from sqlalchemy import bindparam, select

from watchstore.adapters.postgres.repositories.statements import adding, prefixed, saving
from watchstore.adapters.postgres.schema import tokens
from watchstore.adapters.postgres.transaction import Transaction
from watchstore.domain.errors import InvalidToken
from watchstore.domain.identifiers import UserId
from watchstore.domain.session import Purpose, Token

_ADD = adding(tokens, "token")
_SAVE = saving(tokens, "saved_token", key="secret_hash")
_GET = (
    select(tokens)
    .where(
        tokens.c.secret_hash == bindparam("secret_hash"), tokens.c.purpose == bindparam("purpose")
    )
    .with_for_update(key_share=True)
)


def _values(token: Token) -> dict[str, object]:
    return {
        "secret_hash": token.secret_hash,
        "purpose": token.purpose.value,
        "user_id": token.user_id,
        "expires_at": token.expires_at,
        "used_at": token.used_at,
    }


class PostgresTokens:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, token: Token) -> None:
        self._transaction.later(_ADD, prefixed("token", _values(token)))

    def get(self, secret_hash: str, purpose: Purpose) -> Token:
        params = {"secret_hash": secret_hash, "purpose": purpose.value}
        row = self._transaction.execute(_GET, params).first()
        if row is None:
            raise InvalidToken("This link is not valid any more; ask for a new one.")
        return Token(
            row.secret_hash, Purpose(row.purpose), UserId(row.user_id), row.expires_at, row.used_at
        )

    def save(self, token: Token) -> None:
        self._transaction.later(_SAVE, prefixed("saved_token", _values(token)))
