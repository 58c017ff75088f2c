"""The test gateway, spoken to over HTTP."""

from watchstore.adapters.testgateway.absent import AbsentGateway
from watchstore.adapters.testgateway.client import HttpTestGateway
from watchstore.adapters.testgateway.notices import TestGatewayNotices

__all__ = ["AbsentGateway", "HttpTestGateway", "TestGatewayNotices"]
