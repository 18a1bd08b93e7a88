"""A trained network and a text as a link of the explorer, for the command line and for notebooks."""

import unicodedata
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from pydantic import ValidationError

from .api.errors import from_pydantic
from .interchange.refused import Refused
from .labs.explorer.params import BpttParams
from .labs.explorer.weights_file import MAX_FILE_MB, read_weights
from .labs.parameters import symbols
from .serving.request_limits import MAX_URL
from .words import CATALOGUES, fill

LETTERS = " abcdefghijklmnopqrstuvwxyz"
LONGEST = 2000  # characters of a link that has a QR code, and that every program takes


class NotShown(ValueError):
    """A network that cannot be shown with this text; the message is a sentence that says why."""


def path_of(
    data: bytes,
    text: str,
    *,
    vocabulary: str | None = None,
    unit: str = "char",
    language: str = "en",
    framed: bool = False,
    query: str = "",
    activation: str | None = None,
) -> str:
    """The path and query of the link that shows the network of a file; ``framed`` for a frame.

    ``query`` has further parameters of the explorer, such as ``truncation=window&k=3``. Without a vocabulary
    the symbols of the text are taken if they are as many as the network has, or the letters.

    Raises:
        NotShown: with the sentences of the page.

    """
    found = _read(data)
    V, params = found["symbols"], found["params"]
    if not found["fits_a_link"]:
        raise NotShown(_said("weights_file", "too_long", H=params["hidden"], V=V))
    asked = {"text": text, "unit": unit, "vocabulary": _vocabulary(text, vocabulary, unit, V)}
    if activation and params["cell"] == "rnn":
        params |= {"activation": activation}
    asked |= params | dict(parse_qsl(query, keep_blank_values=True))
    if unit == "number":
        del asked["vocabulary"]
    _require_valid(asked)
    path = f"{'/embed' if framed else ''}/{language}/?{urlencode({'v': '1', **asked})}"
    if len(path) > MAX_URL:
        raise NotShown(f"The link has {len(path)} characters; the server takes {MAX_URL}.")
    return path


def _read(data: bytes) -> dict[str, Any]:
    try:
        if len(data) > MAX_FILE_MB * 2**20:
            raise Refused("file_too_large", "", MAX_FILE_MB)
        return read_weights(data)
    except Refused as refused:
        sentence = _said("file_errors", refused.code, limit=refused.limit, given=refused.name)
        raise NotShown(sentence.strip()) from None


def _vocabulary(text: str, given: str | None, unit: str, V: int) -> str:
    """V symbols that have all of the text."""
    if unit == "number":
        return ""
    used = dict.fromkeys(symbols(unit, text))
    own = (" " if unit == "word" else "").join(map(str, used))
    candidates = [own, LETTERS, LETTERS[1:]] if given is None else [given]
    fitting = [one for one in candidates if len({*symbols(unit, one)}) == len(symbols(unit, one)) == V]
    if not fitting:
        n = len({*symbols(unit, candidates[0])})
        why = _said("weights_file", "symbols", V=V, n=n)
        raise NotShown(f"{why} Say which, in order, as the vocabulary.")
    known = {*symbols(unit, fitting[0])}
    missing = next((symbol for symbol in used if symbol not in known), None)
    if missing is not None:
        raise NotShown(_said("weights_file", "missing", symbol=missing))
    return unicodedata.normalize("NFC", fitting[0])


def _require_valid(asked: Mapping[str, str]) -> None:
    try:
        BpttParams.model_validate(asked)
    except ValidationError as invalid:
        errors = [from_pydantic({**one, "loc": ("query", *one["loc"])}) for one in invalid.errors()]
        raise NotShown(" ".join(error.message for error in errors)) from None


def _said(section: str, name: str, **values: object) -> str:
    return fill(CATALOGUES["en"][section][name], **values)
