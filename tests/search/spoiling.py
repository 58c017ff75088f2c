"""The rules by which typing goes wrong, each a function of one word and a seeded chance."""

import random
import re
import string
import unicodedata
from collections.abc import Callable

Rule = Callable[[str, random.Random], str]
_PUNCTUATION = re.compile(r"[^\w\s]+")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def dropped(word: str, chance: random.Random) -> str:
    place = _place(word, chance)
    return word[:place] + word[place + 1 :]


def swapped(word: str, chance: random.Random) -> str:
    places = [at for at in range(len(word) - 1) if word[at] != word[at + 1]]
    place = chance.choice(places)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def doubled(word: str, chance: random.Random) -> str:
    place = _place(word, chance)
    return word[:place] + word[place] + word[place:]


def mistaken(word: str, chance: random.Random) -> str:
    place = _place(word, chance)
    letters = string.digits if word[place].isdigit() else string.ascii_lowercase
    other = chance.choice([letter for letter in letters if letter != word[place].lower()])
    return word[:place] + other + word[place + 1 :]


def dropped_and_doubled(word: str, chance: random.Random) -> str:
    return doubled(dropped(word, chance), chance)


def cut_short(word: str, chance: random.Random) -> str:
    """Three letters in five at least, and never fewer than four."""
    shortest = max(4, round(len(word) * 0.6))
    return word[: chance.randint(shortest, max(shortest, len(word) - 1))]


def unpunctuated(word: str, _: random.Random) -> str:
    return _PUNCTUATION.sub("", word).lower()


def spaced(word: str, _: random.Random) -> str:
    return _PUNCTUATION.sub(" ", word).lower()


def unaccented(word: str, _: random.Random) -> str:
    plain = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).lower()


def respelt(word: str, _: random.Random) -> str:
    return word.lower().translate(_UMLAUTS)


def broken(word: str, chance: random.Random) -> str:
    """A blank where letters meet digits, else somewhere in the middle."""
    parted = re.sub(r"(?<=[0-9])(?=[A-Za-z])", " ", _PUNCTUATION.sub("", word))
    if " " in parted:
        return parted
    place = chance.randint(2, len(parted) - 2) if len(parted) > 4 else len(parted)
    return f"{parted[:place]} {parted[place:]}"


def _place(word: str, chance: random.Random) -> int:
    return chance.choice([place for place, letter in enumerate(word) if letter.isalnum()])
