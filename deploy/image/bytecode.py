"""Bytecode, in advance, of what the processes load: bytecode.py FOLDER, run by FOLDER's Python.

Of everything that is installed it would be a third of the image, most of it never read. What is
loaded is seen by loading it: a module that is missed here costs the time of compiling it.
"""

import importlib
import json
import os
import pkgutil
import py_compile
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Final

import watchstore
from watchstore.adapters.fpdf2.canvas import SERIF, STRONG, Canvas
from watchstore.adapters.s3.client import connect, objects
from watchstore.adapters.stripe.calls import StripeCalls

# Loaded by a name in a setting, or not before its first use.
LATE: Final = (
    "gunicorn.app.wsgiapp",
    "gunicorn.workers.gthread",
    "opentelemetry.exporter.otlp.proto.http.trace_exporter",
    "psycopg2.extras",
    "sqlalchemy.dialects.postgresql.psycopg2",
)
# They need what the image doesn't have, or run when they are imported.
NOT_HERE: Final = (
    "watchstore.adapters.postgres.migrations.env",
    "watchstore.entrypoints.embedded",
    "watchstore.entrypoints.running",
)
INTENT: Final = {"object": "payment_intent", "id": "pi_1", "latest_charge": {"object": "charge"}}
REFUND: Final = {"object": "refund", "id": "re_1"}


class Anybody(BaseHTTPRequestHandler):
    """In the place of S3 and of Stripe."""

    def do_GET(self) -> None:
        self._answer(b"<ListBucketResult><Name>pages</Name></ListBucketResult>")

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(json.dumps(REFUND if "refunds" in self.path else INTENT).encode())

    def _answer(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_said: object) -> None:
        pass


def main(folder: Path) -> None:
    for name in (*ours(), *LATE):
        importlib.import_module(name)
    use()
    mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
    for file in loaded():
        if file.suffix == ".py" and file.is_relative_to(folder):
            py_compile.compile(str(file), doraise=True, invalidation_mode=mode)


def loaded() -> set[Path]:
    """And all of our own, which is little: some of it runs only where it is asked for."""
    files = {getattr(module, "__file__", None) for module in list(sys.modules.values())}
    own = Path(watchstore.__file__).parent.rglob("*.py")
    return {*own, *(Path(file) for file in files if file)}


def ours() -> Iterator[str]:
    for found in pkgutil.walk_packages(watchstore.__path__, "watchstore."):
        if not found.name.startswith(NOT_HERE):
            yield found.name


def use() -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Anybody)
    Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    print_paper()
    ask_s3(url)
    ask_stripe(url)
    server.shutdown()


def print_paper() -> None:
    canvas = Canvas(made_at=datetime.now(UTC), language="en", foot="Foot", page="Page")
    canvas.add_page()
    for font in ("sans", SERIF, STRONG):
        canvas.write_line("Uhrwerk 120.00", size=10, font=font, width=90)
    canvas.output()


def ask_s3(url: str) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        os.environ[name] = "nobody"
    os.environ |= {"AWS_ENDPOINT_URL": url, "AWS_REGION": "eu-central-1"}
    list(objects(connect(), "pages", ""))


def ask_stripe(url: str) -> None:
    calls = StripeCalls("sk_test_nobody", api_url=url, timeout=(5, 5))
    calls.create("key", {"amount": 1})
    calls.refund("key", {"amount": 1})


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
