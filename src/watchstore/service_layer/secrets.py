"""Secrets are stored hashed: who reads the database cannot sign in with what is there."""

from hashlib import sha256


def secret_hash(secret: str) -> str:
    """SHA-256, hex. No salt is needed: the secrets have 256 random bits."""
    return sha256(secret.encode()).hexdigest()
