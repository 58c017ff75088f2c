"""Copy the storefront's assets into folders named by their content: assets.py FRONTEND TARGET."""

import sys
from pathlib import Path

from watchstore.entrypoints.publishing.assets import assets


def main() -> None:
    frontend, target = map(Path, sys.argv[1:])
    for asset in assets(frontend):
        path = target / asset.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(asset.body)


if __name__ == "__main__":
    main()
