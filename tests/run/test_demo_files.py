"""The demo's own files: one of them missing is told by name."""

from pathlib import Path

import pytest
from tests.harness.shop import memory_shop

from watchstore.entrypoints.demo import DemoDataMissing, load_demo


def test_a_missing_catalogue_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DemoDataMissing, match=r"catalogue\.csv"):
        load_demo(memory_shop().shop, folder=tmp_path)
