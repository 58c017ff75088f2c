"""A trait is part of a look; a rule gives one to every watch whose words match."""

import re
from typing import TypedDict

from watchstore.entrypoints.pictures.look import (
    Bezel,
    Hands,
    Indices,
    Layout,
    Shape,
    Strap,
    Texture,
)


class Trait(TypedDict, total=False):
    shape: Shape
    aspect: float
    by_length: bool
    bezel: Bezel
    bezel_colours: tuple[str, str]
    layout: Layout
    dial: str
    texture: Texture
    indices: Indices
    hands: Hands
    lume: str
    furniture: str
    counters: tuple[int, ...]
    contrast_counters: bool
    pushers: bool
    running_seconds: bool
    date: float | None
    big_date: bool
    day: bool
    moon: int | None
    second_zone: str
    power_reserve: bool
    strap: Strap
    strap_colour: str
    guarded_crown: bool


Rule = tuple[re.Pattern[str], Trait]


def rule(words: str, trait: Trait) -> Rule:
    """Alternatives separated by |, each found as whole words."""
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)"), trait


def gathered(words: str, rules: tuple[Rule, ...]) -> Trait:
    """The traits of every rule that matches, later rules over earlier ones."""
    found: Trait = {}
    for pattern, trait in rules:
        if pattern.search(words):
            found.update(trait)
    return found
