"""Accounts and sessions."""

from dataclasses import dataclass, field

from watchstore.domain.identifiers import (
    Email,
    SessionId,
    UserId,
)
from watchstore.domain.language import Language
from watchstore.domain.user import Role


@dataclass(frozen=True, slots=True)
class RegisterAccount:
    """`origin` is the caller's network address, which limits are counted by."""

    email: Email
    name: str
    password: str = field(repr=False)
    origin: str = "local"
    language: Language = Language.EN


@dataclass(frozen=True, slots=True)
class CreateStaff:
    """An account made by the operator: verified from the start."""

    email: Email
    name: str
    role: Role
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class VerifyEmail:
    token: str = field(repr=False)
    origin: str = "local"


@dataclass(frozen=True, slots=True)
class SignIn:
    """`guest_hash` names the guest cart to take over; `ending` the session to replace."""

    email: Email
    password: str = field(repr=False)
    device: str = ""
    origin: str = "local"
    guest_hash: str | None = None
    ending: SessionId | None = None


@dataclass(frozen=True, slots=True)
class EndSessions:
    """Sign out: one session, or with none named all of them; `keep` is spared."""

    user_id: UserId
    session_id: SessionId | None = None
    keep: SessionId | None = None


@dataclass(frozen=True, slots=True)
class ChangePassword:
    user_id: UserId
    current: str = field(repr=False)
    new: str = field(repr=False)
    keep: SessionId | None = None


@dataclass(frozen=True, slots=True)
class RequestPasswordReset:
    email: Email
    origin: str = "local"


@dataclass(frozen=True, slots=True)
class ResetPassword:
    token: str = field(repr=False)
    password: str = field(repr=False)
    origin: str = "local"


@dataclass(frozen=True, slots=True)
class ReviseAccount:
    """What is None stays as it is."""

    user_id: UserId
    name: str | None = None
    language: Language | None = None
