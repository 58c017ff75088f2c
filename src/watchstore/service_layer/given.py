"""Ports that go together from one use case to the next, as keyword arguments."""

from typing import TypedDict

from watchstore.domain.terms import Terms
from watchstore.service_layer.ports import (
    Begin,
    Clock,
    Entropy,
    PasswordHasher,
    PaymentGateway,
    RateLimiter,
)


class Timed(TypedDict):
    """What changes the records, and says when."""

    begin: Begin
    clock: Clock


class Creating(Timed):
    """What makes something new, which has an id."""

    entropy: Entropy


class Settling(Timed):
    """What asks the gateway, and follows its answer."""

    gateway: PaymentGateway
    terms: Terms


class Guarding(TypedDict):
    """What takes a password, and not too many of them."""

    hasher: PasswordHasher
    limiter: RateLimiter
