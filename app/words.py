"""Every word a user reads, by language: one file of ``locales/`` and one line here each."""

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
    best, weight = LANGUAGES[0], 0.0
    for part in accept_language.split(","):
        tag, _, quality = part.partition(";q=")
        language = tag.strip().lower().partition("-")[0]
        try:
            liked = float(quality) if quality else 1.0
        except ValueError:
            continue
        if language in LANGUAGES and liked > weight:
            best, weight = language, liked
    return best
