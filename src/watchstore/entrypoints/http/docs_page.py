"""Renders the OpenAPI description as one page without any script."""

from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from watchstore.entrypoints.http.problems import catalogue_of_problems

_METHODS = ("get", "post", "put", "patch", "delete")


def render_page(spec: Mapping[str, Any]) -> str:
    environment = Environment(
        loader=PackageLoader("watchstore.entrypoints.http"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["type"] = type_name
    return environment.get_template("docs.html").render(
        spec=spec,
        style=_style(),
        areas=_areas(spec),
        schemas=dict(sorted(spec["components"]["schemas"].items())),
        problems=sorted(catalogue_of_problems()),
    )


@cache
def page_policy() -> str:
    """Only this very style sheet may apply; nothing else may load or run."""
    digest = b64encode(sha256(_style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; "
        "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    )


def _style() -> str:
    return files("watchstore.entrypoints.http").joinpath("templates/docs.css").read_text("utf-8")


def _areas(spec: Mapping[str, Any]) -> list[dict[str, Any]]:
    grouped: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for path, operations in spec["paths"].items():
        shared = operations.get("parameters", [])
        for method in _METHODS:
            if method in operations:
                operation = operations[method]
                grouped[operation["tags"][0]].append(_entry(method, path, operation, shared))
    return [{**tag, "operations": grouped[tag["name"]]} for tag in spec["tags"]]


def _entry(
    method: str, path: str, operation: Mapping[str, Any], shared: list[Any]
) -> dict[str, Any]:
    content = operation.get("requestBody", {}).get("content", {})
    access = operation["x-access"]
    return {
        "method": method.upper(),
        "path": path,
        "anchor": f"{method}-{path.strip('/').replace('/', '-')}",
        "summary": operation.get("summary", ""),
        "description": operation.get("description", ""),
        "access": access.replace("_", " ") if isinstance(access, str) else " or ".join(access),
        "parameters": [*shared, *operation.get("parameters", [])],
        "body": next((one["schema"] for one in content.values()), None),
        "answers": list(_answers(operation["responses"])),
    }


def _answers(responses: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    for status, answer in sorted(responses.items()):
        if "$ref" in answer:
            yield status, _last(answer["$ref"]).replace("_", " ").capitalize(), None
        else:
            content = answer.get("content", {})
            schema = next((one.get("schema") for one in content.values()), None)
            yield status, answer["description"], schema


def type_name(schema: Mapping[str, Any]) -> str:
    """A schema in a few words: `array of LineBody`, `integer`, `string or null`."""
    if "$ref" in schema:
        return _last(schema["$ref"])
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in schema:
            return " or ".join(type_name(one) for one in schema[choice])
    if schema.get("format") == "binary":
        return "a file"
    kind = schema.get("type", "any")
    if kind == "array":
        return f"array of {type_name(schema['items'])}"
    return " or ".join(kind) if isinstance(kind, list) else str(kind)


def _last(reference: str) -> str:
    return reference.rsplit("/", 1)[-1]
