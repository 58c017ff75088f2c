from collections import Counter

import pytest
from tests.search.catalogue import watches

from watchstore.domain.families import DialFamily, MaterialFamily, dial_family, material_family


@pytest.mark.parametrize(
    ("raw", "family"),
    [
        ("Stainless Steel", MaterialFamily.STEEL),
        ("Stainless Steel & Ceramic", MaterialFamily.STEEL),
        ("Stainless Steel & Gold", MaterialFamily.STEEL_AND_GOLD),
        ("Stainless Steel & Rose Gold PVD", MaterialFamily.COATED_STEEL),
        ("Pvd Coated Steel", MaterialFamily.COATED_STEEL),
        ("Pink Gold", MaterialFamily.ROSE_GOLD),
        ("Honey Gold", MaterialFamily.YELLOW_GOLD),
        ("Ceramic & White Gold", MaterialFamily.WHITE_GOLD),
        ("Pink Gold & White Gold", MaterialFamily.MIXED_GOLD),
        ("Titanium & Ceramic & Resin", MaterialFamily.TITANIUM),
        ("Carbon TPT & Quartz TPT", MaterialFamily.CARBON),
        ("Bioceramic", MaterialFamily.RESIN),
        ("bronze", MaterialFamily.BRONZE),
        ("Wood", MaterialFamily.OTHER),
        ("  ", MaterialFamily.UNKNOWN),
    ],
)
def test_a_case_material_has_a_family(raw, family):
    assert material_family(raw) is family


@pytest.mark.parametrize(
    ("raw", "family"),
    [
        ("Slate", DialFamily.GREY),
        ("Champagne", DialFamily.GOLD),
        ("Diamond Pavé", DialFamily.GEMSTONES),
        ("See-through", DialFamily.SKELETON),
        ("Mother of Pearl", DialFamily.MOTHER_OF_PEARL),
        ("Tartan", DialFamily.OTHER),
        ("", DialFamily.UNKNOWN),
    ],
)
def test_a_dial_colour_has_a_family(raw, family):
    assert dial_family(raw) is family


def test_hardly_a_watch_of_the_catalogue_falls_in_other():
    cases = Counter(material_family(watch.case_material) for watch in watches())
    dials = Counter(dial_family(watch.dial_colour) for watch in watches())
    assert cases[MaterialFamily.OTHER] <= 0.03 * cases.total()
    assert dials[DialFamily.OTHER] <= 0.03 * dials.total()


def test_every_family_of_the_code_is_needed_or_a_remainder():
    named = {material_family(watch.case_material) for watch in watches()}
    assert set(MaterialFamily) - named <= {MaterialFamily.OTHER}


@pytest.mark.parametrize("families", [MaterialFamily, DialFamily])
def test_codes_are_fit_for_addresses_and_labels_differ(families):
    assert all(family.code.replace("-", "").isalpha() for family in families)
    assert len({family.label for family in families}) == len(families)
    assert families("other").label == "Other"
