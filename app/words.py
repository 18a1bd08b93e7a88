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


_PLACEHOLDER = re.compile(r"\{(\w+)(?:\|(\|)?([^}/|]+)/([^}]+))?\}")


def fill(text: str, **values: object) -> str:
    """A text with its placeholders filled in, and English words that agree with a count.

    ``{n}`` is the value, ``{n|step/steps}`` the value and the form that agrees with it, ``{n||is/are}`` the
    form alone (static/js/lib/words.js).
    """

    def filled(mark: re.Match[str]) -> str:
        name, alone, one, other = mark.groups()
        value = values[name]
        if one is None:
            return str(value)
        form = one if value == 1 else other
        return form if alone else f"{value} {form}"

    return _PLACEHOLDER.sub(filled, text)


def bound(text: str) -> str:
    """A text in which no line begins with a Korean particle: brackets and % hold on to the next Hangul."""
    return _CLOSERS.sub(rf"\1{_WORD_JOINER}", text)
