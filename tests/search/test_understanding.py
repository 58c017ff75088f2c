import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.search.catalogue import index, speller, watches

from watchstore.service_layer.queries.catalogue import LONGEST_QUERY
from watchstore.service_layer.searching.ranking import tier
from watchstore.service_layer.searching.understanding import MAX_TOKENS, Understanding, understand


def meant(text: str, *, typing: bool = False) -> Understanding:
    return understand(text, speller(), typing=typing)


def found(text: str) -> list[str]:
    """References of the hits, best first."""
    return [watches()[place].reference for place, _ in index().hits(meant(text))]


def words(understanding: Understanding) -> set[str]:
    return {word for term in understanding.terms for step in term.sure for word in step.words}


def test_a_known_word_is_meant_as_typed():
    assert words(meant("Rolex")) == {"rolex"}


def test_two_misspelt_words_find_the_watch():
    hits = found("speedmastr proffesional")
    assert "310.63.42.50.01.001" in hits[:2]


@pytest.mark.parametrize("text", ["126610ln", "126610 LN", "rolex 126610-ln", "Ref. 126610LN"])
def test_an_unpunctuated_reference_finds_one_watch(text):
    hits = found(text)
    assert hits[0] == "126610LN-0001"
    # The other one says LN in its name.
    assert set(hits[1:]) <= {"126610"}


@pytest.mark.parametrize("text", ["5711 1r", "57111r", "patek 5711/1R", "5711 1r 001", "57111R00"])
def test_a_partial_reference_finds_its_watches(text):
    assert found(text) == ["5711/1R-001"]


def test_a_misprinted_reference_finds_its_watch_first():
    assert found("12661ln")[0] == "126610LN-0001"


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ("blackbay", "black bay"),
        ("seamaster", "sea master"),
        ("daydate", "day-date"),
        ("glashütte original", "original glashuette"),
        ("gmt-master 2", "gmtmaster ii"),
        ("rolex watch", "rolex"),
        ("audemars 41mm", "audemars 41 mm"),
    ],
)
def test_other_spellings_find_the_same_watches_first(narrow, wide):
    assert set(found(narrow)) <= set(found(wide))
    assert found(wide)[0] in found(narrow)


def test_politeness_is_not_asked_for_but_lifts_watches_that_say_it():
    hits = found("sinn instrument watches")
    assert set(hits) > {"103.0621"}
    assert {watches()[p].brand for p, _ in index().hits(meant("the rolex watch"))} == {"Rolex"}


def test_words_that_never_meet_give_the_rarer_one():
    brands = {watches()[place].brand for place, _ in index().hits(meant("rolex speedmaster"))}
    assert brands == {"Omega"}


def test_a_poor_guess_decides_less_than_a_known_word():
    brands = {watches()[place].brand for place, _ in index().hits(meant("lange datograph"))}
    assert brands == {"A. Lange & Söhne"}


def test_an_unknown_word_is_left_out():
    assert meant("rolex zzzzqqqq").terms == meant("rolex").terms
    assert meant("zzzzqqqq") == Understanding((), 0)


def test_a_full_reference_is_not_mixed_with_its_neighbour_words():
    assert found("datejust 41 126300") == ["126300"]


def test_while_typing_the_last_word_may_go_on():
    assert "date" in words(meant("date"))
    assert all(not step.prefix for term in meant("date").terms for step in term.sure)
    assert any(step.prefix for step in meant("date", typing=True).terms[-1].sure)


def test_a_query_is_cut_at_its_longest():
    assert meant("x" * LONGEST_QUERY + " rolex") == Understanding((), 0)
    assert len(meant(" ".join(str(number) for number in range(30))).terms) <= MAX_TOKENS


def test_a_repeated_word_counts_once():
    assert meant("rolex rolex rolex") == meant("rolex")


@given(st.text(max_size=150))
def test_any_text_is_understood_within_bounds(text):
    understanding = meant(text)
    assert len(understanding.terms) <= 2 * MAX_TOKENS
    for term in understanding.terms:
        values = [step.value for step in term.steps]
        assert values == sorted(values, reverse=True)
        assert term.optional or term.sure
    best = sum(term.steps[0].value for term in understanding.terms)
    assert tier(best) == understanding.full
    assert best < 2**31
