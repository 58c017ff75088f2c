"""What the HTTP entrypoint needs to know of its surroundings."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

_LOOPBACK: Final = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpSettings:
    """`trusted_proxies` is exact: one too many lets a caller choose its own address."""

    public_url: str = "http://127.0.0.1:8000"
    trusted_proxies: int = 0
    cache_seconds: int = 5
    longest_body: int = 64 * 1024

    @property
    def secure(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def origins(self) -> frozenset[str]:
        """Where our own pages come from; a laptop's address has three names."""
        parts = urlsplit(self.public_url)
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
        names = _LOOPBACK if host in _LOOPBACK else (host,)
        return frozenset(f"{parts.scheme}://{name}{port}" for name in names)
