"""Copy the storefront's assets into folders named by their content: assets.py FRONTEND TARGET."""

import sys
from pathlib import Path

from watchstore.entrypoints.publishing.assets import copy_assets


def main() -> None:
    frontend, target = map(Path, sys.argv[1:])
    target.mkdir(parents=True, exist_ok=True)
    copy_assets(frontend, target)


if __name__ == "__main__":
    main()
