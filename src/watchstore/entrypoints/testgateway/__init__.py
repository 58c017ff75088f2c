"""A payment gateway for development: somebody else's system, so it imports nothing of the shop."""

from .app import create_gateway

__all__ = ["create_gateway"]
