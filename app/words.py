"""Every word a user reads, by language: one file of ``locales/`` and one line here each."""

import re
from pathlib import Path
from typing import Any

import orjson

LANGUAGES = ["ko", "en"]

CATALOGUES: dict[str, dict[str, Any]] = {
    language: orjson.loads((Path(__file__).parent / "locales" / f"{language}.json").read_bytes())
    for language in LANGUAGES
}


def preferred(accept_language: str) -> str:
    """The language that an Accept-Language header likes best; Korean when it likes none of ours."""
    best, most = LANGUAGES[0], 0.0
    for part in accept_language.split(","):
        tag, *rest = (piece.strip().lower() for piece in part.split(";"))
        language = tag.partition("-")[0]
        liked = _quality(rest)
        if language in LANGUAGES and liked > most:
            best, most = language, liked
    return best


def _quality(parameters: list[str]) -> float:
    """The weight q of a language range: 1 where none is given, 0 where it cannot be read (RFC 9110)."""
    written = next((p.removeprefix("q=") for p in parameters if p.startswith("q=")), "1")
    return float(written) if re.fullmatch(r"(0(\.[0-9]{0,3})?|1(\.0{0,3})?)", written) else 0.0
