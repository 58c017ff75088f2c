"""Is the shop well, seen from outside? smoke.py URL: exits with 1 and says what is wrong."""

import json
import os
import sys
import time
import urllib.error
import urllib.request
from http.client import HTTPException

ATTEMPTS = int(os.environ.get("SMOKE_ATTEMPTS", "5"))
PAUSE = float(os.environ.get("SMOKE_PAUSE", "5"))


def get(address: str) -> tuple[str, bytes]:
    request = urllib.request.Request(address, headers={"User-Agent": "watchstore-smoke"})  # noqa: S310
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - given by the pipeline
        return answer.headers.get("Cache-Control", ""), answer.read()


def faults(shop: str) -> list[str]:
    """What doesn't answer as it should; the catalogue has to be public, health private."""
    found = []
    cached, page = get(f"{shop}/")
    if b"<html" not in page.lower():
        found.append("the home page is no page")
    get(f"{shop}/api/v1/health/ready")
    cached, answer = get(f"{shop}/api/v1/watches?limit=1")
    if "items" not in json.loads(answer):
        found.append("the catalogue answers without items")
    if "public" not in cached:
        found.append("the catalogue can't be cached")
    return found


def main() -> None:
    found: list[str] = []
    for attempt in range(ATTEMPTS):
        time.sleep(PAUSE if attempt else 0)
        try:
            found = faults(sys.argv[1].rstrip("/"))
        except (OSError, HTTPException, ValueError) as error:
            found = [f"{type(error).__name__}: {error}"]
        if not found:
            return
    sys.exit("smoke: " + "; ".join(found))


if __name__ == "__main__":
    main()
