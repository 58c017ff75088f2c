"""What operators count on: each guard of metrics, traces, settings and copies, taken away."""

import pytest
from tests.mutants.mutant import Mutant

OBSERVING = "http/test_observing.py::"

MUTANTS = [
    Mutant(
        "metrics by the public port",
        "entrypoints/metrics.py",
        'if environ["SERVER_PORT"] != self._port:',
        'if environ["SERVER_PORT"] != self._port and environ["PATH_INFO"] != PATH:',
        ("metrics/test_web.py::test_nobody_reaches_them_by_the_public_port[/metrics]",),
    ),
    Mutant(
        "a series for every path",
        "entrypoints/http/observing.py",
        'route = environ.get("watchstore.route", "none")',
        'route = environ["PATH_INFO"]',
        (f"{OBSERVING}test_requests_are_counted_by_route_and_never_by_what_callers_make_up",),
    ),
    Mutant(
        "processes that are dead and counted",
        "entrypoints/gunicorn_conf.py",
        "        metrics.forget_process(worker.pid)\n",
        "        pass\n",
        ("metrics/test_web.py::test_what_a_killed_process_did_still_counts",),
    ),
    Mutant(
        "events that forget their cause",
        "entrypoints/tracing.py",
        "CAUSE.set(carrier.get(_PARENT))",
        "CAUSE.set(None)",
        ("tracing/test_purchase.py::test_it_is_one_trace",),
    ),
    Mutant(
        "spans that repeat what was sent",
        "entrypoints/tracing.py",
        '"db.query.text": statement[:_LONGEST]',
        '"db.query.text": f"{statement}{rest[0]}"',
        ("tracing/test_purchase.py::test_no_value_that_somebody_sent_is_in_a_span_or_a_log",),
    ),
    Mutant(
        "a crash that quotes what was sent",
        "entrypoints/http/tracebacks.py",
        "if kind.__module__.startswith(_OURS)",
        "if kind.__module__",
        ("http/test_audit_log.py::test_a_crash_tells_where_and_not_with_what",),
    ),
    Mutant(
        "an error of the database that quotes a row",
        "adapters/postgres/errors.py",
        "{_said(error, state)}",
        "{error.orig}",
        ("postgres/test_errors.py::TestNoErrorRepeatsAValue::test_in_a_traceback[bad data]",),
    ),
    Mutant(
        "secrets shown by repr",
        "entrypoints/settings.py",
        "repr=not secret",
        "repr=True",
        ("unit/test_settings.py::test_no_secret_is_shown",),
    ),
    Mutant(
        "rows that are lost and not missed",
        "entrypoints/backup.py",
        'if rows != about["rows"]:',
        "if False:",
        ("run/test_backup.py::test_rows_that_are_missing_are_noticed",),
    ),
    Mutant(
        "a shop that is overwritten",
        "entrypoints/backup.py",
        "if connection.execute(_TABLES).first() is not None:",
        "if False:",
        ("run/test_backup.py::test_a_shop_that_is_there_is_not_overwritten",),
    ),
]


@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_a_mutant_is_killed(must_die, mutant):
    must_die(mutant)


def _group(mutant: Mutant) -> str:
    folder = mutant.killers[0].partition("/")[0]
    return folder if folder in {"metrics", "tracing"} else "others"


@pytest.mark.parametrize("group", ["metrics", "tracing", "others"])
def test_what_kills_them_passes_without_them(must_live, group):
    """In turns: those that start a whole shop take their time."""
    must_live([each for each in MUTANTS if _group(each) == group])
