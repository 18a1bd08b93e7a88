"""Message catalogues: all text of the user interface by language, one file of ``locales/`` for each."""

import re
from pathlib import Path
from typing import Any

import orjson

from .serving.accept import weighted

LANGUAGES = ["ko", "en"]

_WORD_JOINER = "\u2060"
_CLOSERS = re.compile("([)\\]”’\"'%⌋〉»])(?=[가-힣])")

CATALOGUES: dict[str, dict[str, Any]] = {
    language: orjson.loads((Path(__file__).parent / "locales" / f"{language}.json").read_bytes())
    for language in LANGUAGES
}


def preferred(accept_language: str) -> str:
    """The language of ours that an Accept-Language header prefers; Korean if it names none."""
    best, max_weight = LANGUAGES[0], 0.0
    for tag, weight in weighted(accept_language):
        language = tag.partition("-")[0]
        if language in LANGUAGES and weight > max_weight:
            best, max_weight = language, weight
    return best


def bound(text: str) -> str:
    """A text in which no line begins with a Korean particle: brackets and % hold on to the next Hangul."""
    return _CLOSERS.sub(rf"\1{_WORD_JOINER}", text)
