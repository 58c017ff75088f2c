from collections import Counter

import pytest
from tests.search.catalogue import speller, watches

from watchstore.domain.identifiers import Reference
from watchstore.service_layer.searching.suggestions import (
    MOST,
    references_meant,
    suggest,
    suggestable_brand,
    suggestable_collection,
    suggestable_watch,
)
from watchstore.service_layer.searching.understanding import understand


@pytest.fixture(scope="module")
def groups():
    brands = Counter(watch.brand for watch in watches())
    collections = Counter((watch.brand, watch.collection) for watch in watches())
    return [
        *(suggestable_brand(name, value=name, watches=n) for name, n in brands.items()),
        *(
            suggestable_collection(brand, name, value=name, watches=n)
            for (brand, name), n in collections.items()
            if name
        ),
    ]


@pytest.fixture
def suggested(groups):
    def ask(text):
        meant = understand(text, speller(), typing=True)
        bares = references_meant(meant, speller())
        fetched = [
            suggestable_watch(watch, slug=f"slug-{watch.reference}")
            for watch in watches()
            if Reference(watch.reference).bare in bares
        ]
        return suggest(meant, [*groups, *fetched])

    return ask


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("rol", "Rolex"),
        ("omga", "Omega"),
        ("jaeger le", "Jaeger-LeCoultre"),
        ("rolex subm", "Rolex Submariner"),
        ("royal oa", "Audemars Piguet Royal Oak"),
        ("patk naut", "Patek Philippe Nautilus"),
        ("speedmastr", "Omega Speedmaster (Non-Moonwatch)"),
    ],
)
def test_brands_and_collections_come_while_typing(suggested, text, first):
    assert suggested(text)[0].label == first


def test_a_reference_comes_with_name_and_slug(suggested):
    (only,) = suggested("126610ln")
    assert (only.kind, only.value) == ("watch", "slug-126610LN-0001")
    assert only.label.startswith("126610LN-0001 Rolex Submariner Date")


def test_a_misprinted_reference_is_suggested(suggested):
    assert "slug-126610LN-0001" in [each.value for each in suggested("12661ln")]


def test_the_brand_narrows_references(suggested):
    labels = [each.label for each in suggested("rolex 116")]
    assert len(labels) == MOST
    assert all(" Rolex " in label for label in labels)


def test_brands_precede_collections_and_the_larger_precede_the_smaller(suggested):
    kinds = [each.kind for each in suggested("rolex")]
    assert kinds == ["brand"] + ["collection"] * (MOST - 1)
    assert suggested("rolex")[1].label == "Rolex Submariner"


@pytest.mark.parametrize("text", ["", "  ", "zzzzqq", "-"])
def test_nonsense_suggests_nothing(suggested, text):
    assert suggested(text) == ()
