"""The examples run, as their first lines say."""

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest
from tests.harness.goods import Goods
from tests.support.gateway_process import SOURCES

from watchstore.entrypoints.library import open_shop

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"


def output_of(script: str, *arguments: str, flags: tuple[str, ...] = ()) -> str:
    done = subprocess.run(
        [sys.executable, *flags, str(EXAMPLES / script), *arguments],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(SOURCES)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout


def test_pricing_a_cart_needs_no_site_packages() -> None:
    lines = output_of("price_a_cart.py", flags=("-S",)).splitlines()
    assert lines[-2].split() == ["Total", "7,534.70", "USD"]


def test_a_sale_day_is_the_same_every_time() -> None:
    first = output_of("sale_day.py")
    assert "paid" in first
    assert output_of("sale_day.py") == first


def test_the_stock_report_reads_a_live_database(database_url: str) -> None:
    with open_shop(database_url) as shop:
        goods = Goods(shop)
        goods.offer(3)
    lines = output_of("stock_report.py", database_url).splitlines()
    assert lines[0] == "brand,reference,condition,price,free,held,sold"
    assert lines[1] == "Omega,310.30.1,new,710000 USD (minor units),3,0,0"


@pytest.mark.serial
def test_another_projects_tests_pass_on_the_built_wheel(tmp_path: Path) -> None:
    """In an environment of its own that holds the wheel, and the libraries of this one."""
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q"]
    wheels = tmp_path / "wheels"
    subprocess.run(
        [*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", wheels, ROOT], check=True
    )
    (wheel,) = wheels.glob("watchstore-*.whl")
    venv.create(tmp_path / "env", with_pip=False)
    python = tmp_path / "env" / "bin" / "python"
    (site,) = (tmp_path / "env").glob("lib/python*/site-packages")
    subprocess.run([*pip, "install", "--no-deps", "--target", site, wheel], check=True)
    libraries = Path(pytest.__file__).parents[1]
    (site / "libraries.pth").write_text(f"{libraries}\n")
    suite = tmp_path / "suite"
    suite.mkdir()
    (suite / "test_gift_shop.py").write_text(
        (EXAMPLES / "their_tests" / "test_gift_shop.py").read_text()
    )
    origin = "import watchstore; print(watchstore.__file__)"
    where = subprocess.check_output([python, "-c", origin], text=True)
    assert where.startswith(str(site)), where
    done = subprocess.run(
        [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", suite],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "3 passed" in done.stdout, done.stdout + done.stderr
