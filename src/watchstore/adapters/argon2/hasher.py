"""Password hashes by Argon2id at OWASP's minimum, a few at a time."""

import unicodedata
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from watchstore.service_layer.ports import Unavailable

# OWASP Password Storage Cheat Sheet: 19 MiB, two passes, one lane.
MEMORY_KIB: Final = 19 * 1024
PASSES: Final = 2
LANES: Final = 1
PATIENCE: Final = 3.0


class Argon2Hasher:
    """`at_once` hashes run in parallel; who waits `patience` seconds in vain gets Unavailable.

    Unlimited, a burst of sign-ins would take all cores and 19 MiB each from the buyers.
    """

    def __init__(self, at_once: int, *, patience: float = PATIENCE) -> None:
        self._argon2 = PasswordHasher(PASSES, MEMORY_KIB, LANES)
        self._room = BoundedSemaphore(at_once)
        self._patience = patience

    def hash(self, password: str) -> str:
        with self._turn():
            return self._argon2.hash(_prepared(password))

    def verify(self, password: str, password_hash: str | None) -> bool:
        """Hashes made with other parameters verify too: each says how it was made."""
        with self._turn():
            try:
                return self._matches(password_hash or DECOY, password)
            except InvalidHashError:  # an account without a usable password
                return self._matches(DECOY, password)

    def _matches(self, password_hash: str, password: str) -> bool:
        try:
            return self._argon2.verify(password_hash, _prepared(password))
        except VerificationError:
            return False

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._room.acquire(timeout=self._patience):
            raise Unavailable("Too many passwords are being checked at once.")
        try:
            yield
        finally:
            self._room.release()


def _prepared(password: str) -> bytes:
    """NFKC (NIST SP 800-63B): one password, however a keyboard composes its letters.

    Never cut: a cut password would be a weaker one without its owner knowing. Lone surrogates,
    which JSON can carry, are passed through rather than raised on.
    """
    return unicodedata.normalize("NFKC", password).encode(errors="surrogatepass")


def _decoy() -> str:
    """A hash that no password is known for, as costly to verify as a real one."""
    salt, tag = (b64encode(bytes(size)).decode().rstrip("=") for size in (16, 32))
    return f"$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p={LANES}${salt}${tag}"


DECOY: Final = _decoy()
