"""The test gateway, spoken to over HTTP."""

from watchstore.adapters.testgateway.client import HttpTestGateway

__all__ = ["HttpTestGateway"]
