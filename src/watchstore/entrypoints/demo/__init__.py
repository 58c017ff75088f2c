"""Real watches to try the shop with; see NOTICE.md for where the facts come from."""

from watchstore.entrypoints.demo.loading import DemoDataMissing, DemoReport, load_demo
from watchstore.entrypoints.demo.once import open_demo

__all__ = ["DemoDataMissing", "DemoReport", "load_demo", "open_demo"]
