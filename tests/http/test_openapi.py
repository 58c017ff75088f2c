"""The description is complete, well-formed, and true."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from tests.harness import language
from tests.http.site import ADDRESS, Browser, Site, a_site, order_body
from tests.http.test_access import MAY

from watchstore.service_layer.commands import RepriceOffer

METHODS = {"get", "post", "put", "patch", "delete"}


@cache
def described() -> dict[str, Any]:
    answer = a_site().browser().get("openapi.json")
    assert answer.content_type == "application/json"
    found: dict[str, Any] = answer.json
    return found


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in described()["paths"].items():
        for method in METHODS & set(item):
            yield method, path, item[method]


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for child in node.values():
            yield from references(child)
    elif isinstance(node, list):
        for child in node:
            yield from references(child)


def resolve(reference: str) -> dict[str, Any]:
    node: Any = described()
    for part in reference.removeprefix("#/").split("/"):
        node = node[part]
    return dict(node)


def test_every_route_is_described_and_nothing_else() -> None:
    routes = {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route) for route in MAY}
    assert {f"{method.upper()} {path}" for method, path, _ in operations()} == routes


def test_it_is_openapi_3_1() -> None:
    document = described()
    assert document["openapi"] == "3.1.0"
    assert {"title", "version", "description"} <= set(document["info"])
    assert all(resolve(reference) for reference in references(document))


def test_every_path_parameter_is_declared() -> None:
    for method, path, operation in operations():
        shared = described()["paths"][path].get("parameters", [])
        declared = [*shared, *operation.get("parameters", [])]
        names = {item["name"] for item in declared if item["in"] == "path"}
        assert names == set(re.findall(r"{(\w+)}", path)), (method, path)
        assert all(item["required"] for item in declared if item["in"] == "path")


def test_every_operation_says_what_it_does_answers_and_refuses() -> None:
    for method, path, operation in operations():
        assert operation["summary"], path
        responses = operation["responses"]
        assert any(status.startswith("2") for status in responses), path
        refusals = {status for status in responses if int(status) >= 400}
        assert {"429", "500", "503"} <= refusals, path
        for status in refusals:
            content = resolve(responses[status]["$ref"])["content"]
            assert set(content) == {"application/problem+json"}, (method, path, status)
        if operation["x-access"] != "public":
            assert "401" in refusals
            assert operation["security"] == [{"session": []}]


def test_bodies_are_closed_and_described() -> None:
    for method, path, operation in operations():
        if method in {"patch", "put"} or "requestBody" in operation:
            content = operation["requestBody"]["content"]
            if set(content) == {"text/csv"}:
                continue
            schema = content["application/json"]["schema"]
            assert resolve(schema["$ref"])["additionalProperties"] is False, path


def matches(schema: dict[str, Any], value: Any) -> list[str]:
    """What of `value` the schema does not allow: enough of JSON Schema for our own answers."""
    if "$ref" in schema:
        return matches(resolve(schema["$ref"]), value)
    if "anyOf" in schema:
        tried = [matches(one, value) for one in schema["anyOf"]]
        return [] if [] in tried else tried[0]
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(_is(value, kind) for kind in kinds):
        return [f"{value!r} is not {kinds}"]
    if isinstance(value, list):
        return [fault for one in value for fault in matches(schema["items"], one)]
    if isinstance(value, dict) and "properties" in schema:
        return _members(schema, value)
    return []


def _members(schema: dict[str, Any], value: dict[str, Any]) -> list[str]:
    known = schema["properties"]
    faults = [f"{name} is not described" for name in value if name not in known]
    faults += [f"{name} is missing" for name in schema.get("required", []) if name not in value]
    for name in set(value) & set(known):
        faults += [f"{name}: {fault}" for fault in matches(known[name], value[name])]
    return faults


def _is(value: Any, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    kinds: dict[str, Any] = {
        "null": type(None),
        "string": str,
        "integer": int,
        "number": (int, float),
        "array": list,
        "object": dict,
    }
    return isinstance(value, kinds.get(kind, ()))


def answer_schema(method: str, path: str, status: str) -> dict[str, Any]:
    content = described()["paths"][path][method]["responses"][status]["content"]
    schema: dict[str, Any] = content["application/json"]["schema"]
    return schema


@pytest.fixture(scope="module")
def site() -> Site:
    return a_site()


@pytest.fixture(scope="module")
def manager(site: Site) -> Browser:
    return site.signed_in("manager")


@pytest.fixture(scope="module")
def number(site: Site, manager: Browser) -> str:
    offer = language.an_offer(site.house, 2, watch=language.a_watch(site.house))
    manager.put(f"cart/lines/{offer}", {"quantity": 1})
    return str(manager.order(order_body(offer)).json["number"])


@pytest.fixture(scope="module")
def checkout(site: Site, manager: Browser) -> str:
    """With a voucher, and a price that changed: nothing in the answer is left empty."""
    offer = language.an_offer(site.house)
    manager.put(f"cart/lines/{offer}", {"quantity": 1})
    site.house.shop.reprice_offer(RepriceOffer(offer, language.Money.of("1", "USD")))
    language.a_voucher(site.house)
    held = manager.post("checkouts").json
    manager.patch(f"checkouts/{held['id']}", {"voucher": "TEN", "address": ADDRESS})
    return str(held["id"])


@pytest.mark.parametrize(
    "path",
    [
        "health/live",
        "session",
        "sessions",
        "account",
        "account/addresses",
        "account/wishlist",
        "account/returns",
        "account/export",
        "watches",
        "watches/suggest",
        "watches/{slug}",
        "brands",
        "cart",
        "checkouts/{checkout_id}",
        "orders",
        "orders/{number}",
        "office/watches",
        "office/watches/{slug}",
        "office/stock",
        "office/vouchers",
        "office/orders",
        "office/orders/{number}",
    ],
)
def test_answers_are_as_described(manager: Browser, number: str, checkout: str, path: str) -> None:
    filled = path.replace("{slug}", "grand-seiko-heritage-sbga211").replace("{number}", number)
    filled = filled.replace("{checkout_id}", checkout)
    answer = manager.get(filled + ("?q=gra" if path.endswith("suggest") else ""))
    assert answer.status_code == 200
    assert matches(answer_schema("get", f"/api/v1/{path}", "200"), answer.json) == []


@pytest.mark.parametrize("where", ["orders", "office/orders"])
@pytest.mark.parametrize("paper", ["invoice", "credit-notes/{credit_note}"])
def test_papers_are_described_as_files(where: str, paper: str) -> None:
    told = described()["paths"][f"/api/v1/{where}/{{number}}/{paper}.pdf"]["get"]["responses"]
    file = {"schema": {"type": "string", "format": "binary"}}
    assert told["200"]["content"] == {"application/pdf": file}


def test_a_problem_is_as_described(manager: Browser) -> None:
    schema = resolve("#/components/responses/UNPROCESSABLE_ENTITY")
    problem = manager.post("account", {}).json
    assert matches(schema["content"]["application/problem+json"]["schema"], problem) == []


def test_the_page_shows_every_operation_and_runs_nothing(site: Site) -> None:
    answer = site.browser().get("docs")
    assert answer.content_type == "text/html; charset=utf-8"
    assert "<script" not in answer.text
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", answer.text)
    assert not re.search(r"\son\w+=", answer.text)
    assert "{{" not in answer.text
    for method, path, operation in operations():
        assert f"<code>{path}</code>" in answer.text, (method, path)
        assert operation["summary"].split("'")[0] in answer.text
    assert 'id="sold_out"' in answer.text
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    again = site.browser().get("docs", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.headers["Content-Security-Policy"]) == (304, policy)


def test_every_link_of_the_page_leads_somewhere(site: Site) -> None:
    text = site.browser().get("docs").text
    targets = set(re.findall(r'id="([^"]+)"', text))
    assert set(re.findall(r'href="#([^"]+)"', text)) <= targets
