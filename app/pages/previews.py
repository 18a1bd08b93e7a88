"""Link previews (Open Graph): title and description of what a link shows, so that links can be told apart."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar
from urllib.parse import parse_qsl, urlsplit

from pydantic import BaseModel, ValidationError

from ..labs.explorer.params import BpttParams
from ..labs.graph.params import GraphParams
from ..labs.training.params import TrainingParams
from ..labs.training.texts import TEXTS
from ..presets import GRAPH_PRESETS, PRESETS, TRAINING_PRESETS
from ..words import fill

MAX_TEXT = 40  # characters
Query = Mapping[str, str]
Words = dict[str, Any]
Params = TypeVar("Params", bound=BaseModel)


class Preview(NamedTuple):
    """Title and description of a page; an empty one is that of the page without a link."""

    title: str = ""
    description: str = ""


def explorer(query: Query, words: Words) -> Preview:
    """The preview of an explorer link, such as "hello, blocks of 2", or the title of an example."""
    params = read(BpttParams, query) if query else None
    if params is None:
        return Preview()
    state = _explorer_state(params, words)
    description = fill(words["preview"]["description"], state=state, T=params.T)
    preset = _EXPLORER_PRESETS.get(params)
    if preset in (None, "hello"):  # the default, whose state says more than its title
        return Preview(_titled(state, words), description)
    return _of_preset(words["presets"][preset], words)


def compare(query: Query, words: Words) -> Preview:
    """The preview of a comparison: both states."""
    a = read(BpttParams, query) if query else None
    b = read(BpttParams, dict(parse_qsl(query["b"], keep_blank_values=True))) if query.get("b") else a
    if a is None or b is None:
        return Preview()
    return Preview(_titled(f"{_explorer_state(a, words)} | {_explorer_state(b, words)}", words))


def training(query: Query, words: Words) -> Preview:
    """The preview of a training link: its text or its task, or the title of an example."""
    params = read(TrainingParams, query) if query else None
    if params is None:
        return Preview()
    lab = words["site"]["training"]
    preset = _TRAINING_PRESETS.get(params)
    if preset not in (None, "hello"):
        return _of_preset(words["training"]["presets"][preset], words, lab)
    is_text = params.task == "text"
    task = words["training"]["params"]["task"]["choices"][params.task]
    parts = [_short(TEXTS.get(params.text, params.text)) if is_text else task]
    parts += _cell(params.cell, words)
    scheme = "cuts" if is_text and params.cuts else "blocks"
    parts.append(words["preview"][scheme].format(k=params.k, cuts=_short(params.cuts.replace(",", ", "))))
    return Preview(_titled(", ".join(parts), words, lab))


def graph(query: Query, words: Words) -> Preview:
    """The preview of a graph link: its formula or the title of its graph."""
    params = read(GraphParams, query) if query else None
    if params is None:
        return Preview()
    lab, titles = words["site"]["graph"], words["graphlab"]["presets"]
    preset = _GRAPH_PRESETS.get(params) or ("" if params.formula else params.preset)
    if preset:
        return _of_preset(titles[preset], words, lab)
    return Preview(_titled(_short(params.formula), words, lab))


PREVIEWS: dict[str, Callable[[Query, Words], Preview]] = {
    "": explorer,
    "ab": compare,
    "training": training,
    "graph": graph,
}
"""By the path of a page."""


def read(lab: type[Params], query: Query) -> Params | None:
    """The parameters in a query; None if they are not valid."""
    try:
        return lab.model_validate({name: query[name] for name in query if name in lab.model_fields})
    except ValidationError:
        return None


def _explorer_state(params: BpttParams, words: Words) -> str:
    name = "full" if params.truncation == "cuts" and not params.cuts else params.truncation
    cuts = _short(params.cuts.replace(",", ", "))
    scheme = words["preview"][name].format(k=params.k, k1=params.k1, cut=params.cut, cuts=cuts)
    return ", ".join([_short(params.text), *_cell(params.cell, words), scheme])


def _cell(cell: str, words: Words) -> list[str]:
    return [] if cell == "rnn" else [words["params"]["cell"]["choices"][cell]]


def _short(text: str) -> str:
    return text[:MAX_TEXT] + ("…" if len(text) > MAX_TEXT else "")


def _titled(state: str, words: Words, lab: str = "") -> str:
    return " · ".join(part for part in (state, lab, words["site"]["name"]) if part)


def _of_preset(preset: Words, words: Words, lab: str = "") -> Preview:
    return Preview(_titled(preset["title"], words, lab), preset["sentence"])


def _presets(lab: type[Params], links: dict[str, str]) -> dict[Params, str]:
    """The names of presets by their parameters; the first one, where fragments alone tell them apart."""
    found = [(read(lab, dict(parse_qsl(urlsplit(link).query))), name) for name, link in links.items()]
    return {params: name for params, name in reversed(found) if params is not None}


_EXPLORER_PRESETS = _presets(BpttParams, PRESETS)
_TRAINING_PRESETS = _presets(TrainingParams, TRAINING_PRESETS)
_GRAPH_PRESETS = _presets(GraphParams, GRAPH_PRESETS)
