from itertools import islice

from tests.search.catalogue import documents, index, speller
from tests.search.queries import queries

from watchstore.service_layer.searching.document import WatchText, document_of
from watchstore.service_layer.searching.ranking import hits, score, tier
from watchstore.service_layer.searching.understanding import Step, Term, Understanding, understand


def step(value: int, word: str, weight: str, *, prefix: bool = False) -> Step:
    return Step(value, (word,), weight, prefix=prefix, sure=True)


RED = Term("red", (step(3_000_900, "red", "B"), step(3_000_800, "red", "C")), optional=False)
CASE = Term("st", (step(2_000_100, "st", "C", prefix=True),), optional=False)
NICE = Term("nice", (step(50, "nice", "B"),), optional=True)
MEANT = Understanding((RED, CASE, NICE), 5)


def watch(name: str, material: str = ""):
    return document_of(WatchText(brand="X", reference="1", name=name, case_material=material))


def test_the_first_step_that_holds_gives_the_value():
    assert score(watch("Red Steel"), MEANT) == 3_000_900
    assert score(watch("Red", "Steel"), MEANT) == 5_001_000
    assert score(watch("", "Red"), MEANT) == 3_000_800


def test_nothing_asked_for_is_no_match():
    assert score(watch("Blue"), MEANT) is None
    assert score(watch("Nice"), MEANT) is None


def test_optional_words_lift_but_cover_nothing():
    plain, nice = score(watch("Red"), MEANT), score(watch("Nice Red"), MEANT)
    assert nice == plain + 50
    assert tier(nice) == tier(plain) == 3


def test_only_the_best_covered_documents_are_hits():
    shelf = {"full": watch("Red", "Steel"), "nice": watch("Nice Red", "Steel")}
    shelf["half"] = watch("Red")
    assert [key for key, _ in hits(shelf.items(), MEANT)] == ["nice", "full"]
    del shelf["full"], shelf["nice"]
    assert [key for key, _ in hits(shelf.items(), MEANT)] == ["half"]
    assert hits([], MEANT) == []


def test_the_index_finds_what_a_full_scan_finds():
    for query in islice(queries(seed=7), 0, None, 12):
        meant = understand(query.text, speller())
        assert index().hits(meant) == hits(enumerate(documents()), meant), query.text


def test_equal_scores_keep_the_order_of_the_documents():
    places = [place for place, _ in index().hits(understand("casio", speller()))]
    assert places == sorted(places)
