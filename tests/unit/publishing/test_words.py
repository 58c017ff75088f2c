"""Every word that a page or a script says is said in German too."""

import json
import re

import pytest

from watchstore.domain.families import DialFamily, MaterialFamily
from watchstore.entrypoints.publishing import FRONTEND
from watchstore.entrypoints.publishing.facts import FACTS
from watchstore.entrypoints.publishing.languages import load_languages

SAID = re.compile(r'\bt\("((?:[^"\\]|\\.)*)"')


def said_in(kind: str) -> set[str]:
    return {
        text
        for path in FRONTEND.rglob(f"*.{kind}")
        for text in SAID.findall(path.read_text(encoding="utf-8"))
    }


def german_script() -> dict[str, str]:
    """Of every page; some load more words than others."""
    words: dict[str, str] = {}
    for path in sorted((FRONTEND / "js").glob("words*.de.js")):
        text = path.read_text(encoding="utf-8")
        words |= json.loads(text.partition("export default ")[2].rstrip("; \n"))
    return words


def test_templates_are_translated() -> None:
    _, german = load_languages(FRONTEND)
    assert said_in("html") - german.words.keys() == set()


def test_scripts_are_translated() -> None:
    assert said_in("js") - german_script().keys() == set()


# Tables whose values are said by way of a variable.
TABLES = ("STATES", "SHORT", "RETURNS", "REASONS", "PAYMENTS", "LEADS", "CONDITIONS")


@pytest.mark.parametrize("name", TABLES)
def test_tables_of_scripts_are_translated(name: str) -> None:
    scripts = (path.read_text(encoding="utf-8") for path in (FRONTEND / "js").glob("*.js"))
    tables = [
        table
        for text in scripts
        for table in re.findall(rf"const {name} = [{{[](.*?)[}}\]];", text, re.DOTALL)
    ]
    said = {text for table in tables for text in re.findall(r'"([^"]+)"', table)}
    assert said
    assert said - german_script().keys() == set()


@pytest.mark.parametrize("kind", [DialFamily, MaterialFamily])
def test_families_are_translated(kind: type[DialFamily | MaterialFamily]) -> None:
    assert {family.label for family in kind} - german_script().keys() == set()


def test_the_names_of_facts_are_translated() -> None:
    _, german = load_languages(FRONTEND)
    assert {name for name, _ in FACTS} - german.words.keys() == set()


def test_a_translation_keeps_its_places() -> None:
    _, german = load_languages(FRONTEND)
    for english, said in {**german.words, **german_script()}.items():
        assert set(re.findall(r"{\w+}", english)) == set(re.findall(r"{\w+}", said)), english


@pytest.mark.parametrize(
    ("amount", "currency", "english", "german"),
    [
        (2340000, "USD", "$23,400", "23.400\u00a0$"),
        (2340050, "EUR", "€23,400.50", "23.400,50\u00a0€"),
        (120000, "CHF", "CHF\u00a01,200", "1.200\u00a0CHF"),
        (5000, "JPY", "¥5,000", "5.000\u00a0¥"),
    ],
)
def test_prices(amount: int, currency: str, english: str, german: str) -> None:
    here, there = load_languages(FRONTEND)
    assert (here.price(amount, currency), there.price(amount, currency)) == (english, german)
