"""All that pages and scripts say is said in German too, and no German is said by nobody."""

import csv
import re
from itertools import chain

import pytest

from watchstore.domain.families import DialFamily, MaterialFamily
from watchstore.entrypoints.demo.loading import FOLDER
from watchstore.entrypoints.publishing import FRONTEND
from watchstore.entrypoints.publishing.assets import assets
from watchstore.entrypoints.publishing.deliveries import WAYS, ZONES
from watchstore.entrypoints.publishing.facts import FACTS
from watchstore.entrypoints.publishing.languages import load_languages
from watchstore.entrypoints.publishing.scripts import translated, words_of
from watchstore.service_layer.facets import LABELS

SAID = re.compile(r'\bt\("((?:[^"\\]|\\.)*)"')
LITERAL = re.compile(r'"([^"\n]+)"')
ENGLISH, GERMAN = load_languages(FRONTEND)
LABELLED = {label for labels in LABELS.values() for label in labels.values()}
SCRIPTS = {path.name: path.read_text(encoding="utf-8") for path in (FRONTEND / "js").glob("*.js")}
TEMPLATES = [path.read_text(encoding="utf-8") for path in FRONTEND.rglob("*.html")]


def column(table: str, *names: str) -> set[str]:
    with (FOLDER / table).open(encoding="utf-8", newline="") as file:
        return {row[name] for row in csv.DictReader(file) for name in names if row[name]}


# Where watches are made also, though none of the demo's.
ELSEWHERE = {"Russia", "United Kingdom", "United States"}
NAMED = (
    {name for name, _ in FACTS}
    | ZONES.keys()
    | WAYS.keys()
    | column("brands.csv", "country")
    | ELSEWHERE
)


def values() -> set[str]:
    """What the catalogue says: mixtures by their parts."""
    raw = column("catalogue.csv", "case_material", "dial_colour", "bracelet_material")
    movements = {movement.capitalize() for movement in column("catalogue.csv", "movement")}
    parts = {part for mixture in raw for part in mixture.split(" & ")}
    return parts | movements | {label for label in LABELLED if not re.search(r"\d", label)}


def test_templates_are_translated() -> None:
    said = set(chain.from_iterable(SAID.findall(text) for text in TEMPLATES))
    assert said - GERMAN.words.keys() - GERMAN.values.keys() == set()


def test_scripts_are_translated() -> None:
    said = set(chain.from_iterable(SAID.findall(text) for text in SCRIPTS.values()))
    assert said - GERMAN.words.keys() == set()


# Tables whose values are said by way of a variable.
TABLES = ("STATES", "SHORT", "RETURNS", "REASONS", "PAYMENTS", "LEADS", "CONDITIONS", "EXPLAINED")
TABLES += ("FACETS", "KINDS", "NAMES", "NEXT", "NOTES", "REFUSED", "SAID", "TITLES", "CARDS")


@pytest.mark.parametrize("name", TABLES)
def test_tables_of_scripts_are_translated(name: str) -> None:
    tables = [
        table
        for text in SCRIPTS.values()
        for table in re.findall(rf"const {name} = [{{[](.*?)\n?[}}\]];", text, re.DOTALL)
    ]
    said = set(chain.from_iterable(words_of(f"[{table}") for table in tables)) - {""}
    assert said
    assert said - GERMAN.words.keys() == set()


def test_values_of_the_catalogue_are_translated() -> None:
    assert values() - GERMAN.values.keys() == set()


@pytest.mark.parametrize("kind", [DialFamily, MaterialFamily])
def test_families_are_translated(kind: type[DialFamily | MaterialFamily]) -> None:
    assert {family.label for family in kind} - GERMAN.values.keys() == set()


def test_names_that_python_knows_are_translated() -> None:
    assert NAMED - GERMAN.words.keys() == set()


def test_no_german_is_said_by_nobody() -> None:
    said = set(chain.from_iterable(map(words_of, SCRIPTS.values())))
    said |= set(chain.from_iterable(SAID.findall(text) for text in TEMPLATES))
    said |= set(chain.from_iterable(LITERAL.findall(text) for text in TEMPLATES))
    assert GERMAN.words.keys() - said - NAMED - LABELLED == set()
    assert GERMAN.values.keys() - values() == set()


def test_a_translation_keeps_its_places() -> None:
    for english, said in GERMAN.words.items():
        assert set(re.findall(r"{\w+}", english)) == set(re.findall(r"{\w+}", said)), english


def test_words_of_one_page_are_ordered_to_be_found() -> None:
    for words in (GERMAN.words, GERMAN.values):
        assert list(words) == sorted(words, key=lambda word: (word.lower(), word))


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ('t("Sold")', 't("Verkauft")'),
        ("t(`Sold`)", "t(`Sold`)"),
        ('{ sold: "Sold" }', '{ sold: "Verkauft" }'),
        ('["Sold", "Price"]', '["Verkauft", "Preis"]'),
        ('x === "Sold"', 'x === "Sold"'),
        ('aria-label="${t("Remove {name}", line)}"', 'aria-label="${t("{name} entfernen", line)}"'),
        ("x();  // said to nobody\n", "x();  // said to nobody\n"),
        ("  // said to nobody\nx();", "x();"),
        ("https://x.example", "https://x.example"),
    ],
)
def test_a_script_says_its_words_in_german(script: str, said: str) -> None:
    assert translated(script, GERMAN) == said


# Texts to a machine that look like words to a reader.
TO_MACHINES = {
    "Accept",
    "Delete",
    "End",
    "Enter",
    "Escape",
    "Home",
    "Origin",
    "Shift",
    "Space",
    "Tab",
}


def test_no_text_of_the_code_is_taken_for_a_word() -> None:
    """Beside `t("...")` a word is known by its look alone: a capital or a blank, as no code has."""
    bare = [re.sub(r'\bt\("(?:[^"\\]|\\.)*"', "", text) for text in SCRIPTS.values()]
    found = set(chain.from_iterable(map(words_of, bare))) & GERMAN.words.keys()
    assert found
    assert {word for word in found if not re.search("[A-Z ]", word)} == set()
    assert found & TO_MACHINES == set()


def test_values_come_with_the_scripts_that_name_them() -> None:
    said = {asset.path.partition("/")[2]: asset.body for asset in assets(FRONTEND)}
    assert b"VALUES = {};" in said["en/values.js"]
    assert b'"Steel":"Stahl"' in said["de/values.js"]
    assert said["en/facets.js"] != said["de/facets.js"]


@pytest.mark.parametrize(
    ("english", "german"),
    [("Steel", "Stahl"), ("Red Gold & Resin", "Rotgold und Kunststoff"), ("Kryptonite",) * 2],
)
def test_a_value_is_named_by_its_parts(english: str, german: str) -> None:
    assert GERMAN.name_value(english) == german
    assert ENGLISH.name_value(english) == english


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
