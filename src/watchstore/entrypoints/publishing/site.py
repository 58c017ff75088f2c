"""The storefront to be published: its templates, its address, and where it goes."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from watchstore.service_layer.ports import PageStore

# Templates, styles and scripts of a checkout; not part of the wheel.
FRONTEND: Final = Path(__file__).parents[4] / "frontend"


@dataclass(frozen=True, slots=True)
class Frontend:
    """A folder of templates and assets; `release` names it, where releases are kept."""

    folder: Path
    release: str = ""


# The release that was published last -> the one to publish with.
Choose = Callable[[str], Frontend]


def own_frontend(_noted: str) -> Frontend:
    """Where no releases are kept: what came with the program."""
    return Frontend(FRONTEND)


@dataclass(frozen=True, slots=True)
class Site:
    store: PageStore
    public_url: str
    choose: Choose = own_frontend
