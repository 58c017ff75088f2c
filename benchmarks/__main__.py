"""`python -m benchmarks`: a table of ratios; with --check, 1 when a bar is missed."""

import argparse
import sys
import tempfile
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from benchmarks import pgbench
from benchmarks.cases import (
    BUYERS,
    Case,
    against_pgbench,
    hot_reads,
    missed_reads,
    purchases,
)
from benchmarks.rounds import Result, measure
from benchmarks.stage import Stage, staged
from benchmarks.stock import fill, offers_for_sale
from benchmarks.table import lines, missed

# Free pieces before each round, for each second of it: far more than any machine sells.
_HOT_PIECES_A_SECOND = 3000
_PIECES_A_SECOND = 60


def main() -> int:
    options = _options()
    with (
        tempfile.TemporaryDirectory(prefix="watchstore-bench-", dir=options.folder) as folder,
        staged(Path(folder)) as stage,
    ):
        results = [*_reads(stage, options), *_orders(stage, options, Path(folder))]
    print(*lines(results), sep="\n")
    busy = max((result.busy for result in results), default=0.0)
    print(f"\nLoad generator: our own, one process, at most {busy:.0%} of one processor.")
    faults = missed(results)
    print(*faults, sep="\n")
    return 1 if options.check and faults else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--seconds", type=float, default=2.0, help="of load in each round")
    parser.add_argument("--rounds", type=int, default=5, help="of ours and floor in turn")
    parser.add_argument("--only", default="", help="paths whose name contains this")
    parser.add_argument("--check", action="store_true", help="exit with 1 when a bar is missed")
    parser.add_argument("--folder", help="where the databases lie meanwhile")
    return parser.parse_args()


def _reads(stage: Stage, options: argparse.Namespace) -> list[Result]:
    webs, paths = stage.webs, stage.paths
    cases = [*hot_reads(webs, paths, stage.etag), *missed_reads(webs, paths)]
    return measure(_chosen(cases, options), rounds=options.rounds, seconds=options.seconds)


def _orders(stage: Stage, options: argparse.Namespace, folder: Path) -> list[Result]:
    offers = offers_for_sale(stage.database_url)
    cases = list(purchases(stage.webs, offers))
    if (program := pgbench.find_pgbench()) is None:
        print("No pgbench on this machine: nothing is compared with it.")
    else:
        scripts = pgbench.write_scripts(folder / "pgbench", stage.recipe, offers)
        bench = partial(pgbench.run, program, stage.database_url, scripts, BUYERS)
        cases.append(against_pgbench(stage.webs, offers, bench))
    chosen = _chosen(cases, options)
    restock = partial(_restock, stage.database_url, offers, options.seconds)
    if not chosen:
        return []
    return measure(chosen, rounds=options.rounds, seconds=options.seconds, before_each=restock)


def _restock(url: str, offers: list[str], seconds: float) -> None:
    fill(url, offers[:1], wanted=_pieces(_HOT_PIECES_A_SECOND, seconds))
    fill(url, offers[1:], wanted=_pieces(_PIECES_A_SECOND, seconds))


def _pieces(a_second: int, seconds: float) -> int:
    return round(a_second * max(seconds, 1.0))


def _chosen(cases: Iterable[Case], options: argparse.Namespace) -> list[Case]:
    return [case for case in cases if options.only in case.name]


if __name__ == "__main__":
    sys.exit(main())
