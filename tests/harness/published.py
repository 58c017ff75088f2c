"""A published site as a crawler sees it: its pages, their links, and what does not resolve."""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urldefrag

from watchstore.entrypoints.publishing import Frontend

# The checkout's, also for sources that were copied elsewhere.
FRONTEND = Path(__file__).parents[2] / "frontend"
_LINKS = re.compile(r'\s(?:href|src|action|poster)="([^"]*)"')
_WAYS = re.compile(r'<a\s[^>]*?href="([^"]*)"')
_IDS = re.compile(r'\sid="([^"]*)"')
_LOCATIONS = re.compile(r"<loc>([^<]*)</loc>")
# What is not a file: the API, other sites, mail and pictures in the address itself.
_ELSEWHERE = re.compile(r"(?:/api/|[a-z]+:)")


def this_frontend(_noted: str) -> Frontend:
    return Frontend(FRONTEND)


class PublishedSite:
    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self._url = url

    @cached_property
    def pages(self) -> Mapping[str, str]:
        """Their text by their path."""
        return {
            path.relative_to(self.folder).as_posix(): path.read_text(encoding="utf-8")
            for path in self.folder.rglob("*.html")
        }

    @cached_property
    def _files(self) -> frozenset[str]:
        found = (path for path in self.folder.rglob("*") if path.is_file())
        return frozenset(path.relative_to(self.folder).as_posix() for path in found)

    def broken(self) -> list[tuple[str, str]]:
        """(page, link) of every link within the site that leads nowhere."""
        return [
            (page, link)
            for page, text in self.pages.items()
            for link in set(_LINKS.findall(text))
            if not self._resolves(page, unescape(link))
        ]

    def unlisted(self) -> list[str]:
        """What the sitemaps name and is not there."""
        return [
            location
            for path in self.folder.glob("sitemap*.xml")
            for location in _LOCATIONS.findall(path.read_text(encoding="utf-8"))
            if self._file(location) not in self._files
        ]

    def clicks(self, start: str = "index.html") -> Mapping[str, int]:
        """How far each page is from `start` for who only follows links."""
        found, edge = {start: 0}, [start]
        while edge:
            near = {way for page in edge for way in self._ways(page) if way in self.pages}
            far = found[edge[0]] + 1
            edge = sorted(near - found.keys())
            found |= dict.fromkeys(edge, far)
        return found

    def _ways(self, page: str) -> Iterator[str]:
        for link in _WAYS.findall(self.pages[page]):
            yield self._file(urldefrag(unescape(link)).url)

    def _resolves(self, page: str, link: str) -> bool:
        address, fragment = urldefrag(link)
        inside = address.removeprefix(self._url)
        if inside == address and _ELSEWHERE.match(address):
            return True
        target = self._file(address) if address else page
        if target not in self._files:
            return False
        return not fragment or fragment in _IDS.findall(self.pages.get(target, ""))

    def _file(self, link: str) -> str:
        path = unquote(link.removeprefix(self._url).partition("?")[0]).removeprefix("/")
        return f"{path}index.html" if path == "" or path.endswith("/") else path
