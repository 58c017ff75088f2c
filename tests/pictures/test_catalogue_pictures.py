"""Every watch of the demo catalogue, drawn."""

import gzip
import re
import time
from functools import cache
from xml.etree import ElementTree as ET

import pytest
from tests.pictures.rows import catalogue, looks

from watchstore.entrypoints.pictures import draw
from watchstore.entrypoints.pictures.plan import PX_PER_MM

SVG = "{http://www.w3.org/2000/svg}"
REFERENCE = re.compile(r'(?:href="|url\()#([^")]+)')


@cache
def drawn():
    return tuple(draw(look) for look in looks())


@cache
def trees():
    return tuple(ET.fromstring(text) for text in drawn())


def test_all_2126_rows_are_drawn_well_formed_with_a_title_that_says_illustration():
    titles = [tree.find(f"{SVG}title").text for tree in trees()]
    names = [f"{row['brand']} {row['name']}, illustration" for row in catalogue()]
    assert len(titles) == 2126
    assert titles == names


def test_the_same_look_gives_the_same_bytes():
    assert all(draw(look) == text for look, text in zip(looks()[::7], drawn()[::7], strict=True))


def test_sizes_stay_within_the_budget():
    raw = [len(text.encode()) for text in drawn()]
    packed = [len(gzip.compress(text.encode(), mtime=0)) for text in drawn()]
    assert max(raw) <= 26_500
    assert sum(raw) / len(raw) <= 21_000
    assert max(packed) <= 6 * 1024


def test_no_script_no_text_no_filter_and_nothing_from_outside():
    allowed = {
        "svg", "title", "defs", "g", "path", "circle", "rect", "use", "clipPath", "pattern",
        "linearGradient", "radialGradient", "stop",
    }  # fmt: skip
    seen = {element.tag.removeprefix(SVG) for tree in trees() for element in tree.iter()}
    names = {name for tree in trees() for element in tree.iter() for name in element.attrib}
    assert seen <= allowed
    assert not any(name.startswith("on") or name == "style" for name in names)
    assert not any("://" in text.replace(SVG[1:-1], "") for text in drawn())


def test_every_reference_is_defined_and_every_id_unique():
    for text, tree in zip(drawn(), trees(), strict=True):
        ids = [element.get("id") for element in tree.iter() if element.get("id")]
        assert len(ids) == len(set(ids))
        assert set(REFERENCE.findall(text)) == set(ids)


def test_the_diameter_is_said_when_known_and_only_then():
    for look, tree in zip(looks(), trees(), strict=True):
        said = tree.get("data-diameter-mm")
        assert (float(said) if said else None) == look.diameter_mm


def test_round_cases_are_drawn_to_one_scale():
    checked = 0
    for look, tree in zip(looks(), trees(), strict=True):
        case = tree.find(f".//{SVG}circle[@class='case']")
        if case is None:
            continue
        millimetres = 2 * float(case.get("r")) / PX_PER_MM
        assert millimetres == pytest.approx(look.diameter_mm or 40, abs=0.01)
        checked += 1
    assert checked > 1500


def test_the_whole_watch_stays_in_the_frame():
    assert all(look.width_mm * PX_PER_MM < 700 for look in looks())
    assert all(look.width_mm * look.aspect * PX_PER_MM < 900 for look in looks())


def test_a_picture_takes_a_few_milliseconds_of_one_processor():
    sample = looks()[::20]
    begun = time.process_time()
    for look in sample:
        draw(look)
    # Three milliseconds on an idle core; the allowance is for a shared one.
    assert (time.process_time() - begun) / len(sample) < 0.009
