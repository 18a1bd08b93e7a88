"""Every word a user reads, by language: one file of ``locales/`` and one line here each."""

from pathlib import Path
from typing import Any

import orjson

from .serving.accept import weighted

LANGUAGES = ["ko", "en"]

CATALOGUES: dict[str, dict[str, Any]] = {
    language: orjson.loads((Path(__file__).parent / "locales" / f"{language}.json").read_bytes())
    for language in LANGUAGES
}


def preferred(accept_language: str) -> str:
    """The language that an Accept-Language header likes best; Korean when it likes none of ours."""
    best, most = LANGUAGES[0], 0.0
    for tag, liked in weighted(accept_language):
        language = tag.partition("-")[0]
        if language in LANGUAGES and liked > most:
            best, most = language, liked
    return best
