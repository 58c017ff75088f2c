"""What the test gateway's own ledger says was charged."""

from contextlib import closing

from watchstore.adapters.testgateway import HttpTestGateway


def charges(gateway_url: str, order_number: str) -> int:
    """How many approved authorisations the gateway holds for an order."""
    with closing(HttpTestGateway(gateway_url)) as gateway:
        payments = gateway.find(order_number=order_number)
    return sum(1 for payment in payments if payment.authorised)
