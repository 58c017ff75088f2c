"""Passwords: Argon2id hashes, and the list of those that attackers try first."""

from watchstore.adapters.argon2.common import common_passwords
from watchstore.adapters.argon2.hasher import Argon2Hasher

__all__ = ["Argon2Hasher", "common_passwords"]
