"""What one picture promises."""

import re
from dataclasses import replace
from math import pi
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.harness.torture import repetitions

from watchstore.entrypoints.pictures import Look, draw, look_of, on_wrist
from watchstore.entrypoints.pictures.paper import Paper
from watchstore.entrypoints.pictures.plan import PX_PER_MM

SVG = "{http://www.w3.org/2000/svg}"
PLAIN = Look(label="A watch")


def hands(text):
    found = ET.fromstring(text).iterfind(f".//{SVG}g[@data-hand]")
    turns = {hand.get("data-hand"): hand.get("transform") for hand in found}
    return {name: float(turn.removeprefix("rotate(")[:-1]) for name, turn in turns.items()}


def test_the_hands_show_eight_minutes_and_36_seconds_past_ten():
    seconds = 10 * 3600 + 8 * 60 + 36
    assert hands(draw(PLAIN)) == {
        "hour": pytest.approx(seconds / 43200 * 360 % 360, abs=0.01),
        "minute": pytest.approx(seconds % 3600 / 3600 * 360, abs=0.01),
        "second": 36 * 6,
    }


def test_a_watch_without_a_central_seconds_hand_shows_none():
    assert "second" not in hands(draw(replace(PLAIN, running_seconds=False)))


def test_a_second_zone_adds_a_fourth_hand():
    zone = hands(draw(replace(PLAIN, second_zone="#c22f2f")))["zone"]
    assert zone % 15 * 4 == pytest.approx(8.6, abs=0.01)  # as many minutes past its hour


@settings(max_examples=repetitions(60))
@given(st.text())
def test_a_hostile_name_is_only_text(name):
    tree = ET.fromstring(draw(Look(label=name)))
    title = tree.find(f"{SVG}title").text
    assert title.endswith(", illustration")
    assert sum(1 for _ in tree) == 3  # title, ground, watch


def test_markup_in_a_name_is_escaped():
    text = draw(Look(label='</title><script>alert("&")</script>\x00'))
    assert "<script" not in text
    assert ET.fromstring(text).find(f"{SVG}title").text == (
        '</title><script>alert("&")</script>, illustration'
    )


def test_pictures_with_different_prefixes_share_no_id():
    def ids(text):
        return set(re.findall(r' id="([^"]+)"', text))

    assert ids(draw(PLAIN, "a")) & ids(draw(PLAIN, "b")) == set()
    assert all(name.startswith("a-") for name in ids(draw(PLAIN, "a")))


@pytest.mark.parametrize("prefix", ["", "1a", 'a"', "a b", "a" * 41, "é"])
def test_a_prefix_that_could_break_out_of_an_id_is_refused(prefix):
    with pytest.raises(ValueError, match="prefix"):
        Paper(prefix)


@pytest.mark.parametrize("size", [36.0, 44.0])
def test_sizes_differ_in_the_frame_as_in_the_hand(size):
    case = ET.fromstring(draw(replace(PLAIN, diameter_mm=size))).find(
        f".//{SVG}circle[@class='case']"
    )
    assert float(case.get("r")) * 2 == pytest.approx(size * 10.6, abs=0.1)


def test_an_unknown_size_is_drawn_as_40_and_said_nowhere():
    text = draw(PLAIN)
    assert "diameter" not in text
    assert f'r="{40 * PX_PER_MM / 2:g}"' in text


def test_shapes_measured_by_their_length_are_narrower_than_it():
    square = look_of(brand="Casio", collection="G-Shock 6900", name="DW-6900", diameter_mm=53.5)
    assert square.width_mm * square.aspect == pytest.approx(53.5)


@pytest.mark.parametrize("around", [140, 165, 210])
def test_the_arm_is_to_the_scale_of_the_watch(around):
    text = on_wrist(replace(PLAIN, diameter_mm=40), around)
    half = round(around / pi * 1.12 * PX_PER_MM / 2, 1)
    assert f" 0-{half:g}" in text
    assert f'r="{40 * PX_PER_MM / 2:g}"' in text


@pytest.mark.parametrize("around", [0, 99, 261, float("nan")])
def test_no_arm_has_such_a_size(around):
    with pytest.raises(ValueError, match="wrist"):
        on_wrist(PLAIN, around)
