"""Stripe: PaymentIntents that are captured later, and its webhooks."""

from watchstore.adapters.stripe.gateway import StripeGateway
from watchstore.adapters.stripe.notices import StripeNotices

__all__ = ["StripeGateway", "StripeNotices"]
