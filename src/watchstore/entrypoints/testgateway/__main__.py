"""Start it: `python -m watchstore.entrypoints.testgateway --port N --ledger FILE`."""

import argparse
import signal
import sqlite3
import sys
from contextlib import AbstractContextManager, closing, nullcontext
from pathlib import Path
from types import FrameType

from .app import LEDGER, Delays, create_gateway
from .ledger import Ledger
from .sending import Sender, Subscriber
from .server import GatewayServer

CANNOT_START = 2


def main() -> int:
    options = _options()
    try:
        app = create_gateway(options.ledger, Delays(options.slow, options.withhold))
    except sqlite3.Error as error:
        return _refuse(f"cannot use {options.ledger} as a ledger: {error}")
    try:
        server = GatewayServer(options.host, options.port, app)
    except (OSError, OverflowError) as error:
        return _refuse(f"cannot listen on port {options.port}: {getattr(error, 'strerror', error)}")
    ledger = app.extensions[LEDGER]
    with server, closing(ledger), _webhooks(ledger, options):
        _serve(server)
    return 0


def _webhooks(ledger: Ledger, options: argparse.Namespace) -> AbstractContextManager[object]:
    if not options.webhook_url:
        return nullcontext()
    late, copies = options.webhook_late, options.webhook_copies
    return Sender(ledger, Subscriber(options.webhook_url, options.webhook_secret, late, copies))


def _serve(server: GatewayServer) -> None:
    signal.signal(signal.SIGTERM, _leave)
    try:
        sys.stdout.write(f"test gateway on http://127.0.0.1:{server.server_port}\n")
        sys.stdout.flush()
        server.serve_forever()
    except KeyboardInterrupt:
        return


def _leave(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _refuse(message: str) -> int:
    sys.stderr.write(f"test gateway: {message}\n")
    return CANNOT_START


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="testgateway", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, required=True, help="0 takes any free one")
    parser.add_argument("--ledger", type=Path, required=True, help="SQLite file, made if missing")
    parser.add_argument("--slow", type=float, default=2.0, help="seconds tok_slow thinks")
    parser.add_argument(
        "--withhold",
        type=float,
        default=5.0,
        help="seconds tok_timeout is silent before it hangs up; 0 hangs up at once",
    )
    parser.add_argument("--webhook-url", default="", help="where every answer is sent too")
    parser.add_argument("--webhook-secret", default="", help="what webhooks are signed with")
    parser.add_argument("--webhook-late", type=float, default=0.0, help="seconds they wait")
    parser.add_argument("--webhook-copies", type=int, default=1, help="times each is sent")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
