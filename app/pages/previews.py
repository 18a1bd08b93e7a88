"""What a link shows, in a few words: for the title of the page and for where the link is pasted."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError

from ..labs.explorer.params import BpttParams

SHOWN = 40  # symbols of the text


class Preview(NamedTuple):
    """Words about a link; both empty where it asks for nothing, or for what no run can be."""

    title: str = ""
    description: str = ""


def preview(query: Mapping[str, str], words: dict[str, Any]) -> Preview:
    """Such as "hello, blocks of 2"."""
    asked = {name: value for name, value in query.items() if name in BpttParams.model_fields}
    if not query:
        return Preview()
    try:
        params = BpttParams.model_validate(asked)
    except ValidationError:
        return Preview()
    k = max(params.k1, params.k) if params.truncation == "tbptt" else params.k
    scheme = words["preview"][params.truncation].format(k=k, k1=params.k1, cut=params.cut)
    shown = params.text[:SHOWN] + ("…" if len(params.text) > SHOWN else "")
    state = f"{shown}, {scheme}"
    description = words["preview"]["description"].format(state=state, T=params.T)
    return Preview(f"{state} · {words['site']['name']}", description)
