import pytest
from tests.search.catalogue import watches

from watchstore.domain.identifiers import Reference
from watchstore.service_layer.searching.text import fold, tokens, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Glashütte", "glashutte"),
        ("GLASHÜTTE", "glashutte"),
        ("Prêt-à-Porter", "pret-a-porter"),
        ("Straße Ørsted cœur", "strasse orsted coeur"),
        ("l\u2019Ile “Como” 36\u201340 m²", 'l\'ile "como" 36-40 m2'),
        ("ﬁne", "fine"),
    ],
)
def test_folding_leaves_plain_lower_case(text, folded):
    assert fold(text) == folded


def test_folding_twice_changes_nothing():
    names = [watch.name for watch in watches()]
    assert [fold(fold(name)) for name in names] == [fold(name) for name in names]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Day-Date", {"day", "date", "daydate"}),
        ("GMT-Master II", {"gmt", "master", "gmtmaster", "ii", "2"}),
        ("Pilot\u2019s", {"pilot", "s", "pilots"}),
        ("Up / Down", {"up", "down"}),
        ("up/down", {"up", "down", "updown"}),
        ("MB&F", {"mb", "f", "mbf"}),
        ("5711/1A-010", {"5711", "1a", "010", "57111a010"}),
        ("Söhne", {"sohne", "soehne"}),
        (" - / & ", set()),
    ],
)
def test_parts_and_joined_form_are_both_found(text, found):
    assert set(words(text)) == found


def test_a_decomposed_umlaut_is_spelt_out_too():
    assert "soehne" in set(words("So\u0308hne"))


def test_the_tokens_of_a_reference_are_its_bare_form_in_pieces():
    for watch in watches():
        assert "".join(tokens(watch.reference)).upper() == Reference(watch.reference).bare
