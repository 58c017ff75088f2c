"""The test gateway, spoken to over HTTP."""

from watchstore.adapters.testgateway.absent import AbsentGateway
from watchstore.adapters.testgateway.client import HttpTestGateway

__all__ = ["AbsentGateway", "HttpTestGateway"]
