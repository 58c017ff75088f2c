"""Synthesized templates, and questions about them through aws_cdk.assertions."""

import copy
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aws_cdk.assertions import Match, Template

STACKS = ("network", "data", "app", "edge", "observability", "cicd")
_PREFIX = "AWS::"


@dataclass
class Templates:
    """One synthesized set; `json` is what CloudFormation would get, by stack."""

    json: dict[str, dict[str, Any]]
    _parsed: dict[str, Template] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> "Templates":
        files = {name: folder / f"watchstore-{name}.template.json" for name in STACKS}
        return cls({name: json.loads(file.read_text()) for name, file in files.items()})

    def changed(self, stack: str) -> "Templates":
        """A set in which this stack may be changed; what was parsed of the others is shared."""
        others = {name: parsed for name, parsed in self._parsed.items() if name != stack}
        return Templates({**self.json, stack: copy.deepcopy(self.json[stack])}, others)

    def find(self, stack: str, kind: str, **parts: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Resources of a kind; `like="Api"` keeps those whose logical id contains it."""
        for name, resource in self.json[stack]["Resources"].items():
            if resource["Type"] == _PREFIX + kind and parts.get("like", "") in name:
                yield name, resource

    def one(self, stack: str, kind: str, like: str = "") -> dict[str, Any]:
        """The properties of the only such resource."""
        found = [resource for _, resource in self.find(stack, kind, like=like)]
        assert len(found) == 1, f"{len(found)} x {kind} like {like!r} in {stack}"
        properties: dict[str, Any] = found[0].setdefault("Properties", {})
        return properties

    def template(self, stack: str) -> Template:
        if stack not in self._parsed:
            self._parsed[stack] = Template.from_json(self.json[stack])
        return self._parsed[stack]

    def every(self, stack: str, kind: str, **properties: Any) -> None:
        """There is such a resource, and each one has these properties."""
        template = self.template(stack)
        wanted = Match.object_like(properties)
        with _refused():
            template.has_resource_properties(_PREFIX + kind, wanted)
            template.all_resources_properties(_PREFIX + kind, wanted)

    def some(self, stack: str, kind: str, **properties: Any) -> None:
        """At least one such resource has these properties."""
        with _refused():
            self.template(stack).has_resource_properties(
                _PREFIX + kind, Match.object_like(properties)
            )

    def kept(self, stack: str, kind: str, policy: str) -> None:
        """Removing the stack, or replacing the resource, doesn't remove what it holds."""
        with _refused():
            self.template(stack).all_resources(
                _PREFIX + kind,
                Match.object_like({"DeletionPolicy": policy, "UpdateReplacePolicy": policy}),
            )


class _refused:  # noqa: N801 - reads as a word in `with _refused():`
    """Turn the assertion library's own refusal into AssertionError, and nothing else."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if error is not None and "Template has " in str(error):
            raise AssertionError(str(error)[:2000]) from error
