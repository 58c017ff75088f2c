import ast
import sqlite3
import sys
from pathlib import Path

import pytest

from watchstore.entrypoints import testgateway
from watchstore.entrypoints.testgateway import app as gateway_app
from watchstore.entrypoints.testgateway import create_gateway
from watchstore.entrypoints.testgateway.app import LEDGER, Delays

PAYMENT = {"amount": 1000, "currency": "USD", "card": "tok_accepted", "order_number": "W-1"}
KEY = {"Idempotency-Key": "key"}


@pytest.fixture
def client(tmp_path):
    app = create_gateway(tmp_path / "ledger.db", Delays(slow=7, withheld=9))
    yield app.test_client()
    app.extensions[LEDGER].close()


def entries(client):
    return client.get("/v1/ledger").json["entries"]


def test_a_payment_from_charge_to_refund(client):
    answer = client.post("/v1/payments", json=PAYMENT, headers=KEY)
    reference = answer.json["reference"]
    assert answer.status_code == 200
    assert answer.json == {"reference": reference, "outcome": "approved", "reason": None}

    url = f"/v1/payments/{reference}"
    for act, amount in (("capture", 700), ("refund", 200)):
        moved = client.post(
            f"{url}/{act}", json={"amount": amount}, headers={"Idempotency-Key": act}
        )
        assert moved.status_code == 200

    state = client.get(url).json
    assert state == {
        "reference": reference,
        "order_number": "W-1",
        "currency": "USD",
        "authorised": 1000,
        "captured": 700,
        "voided": 0,
        "refunded": 200,
    }
    assert client.get("/v1/payments?order_number=W-1").json == {"payments": [state]}
    assert [entry["kind"] for entry in entries(client)] == ["authorised", "captured", "refunded"]


def test_a_refused_move_is_a_409_with_a_code(client):
    reference = client.post("/v1/payments", json=PAYMENT, headers=KEY).json["reference"]
    answer = client.post(
        f"/v1/payments/{reference}/capture",
        json={"amount": 1001},
        headers={"Idempotency-Key": "capture"},
    )
    assert (answer.status_code, answer.json["code"]) == (409, "exceeds_authorised")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"amount": 0}, "bad_amount"),
        ({"amount": -5}, "bad_amount"),
        ({"amount": 2**63}, "bad_amount"),
        ({"amount": 10.0}, "bad_amount"),
        ({"amount": "10"}, "bad_amount"),
        ({"amount": True}, "bad_amount"),
        ({"amount": None}, "bad_amount"),
        ({"currency": "usd"}, "bad_currency"),
        ({"currency": "USD\n"}, "bad_currency"),
        ({"currency": 840}, "bad_currency"),
        ({"card": ""}, "bad_card"),
        ({"card": ["tok_accepted"]}, "bad_card"),
        ({"order_number": "x" * 101}, "bad_order_number"),
        ({"order_number": "\ud800"}, "bad_order_number"),
        ({"order_number": "W\x00"}, "bad_order_number"),
        ({"tip": 1}, "unknown_field"),
        ({"\ud800": 1}, "unknown_field"),
    ],
)
def test_bad_input_is_named_and_charges_nothing(client, change, code):
    answer = client.post("/v1/payments", json=PAYMENT | change, headers=KEY)

    assert (answer.status_code, answer.json["code"]) == (400, code)
    assert answer.json["message"]
    assert entries(client) == []
    assert client.post("/v1/payments", json=PAYMENT, headers=KEY).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"\xff",
        b"[]",
        b"null",
        b"[" * 16_000,
        b'{"amount": ' + b"9" * 5000 + b"}",
        b'{"amount": NaN}',
    ],
)
def test_a_body_that_is_no_object_is_refused(client, body):
    answer = client.post("/v1/payments", data=body, headers=KEY)
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({}, "key_missing"),
        ({"Idempotency-Key": "a b"}, "key_invalid"),
        ({"Idempotency-Key": "k" * 256}, "key_invalid"),
    ],
)
@pytest.mark.parametrize("act", ["", "/pay_1/capture", "/pay_1/refund"])
def test_nothing_moves_without_a_key(client, act, headers, code):
    body = {"amount": 1} if act else PAYMENT
    answer = client.post(f"/v1/payments{act}", json=body, headers=headers)
    assert (answer.status_code, answer.json["code"]) == (400, code)


def test_no_void_without_a_key(client):
    answer = client.post("/v1/payments/pay_1/void")
    assert (answer.status_code, answer.json["code"]) == (400, "key_missing")


def test_the_same_request_spelt_otherwise_is_the_same_request(client):
    first = client.post("/v1/payments", json=PAYMENT, headers=KEY)
    turned = dict(reversed(PAYMENT.items()))
    assert client.post("/v1/payments", json=turned, headers=KEY).data == first.data


def test_a_key_used_otherwise_is_a_422(client):
    client.post("/v1/payments", json=PAYMENT, headers=KEY)
    answer = client.post("/v1/payments", json=PAYMENT | {"amount": 1}, headers=KEY)
    assert (answer.status_code, answer.json["code"]) == (422, "idempotency_key_reused")


def test_a_server_that_cannot_hang_up_says_504(client, monkeypatch):
    monkeypatch.setattr(gateway_app.time, "sleep", lambda _: None)
    first = client.post("/v1/payments", json=PAYMENT | {"card": "tok_timeout"}, headers=KEY)
    again = client.post("/v1/payments", json=PAYMENT | {"card": "tok_timeout"}, headers=KEY)
    assert (first.status_code, again.status_code) == (504, 200)


def test_slow_cards_take_their_time_once(client, monkeypatch):
    waited = []
    monkeypatch.setattr(gateway_app.time, "sleep", waited.append)

    for _ in range(2):
        answer = client.post("/v1/payments", json=PAYMENT | {"card": "tok_slow"}, headers=KEY)
        assert answer.json["outcome"] == "approved"
    assert waited == [7]


def test_a_lost_answer_is_lost_late(client, monkeypatch):
    seen = []
    monkeypatch.setattr(gateway_app.time, "sleep", lambda s: seen.append((s, len(entries(client)))))

    client.post("/v1/payments", json=PAYMENT | {"card": "tok_timeout"}, headers=KEY)
    assert seen == [(9, 1)]  # the charge is in the ledger before the silence


@pytest.mark.parametrize(
    ("method", "url", "status"),
    [
        ("GET", "/nowhere", 404),
        ("DELETE", "/v1/ledger", 405),
        ("GET", "/v1/payments/pay_1", 404),
        ("GET", "/v1/payments", 400),
        ("GET", "/v1/ledger?after=-1", 400),
        ("GET", "/v1/ledger?after=9999999999999999999", 400),
        ("GET", "/v1/ledger?after=x", 400),
    ],
)
def test_every_refusal_is_json_with_a_code(client, method, url, status):
    answer = client.open(url, method=method)
    assert answer.status_code == status
    assert answer.json["code"]


def test_a_ledger_that_fails_is_a_503_and_records_nothing(client, tmp_path):
    client.application.logger.disabled = True
    disk = sqlite3.connect(tmp_path / "ledger.db")
    disk.execute("CREATE TRIGGER f AFTER INSERT ON entry BEGIN SELECT RAISE(ABORT, 'full'); END")
    answer = client.post("/v1/payments", json=PAYMENT, headers=KEY)
    assert (answer.status_code, answer.json["code"]) == (503, "ledger_unavailable")
    assert client.get("/v1/payments?order_number=W-1").json == {"payments": []}

    disk.execute("DROP TRIGGER f")
    disk.close()
    assert client.post("/v1/payments", json=PAYMENT, headers=KEY).status_code == 200


def test_the_ledger_is_paged(client, monkeypatch):
    monkeypatch.setattr(gateway_app, "PAGE", 2)
    for number in range(3):
        headers = {"Idempotency-Key": f"key-{number}"}
        client.post("/v1/payments", json=PAYMENT, headers=headers)

    first = client.get("/v1/ledger").json
    rest = client.get(f"/v1/ledger?after={first['next']}").json
    assert len(first["entries"]) == 2
    assert (len(rest["entries"]), rest["next"]) == (1, None)


def test_it_is_healthy(client):
    assert client.get("/health").json == {"status": "ok"}


def test_it_knows_nothing_of_the_shop():
    allowed = sys.stdlib_module_names | {"flask", "werkzeug"}
    for module in Path(testgateway.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(module.read_text())):
            if isinstance(node, ast.Import):
                assert {name.name.partition(".")[0] for name in node.names} <= allowed
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 1 or node.module.partition(".")[0] in allowed
