"""Scripts as they are published: a copy for each language, which says its words and no others."""

import json
import re
from collections.abc import Mapping
from typing import Final

from watchstore.entrypoints.publishing.languages import Language

# Where words stand: in `t("...")`, and as the values of tables that are said later.
_WORD: Final = re.compile(r'(\bt\(|[:?,]\s|\[)("(?:[^"\\\n]|\\.)*")')
_REMARK: Final = re.compile(r"^ *//.*\n", re.MULTILINE)
_VALUES: Final = "VALUES = {}"


def words_of(script: str) -> set[str]:
    """What `translated` looks up; some of it is no word."""
    return {json.loads(literal) for _, literal in _WORD.findall(_REMARK.sub("", script))}


def translated(script: str, language: Language) -> str:
    """Without remarks, which are a tenth of its weight, for those who read the sources."""
    bare = _REMARK.sub("", script)
    said = _WORD.sub(lambda found: found[1] + _said(found[2], language.words), bare)
    return said.replace(_VALUES, f"VALUES = {_json(language.values)}")


def _said(literal: str, words: Mapping[str, str]) -> str:
    text = json.loads(literal)
    return _json(words[text]) if text in words else literal


def _json(said: object) -> str:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))
