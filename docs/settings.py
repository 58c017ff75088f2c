"""Writes settings.md from the code: `python docs/settings.py`."""

from dataclasses import fields
from pathlib import Path
from typing import Final

from watchstore.entrypoints.settings import Settings

PAGE: Final = Path(__file__).parent / "settings.md"
_HEAD: Final = """\
# Settings

All of them come from the environment, and each may be left out. What is wrong is named all at
once, and the process does not start. A secret one is shown in no log; keep it where your platform
keeps secrets ([on AWS](aws.md#secrets)). This page is written by `python docs/settings.py`.

| name | default | what for | secret |
| --- | --- | --- | --- |
"""


def page() -> str:
    return _HEAD + "".join(
        f"| `{item.name.upper()}` | {_default(item.metadata['default'])}"
        f" | {item.metadata['purpose'].replace('|', chr(92) + '|')}"
        f" | {'yes' if item.metadata['secret'] else ''} |\n"
        for item in fields(Settings)
    )


def _default(text: str) -> str:
    return f"`{text}`" if text else ""


if __name__ == "__main__":
    PAGE.write_text(page())
