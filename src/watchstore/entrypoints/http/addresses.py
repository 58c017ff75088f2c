"""Where a call comes from, as far as limits count."""

from ipaddress import IPv6Address, ip_address, ip_network

from flask import Request


def origin_of(request: Request) -> str:
    """The caller's address; of IPv6 the /64, because one customer owns that many."""
    given = request.remote_addr or "unknown"
    try:
        address = ip_address(given)
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address):
        return str(ip_network((address, 64), strict=False))
    return str(address)
