"""The browser of the tests hears no news of interfaces, and nothing else is kept from it."""

import subprocess
import sys

import pytest

CALL = """
from socket import socket, {family}
from tests.browser.deaf_chromium import refuse_netlink
refuse_netlink()
socket({family})
"""


@pytest.mark.parametrize(
    ("family", "fault"),
    [("AF_NETLINK", "OSError: [Errno 97]"), ("AF_INET", ""), ("AF_UNIX", "")],
)
def test_news_of_interfaces_alone_are_refused(family: str, fault: str) -> None:
    call = [sys.executable, "-c", CALL.format(family=family)]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    assert fault in done.stderr
    assert (done.returncode == 0) is (fault == "")
