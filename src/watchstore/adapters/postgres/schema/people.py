"""Accounts, their sessions and one-time tokens."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from watchstore.adapters.postgres.schema.columns import (
    identity,
    instant,
    is_hash,
    language,
    metadata,
    one_of,
    words,
)
from watchstore.domain.language import Language
from watchstore.domain.session import Purpose
from watchstore.domain.user import Role

users = Table(
    "users",
    metadata,
    identity(),
    words("email"),
    words("name"),
    words("password_hash"),
    instant("registered_at"),
    words("role"),
    instant("verified_at", null=True),
    instant("disabled_at", null=True),
    language(),
    UniqueConstraint("email"),
    CheckConstraint("email ~ '^[^@]+@[^@]+$' AND email !~ '[A-Z]'", name="email"),
    one_of("role", Role),
    one_of("language", Language),
)

sessions = Table(
    "sessions",
    metadata,
    identity(),
    Column("user_id", Uuid, ForeignKey("users.id"), nullable=False),
    words("secret_hash"),
    words("device"),
    instant("started_at"),
    instant("expires_at"),
    UniqueConstraint("secret_hash"),
    is_hash(),
    CheckConstraint("started_at < expires_at", name="life"),
    Index(None, "user_id"),
)

tokens = Table(
    "tokens",
    metadata,
    Column("secret_hash", Text, primary_key=True),
    words("purpose"),
    Column("user_id", Uuid, ForeignKey("users.id"), nullable=False),
    instant("expires_at"),
    instant("used_at", null=True),
    is_hash(),
    one_of("purpose", Purpose),
    Index(None, "user_id"),
)
