"""Link previews: the title and description of an explorer page with a query (Open Graph)."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError

from ..labs.explorer.params import BpttParams
from ..words import fill

MAX_TEXT = 40  # characters


class Preview(NamedTuple):
    """Title and description of a page; both are empty without a query or if it is not valid."""

    title: str = ""
    description: str = ""


def read(query: Mapping[str, str]) -> BpttParams | None:
    """The parameters in a query; None if they are not valid."""
    values = {name: value for name, value in query.items() if name in BpttParams.model_fields}
    try:
        return BpttParams.model_validate(values)
    except ValidationError:
        return None


def preview(params: BpttParams, words: dict[str, Any]) -> Preview:
    """The preview of a run, such as "hello, blocks of 2"."""
    scheme = words["preview"][params.truncation].format(k=params.k, k1=params.k1, cut=params.cut)
    text = params.text[:MAX_TEXT] + ("…" if len(params.text) > MAX_TEXT else "")
    state = f"{text}, {scheme}"
    description = fill(words["preview"]["description"], state=state, T=params.T)
    return Preview(f"{state} · {words['site']['name']}", description)
