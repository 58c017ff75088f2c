"""The gateway as a process: killed, stopped, refused its port; and a client that gets no answer."""

import socket
import sqlite3
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from threading import Event, Thread

import pytest
from tests.support.gateway_process import GatewayProcess, command, environment

from watchstore.adapters.testgateway import HttpTestGateway
from watchstore.domain.money import Currency, Money
from watchstore.service_layer.ports import GatewayUnavailable

PRICE = Money(1000, Currency("USD"))
CANNED = b"HTTP/1.1 %s\r\nContent-Length: %d\r\nContent-Type: application/json\r\n\r\n%s"


@pytest.fixture
def ledger(tmp_path):
    return tmp_path / "ledger.db"


@contextmanager
def client_of(url, **options):
    client = HttpTestGateway(url, **{"read_timeout": 30, **options})
    try:
        yield client
    finally:
        client.close()


def authorise(client, key="key", *, card="tok_accepted"):
    return client.authorise(key=key, amount=PRICE, card=card, order_number="W-1")


def charges(ledger):
    connection = sqlite3.connect(ledger)
    try:
        (count,) = connection.execute(
            "SELECT count(*) FROM entry WHERE kind = 'authorised'"
        ).fetchone()
    finally:
        connection.close()
    return count


def test_a_key_still_answers_after_a_kill(ledger):
    with GatewayProcess(ledger) as first, client_of(first.url) as client:
        before = authorise(client)
        first.kill()
        # The same port: the client's pool holds a connection to the dead process.
        with GatewayProcess(ledger, port=first.port):
            assert authorise(client) == before
            (payment,) = client.find(order_number="W-1")
        with pytest.raises(GatewayUnavailable):
            authorise(client)
    assert payment.reference == before.reference
    assert charges(ledger) == 1


def test_killed_under_load_it_forgets_no_answer_and_charges_no_key_twice(ledger):
    answers, enough = {}, Event()

    def buy(client, number):
        for attempt in range(1000):
            key = f"{number}-{attempt}"
            try:
                answers[key] = authorise(client, key)
            except GatewayUnavailable:
                return key
            if len(answers) >= 200:
                enough.set()
        return None

    with GatewayProcess(ledger) as first, client_of(first.url) as client:
        with ThreadPoolExecutor(16) as threads:
            buyers = [threads.submit(buy, client, number) for number in range(16)]
            enough.wait()
            first.kill()
        unanswered = [key for buyer in buyers if (key := buyer.result())]
    with GatewayProcess(ledger) as second, client_of(second.url) as client:
        assert {key: authorise(client, key) for key in answers} == answers
        assert all(authorise(client, key).approved for key in unanswered)

    assert charges(ledger) == len(answers) + len(unanswered)


def test_an_answer_withheld_beyond_the_time_out_is_there_when_repeated(ledger):
    with GatewayProcess(ledger, "--withhold", "600") as running:
        with client_of(running.url, read_timeout=0.2) as hasty, pytest.raises(GatewayUnavailable):
            authorise(hasty, card="tok_timeout")
        with client_of(running.url) as patient:
            assert authorise(patient, card="tok_timeout").approved
    assert charges(ledger) == 1


def test_a_slow_card_is_not_charged_before_it_has_made_up_its_mind(ledger):
    with (
        GatewayProcess(ledger, "--slow", "600") as running,
        client_of(running.url, read_timeout=0.2) as hasty,
        pytest.raises(GatewayUnavailable),
    ):
        authorise(hasty, card="tok_slow")
    assert charges(ledger) == 0


def test_terminated_it_leaves_with_success(ledger):
    with GatewayProcess(ledger) as running, client_of(running.url) as client:
        authorise(client)
        assert running.terminate() == 0


def refused_start(ledger, port):
    return subprocess.run(
        command(ledger, port=port),
        env=environment(),
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def test_a_port_in_use_is_refused_in_one_line(ledger, tmp_path):
    with GatewayProcess(ledger) as running:
        refused = refused_start(tmp_path / "other.db", running.port)

    assert refused.returncode == 2
    (line,) = refused.stderr.splitlines()
    assert str(running.port) in line
    assert "in use" in line


def test_a_file_that_is_no_ledger_is_refused_in_one_line(ledger):
    ledger.write_text("not a database at all, but a text" * 100)

    refused = refused_start(ledger, 0)

    assert refused.returncode == 2
    assert len(refused.stderr.splitlines()) == 1


def test_connections_are_kept_alive(ledger):
    with GatewayProcess(ledger) as running:
        connection = HTTPConnection("127.0.0.1", running.port, timeout=30)
        connection.connect()
        used = connection.sock
        for _ in range(3):
            connection.request("GET", "/health")
            assert connection.getresponse().read() == b'{"status": "ok"}'
        assert connection.sock is used
        connection.close()


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"POST /v1/payments HTTP/1.1\r\nContent-Length: 99999999", 413),
        (b"POST /v1/payments HTTP/1.1\r\nContent-Length: many", 411),
        (b"POST /v1/payments HTTP/1.1\r\nTransfer-Encoding: chunked", 411),
        (b"NONSENSE", 400),
        (b"BREW /v1/payments HTTP/1.1", 501),
    ],
)
def test_requests_that_cannot_be_read_are_refused(ledger, head, status):
    with (
        GatewayProcess(ledger) as running,
        socket.create_connection(("127.0.0.1", running.port), timeout=30) as raw,
        raw.makefile("rb") as received,
    ):
        raw.sendall(head + b"\r\n\r\n")
        answer = received.read()
    assert str(status).encode() in answer.partition(b"Content")[0]
    assert b"Traceback" not in answer


@contextmanager
def stand_in(answer: bytes) -> Iterator[str]:
    """A server that says the same to everybody and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(answer)

        thread = Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        thread.join()


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\ncut",
        b"no http at all\r\n\r\n",
        CANNED % (b"200 OK", 2, b"<>"),
        CANNED % (b"200 OK", 2, b"[]"),
        CANNED % (b"200 OK", 2, b"{}"),
        CANNED % (b"404 Not Found", 2, b"{}"),
        CANNED % (b"302 Found", 2, b"{}"),
        CANNED % (b"500 Internal Server Error", 2, b"{}"),
        CANNED % (b"503 Service Unavailable", 2, b"{}"),
    ],
)
def test_an_answer_that_says_nothing_is_no_answer(answer):
    with stand_in(answer) as url, client_of(url) as client, pytest.raises(GatewayUnavailable):
        authorise(client)


@pytest.mark.parametrize("answer", [CANNED % (b"200 OK", 2, b"{}"), CANNED % (b"404 No", 2, b"{}")])
def test_an_unreadable_find_is_no_answer(answer):
    with stand_in(answer) as url, client_of(url) as client, pytest.raises(GatewayUnavailable):
        client.find(order_number="W-1")


def test_nobody_listening_is_no_answer():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with client_of(f"http://127.0.0.1:{port}") as client, pytest.raises(GatewayUnavailable):
        authorise(client)


def test_reading_has_a_time_out_of_its_own(ledger):
    with (
        GatewayProcess(ledger) as running,
        client_of(running.url, connect_timeout=11, read_timeout=22) as client,
    ):
        authorise(client)
        connection = client._connections._take()
        assert (connection.timeout, connection.sock.gettimeout()) == (11, 22)
        connection.close()


@pytest.mark.parametrize("url", ["https://gateway", "gateway:80", ""])
def test_only_an_http_address_will_do(url):
    with pytest.raises(ValueError, match="address"):
        HttpTestGateway(url)
