"""`make bench` runs through: every path is answered as it should be, by the shop and its floor."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATHS = {
    "hot listing",
    "hot detail",
    "hot search",
    "hot suggest",
    "hot listing, measured",
    "not modified",
    "missed listing",
    "missed filtered",
    "missed search",
    "missed detail",
    "order",
    "order, gateway aside",
    "order, one hot watch",
}


def benchmarks(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "benchmarks", "--seconds", "0.2", "--rounds", "1"]
    return subprocess.run(
        [*command, "--folder", str(folder), *options],
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])},
        capture_output=True,
        text=True,
        timeout=240,
    )


def test_every_path_is_measured(tmp_path):
    done = benchmarks(tmp_path)
    assert done.returncode == 0, done.stderr
    measured = {line.split("|")[1].strip() for line in done.stdout.splitlines() if "|" in line}
    assert measured >= PATHS
    assert list(tmp_path.iterdir()) == []
