"""Path of a page of this site, from a text that somebody typed or sent: checked once, and used as checked."""

import re
import unicodedata
from urllib.parse import quote

_DOTS = re.compile(r"(?:\.|%2e){1,2}", re.IGNORECASE)
_OTHERS = re.compile(r"[^!-~]+")


def site_path(text: str) -> str | None:
    r"""The path with query and fragment, or None where the text leads elsewhere.

    Letters beyond ASCII are percent-encoded. A browser reads "\" as "/" and resolves "." and ".."; what it
    would change that way is refused, so that the text that was checked is the address that is opened.
    ``static/js/lib/site-path.js`` does the same.
    """
    segments = text.partition("#")[0].partition("?")[0]
    if not segments.startswith("/") or "//" in segments or "\\" in text:
        return None
    others = "".join(_OTHERS.findall(text))
    if any(letter.isspace() or unicodedata.category(letter).startswith("C") for letter in others):
        return None
    if any(_DOTS.fullmatch(segment) for segment in segments.split("/")):
        return None
    return _OTHERS.sub(lambda found: quote(found[0]), text)
