"""A trained network and a text as a link of the explorer, for the command line and for notebooks."""

import warnings
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from pydantic import ValidationError

from .api.errors import from_pydantic
from .interchange.refused import Refused
from .labs.explorer.params import BpttParams
from .labs.explorer.symbols_of_network import SymbolsQuery, candidates, vocabulary_of
from .labs.explorer.weights_file import MAX_FILE_MB, read_weights
from .labs.parameters import IncompatibleParameters, symbols
from .serving.request_limits import MAX_URL
from .words import CATALOGUES, fill

LONGEST = 2000  # characters of a link that has a QR code, and that every program takes


class Rounded(UserWarning):
    """A link whose weights are rounded to float32, since the exact ones are too long for it."""


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
    if not found["exact"]:
        warnings.warn(_said("weights_file", "rounded"), Rounded, stacklevel=2)
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
    try:
        asked = SymbolsQuery(text=text, unit=unit, vocabulary=given or "")
    except ValidationError as invalid:
        raise NotShown(_sentences(invalid)) from None
    try:
        found = vocabulary_of(V, asked)
    except IncompatibleParameters as problem:
        if problem.code == "not_in_vocabulary":
            raise NotShown(_said("weights_file", "missing", symbol=problem.given)) from None
        found = None
    if found is None:
        n = len({*symbols(unit, candidates(asked)[0])})
        why = _said("weights_file", "symbols", V=V, n=n)
        raise NotShown(f"{why} Say which, in order, as the vocabulary.")
    return found


def _require_valid(asked: Mapping[str, str]) -> None:
    try:
        BpttParams.model_validate(asked)
    except ValidationError as invalid:
        raise NotShown(_sentences(invalid)) from None


def _sentences(invalid: ValidationError) -> str:
    errors = [from_pydantic({**one, "loc": ("query", *one["loc"])}) for one in invalid.errors()]
    return " ".join(error.message for error in errors)


def _said(section: str, name: str, **values: object) -> str:
    return fill(CATALOGUES["en"][section][name], **values)
