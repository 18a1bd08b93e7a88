"""A trained network and a text as a link of the explorer, for the command line and for notebooks."""

import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True)
class ModelLink:
    """The path and query of a link that shows a network, and sentences about what is assumed of its file."""

    path: str
    notes: tuple[str, ...]


def path_of(data: bytes, text: str, **settings: Any) -> str:
    """The path and query of ``link_of``."""
    return link_of(data, text, **settings).path


def link_of(
    data: bytes,
    text: str,
    *,
    vocabulary: str | None = None,
    unit: str = "char",
    language: str = "en",
    framed: bool = False,
    query: str = "",
    activation: str | None = None,
    of_command: bool = False,
) -> ModelLink:
    """The link that shows the network of a file; ``framed`` for a frame.

    ``query`` has further parameters of the explorer, such as ``truncation=window&k=3``. Without a vocabulary
    those that the file says are taken, those of the text if they are as many as the network has, or the
    letters. ``of_command``: sentences name the options of the command, and not the arguments of a function.

    Raises:
        NotShown: with the sentences of the page.

    """
    found = _read(data)
    further = dict(parse_qsl(query, keep_blank_values=True))
    V, params = found["symbols"], found["params"]
    if not found["fits_a_link"]:
        raise NotShown(_said("weights_file", "too_long", H=params["hidden"], V=V))
    if not found["exact"]:
        warnings.warn(_said("weights_file", "rounded"), Rounded, stacklevel=3)
    known = found["vocabulary"] if "vocabulary" in found["noted"] and vocabulary is None else vocabulary
    if vocabulary is None:
        unit = params.pop("unit", unit)
    params.pop("unit", None)
    asked = {"text": text, "unit": unit, "vocabulary": _vocabulary(text, known, unit, V, of_command)}
    if activation and params["cell"] == "rnn":
        params |= {"activation": activation}
    notes = _assumptions(found["assumed"], bool(activation or "activation" in further), of_command)
    asked |= params | further
    if unit == "number":
        del asked["vocabulary"]
    _require_valid(asked)
    path = f"{'/embed' if framed else ''}/{language}/?{urlencode({'v': '1', **asked})}"
    if len(path) > MAX_URL:
        raise NotShown(f"The link has {len(path)} characters; the server takes {MAX_URL}.")
    return ModelLink(path, tuple(notes))


def _read(data: bytes) -> dict[str, Any]:
    try:
        if len(data) > MAX_FILE_MB * 2**20:
            raise Refused("file_too_large", "", MAX_FILE_MB)
        return read_weights(data)
    except Refused as refused:
        named = {"limit": refused.limit, "given": refused.name, "subject": refused.subject}
        sentence = _said("file_errors", refused.code, **named)
        raise NotShown(sentence.strip()) from None


def _assumptions(assumed: Iterable[str], has_activation: bool, of_command: bool) -> Iterator[str]:
    """A sentence for each assumption; that about the activation says how to give another one."""
    for what in assumed:
        if what != "activation":
            yield _said("weights_file", f"assumed_{what}")
        elif not has_activation:
            option = "--activation relu" if of_command else 'activation="relu"'
            yield f"The file does not say the activation: tanh is assumed. Another one is given by {option}."


def _vocabulary(text: str, given: str | None, unit: str, V: int, of_command: bool) -> str:
    """V symbols that have all of the text."""
    try:
        asked = SymbolsQuery(text=text, unit=unit, vocabulary=given or "")
    except ValidationError as invalid:
        raise NotShown(_sentences(invalid)) from None
    try:
        found = vocabulary_of(V, asked)
    except IncompatibleParameters as problem:
        if problem.code == "not_in_vocabulary":
            raise NotShown(_said("weights_file", "missing", symbol=_visible(problem.given))) from None
        found = None
    if found is None:
        n = len({*symbols(unit, candidates(asked)[0])})
        why = _said("weights_file", "symbols", V=V, n=n)
        option = "by --vocabulary" if of_command else "as vocabulary"
        raise NotShown(f"{why} Say which, in order, {option}.")
    return found


def _require_valid(asked: Mapping[str, str]) -> None:
    try:
        BpttParams.model_validate(asked)
    except ValidationError as invalid:
        raise NotShown(_sentences(invalid)) from None


def _sentences(invalid: ValidationError) -> str:
    errors = [from_pydantic({**one, "loc": ("query", *one["loc"])}) for one in invalid.errors()]
    return " ".join(error.message for error in errors)


def _visible(symbol: object) -> str:
    """A symbol that is only space as the page shows it."""
    return str(symbol).replace(" ", "␣")


def _said(section: str, name: str, **values: object) -> str:
    return fill(CATALOGUES["en"][section][name], **values)
