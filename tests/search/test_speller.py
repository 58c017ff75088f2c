import pytest

from watchstore.adapters.rapidfuzz.references import ReferenceIndex
from watchstore.adapters.rapidfuzz.speller import RapidfuzzSpeller
from watchstore.service_layer.searching.vocabulary import Vocabulary

WORDS = {"speedmaster": 37, "seamaster": 90, "speed": 2, "rolex": 394, "gold": 500, "126610ln": 1}
REFERENCES = ("126610LN0001", "116610LN", "57111A010", "57111R001", "0173377074355")


@pytest.fixture
def speller():
    return RapidfuzzSpeller(Vocabulary(WORDS, REFERENCES, 600))


def test_completions_are_longer_words_most_frequent_first(speller):
    assert speller.completions("s", 5) == (("seamaster", 90), ("speedmaster", 37), ("speed", 2))
    assert speller.completions("speed", 5) == (("speedmaster", 37),)
    assert speller.completions("s", 1) == (("seamaster", 90),)


@pytest.mark.parametrize("typed", ["speedmastr", "spedmaster", "speedmasetr", "speeddmaster"])
def test_one_error_finds_the_word_first(speller, typed):
    assert speller.similar(typed, 3)[0][0] == "speedmaster"


def test_similarity_falls_with_errors_and_excludes_the_word_itself(speller):
    one, two = speller.similar("speedmastr", 1)[0][1], speller.similar("spedmastr", 1)[0][1]
    assert 1 > one > two > 0
    assert "rolex" not in dict(speller.similar("rolex", 5))


def test_short_words_and_numbers_are_not_guessed(speller):
    assert speller.similar("go", 5) == ()
    assert speller.similar("126611ln", 5) == ()


def test_a_misspelt_beginning_finds_the_longer_word(speller):
    assert dict(speller.similar("sppedma", 5)).keys() == {"speedmaster"}


def test_openings_are_sorted_and_limited():
    index = ReferenceIndex(REFERENCES)
    assert index.openings("5711", 5) == ("57111A010", "57111R001")
    assert index.openings("5711", 1) == ("57111A010",)
    assert index.openings("9", 5) == ()


@pytest.mark.parametrize(
    ("fragment", "meant"),
    [
        ("6610LN0001", "126610LN0001"),
        ("12661LN0001", "126610LN0001"),
        ("1266100LN0001", "126610LN0001"),
        ("16610LN", "116610LN"),
        ("5171", "57111A010"),
        ("57111A001", "57111R001"),
        ("0713377074335", "0173377074355"),
    ],
)
def test_a_fragment_or_misprint_finds_its_reference(fragment, meant):
    assert meant in dict(ReferenceIndex(REFERENCES).near(fragment, 5))


def test_an_unlike_fragment_finds_nothing():
    assert ReferenceIndex(REFERENCES).near("ZZZZZZZZZ", 5) == ()


def test_an_empty_vocabulary_answers_nothing():
    empty = RapidfuzzSpeller(Vocabulary({}, (), 0))
    assert empty.similar("rolex", 3) == empty.completions("r", 3) == ()
    assert empty.references("126610", 3) == empty.openings("1", 3) == ()
