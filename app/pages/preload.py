"""The result of a lab starts with its page: a Link header names the addresses its script will ask for."""

from collections.abc import Callable, Mapping
from functools import cache
from urllib.parse import parse_qsl, quote_plus

from pydantic import BaseModel

from ..labs.explorer.params import BpttParams
from ..labs.training.params import TrainingParams
from ..serving.version import ENGINE
from .form import Control, controls
from .previews import read

WHOLE_UP_TO = 200  # steps; of a longer sequence the fragment decides which window the script asks for
LONGEST = 1500  # characters: proxies have little room for the headers of a response

Query = Mapping[str, str]
Addresses = list[str | None]


def preload(path: str, query: Query) -> dict[str, str]:
    """The header of a page with this query; none if the script may ask for another address."""
    if path not in _FIRST_REQUESTS or _least_length(query) > LONGEST:
        return {}  # before a long text is read
    addresses = [*dict.fromkeys(_FIRST_REQUESTS[path](query))]
    links = [f"<{address}>; rel=preload; as=fetch; crossorigin" for address in addresses if address]
    header = ", ".join(links)
    return {"Link": header} if 0 < len(header) <= LONGEST else {}


def _least_length(query: Query) -> int:
    """The characters that the values have at least in an address, where a byte beyond ASCII has three."""
    plain = sum(len(value.encode("ascii", "ignore")) for value in query.values())
    return 3 * sum(len(value.encode()) for value in query.values()) - 2 * plain


def _explorer(query: Query) -> Addresses:
    return [result_address(read(BpttParams, query))]


def _compare(query: Query) -> Addresses:
    second = dict(parse_qsl(query["b"], keep_blank_values=True)) if "b" in query else query
    return [result_address(read(BpttParams, side)) for side in (query, second)]


def _training(query: Query) -> Addresses:
    return [film_address(read(TrainingParams, query))]


_FIRST_REQUESTS: dict[str, Callable[[Query], Addresses]] = {
    "": _explorer,
    "ab": _compare,
    "training": _training,
}
"""By the path of a page."""


def result_address(params: BpttParams | None) -> str | None:
    """The address of a result; None where the script may ask for another one."""
    query = query_of(params) if params and params.T <= WHOLE_UP_TO else None
    return query and f"/api/{ENGINE}/bptt{query}"


def film_address(params: TrainingParams | None) -> str | None:
    """The address of the film's first pass, which the script asks for whatever the fragment says."""
    query = query_of(params) if params and params.task == "text" else None
    return query and f"/api/{ENGINE}/training/film{query}&pass=1&from=0"


def query_of(params: BpttParams | TrainingParams) -> str | None:
    """The query as static/js/page/query.js writes it; None where the two may differ."""
    written = {"v": "1"}
    for control in _controls(type(params)):
        value = getattr(params, control.name)
        if value is None or value == _default(control, params):
            continue
        text = repr(value or 0.0).removesuffix(".0") if isinstance(value, float) else str(value)
        if isinstance(value, float) and "e" in text:
            return None  # Python and JavaScript write exponents differently
        written[control.name] = text
    return "?" + "&".join(f"{name}={_value(name, text)}" for name, text in written.items())


def _value(name: str, text: str) -> str:
    """A value as an address has it: a list of cuts keeps its commas, as people write it."""
    return _encoded(text).replace("%2C", ",") if name == "cuts" else _encoded(text)


def _default(control: Control, params: BpttParams | TrainingParams) -> object:
    if isinstance(params, BpttParams):
        if control.name == "steps":
            return params.model_copy(update={"steps": None}).T
        return (control.usual or {}).get(params.unit, control.default)
    if control.name == "lanes" and params.lengths:  # there are as many as there are lengths
        return params.lanes
    return control.default


@cache
def _controls(lab: type[BaseModel]) -> list[Control]:
    return controls(lab)


def _encoded(text: str) -> str:
    """As URLSearchParams does."""
    return quote_plus(text, safe="*").replace("~", "%7E")
