"""The explorer's result starts with its page: a Link header names the address its script will ask for."""

from functools import cache
from urllib.parse import quote_plus

from ..labs.explorer.params import BpttParams
from ..serving.version import ENGINE
from .form import Control, controls

WHOLE_UP_TO = 200  # steps; of a longer sequence the fragment decides which window the script asks for
LONGEST = 1500  # characters: proxies have little room for the headers of a response


def preload(params: BpttParams | None) -> dict[str, str]:
    """The header of a page with these parameters; none if the script may ask for another address."""
    address = address_of(params) if params and params.T <= WHOLE_UP_TO else None
    if address is None or len(address) > LONGEST:
        return {}
    return {"Link": f"<{address}>; rel=preload; as=fetch; crossorigin"}


def address_of(params: BpttParams) -> str | None:
    """The address of a result as static/js/page/query.js writes it; None where the two may differ."""
    written = {"v": "1"}
    whole = params.model_copy(update={"steps": None}).T
    for control in _controls():
        value = getattr(params, control.name)
        usual = (control.usual or {}).get(params.unit, control.default)
        if value is None or value == usual or (control.name == "steps" and value == whole):
            continue
        text = repr(value or 0.0).removesuffix(".0") if isinstance(value, float) else str(value)
        if isinstance(value, float) and "e" in text:
            return None  # Python and JavaScript write exponents differently
        written[control.name] = text
    query = "&".join(f"{name}={_encoded(text)}" for name, text in written.items())
    return f"/api/{ENGINE}/bptt?{query}"


@cache
def _controls() -> list[Control]:
    return controls()


def _encoded(text: str) -> str:
    """As URLSearchParams does."""
    return quote_plus(text, safe="*").replace("~", "%7E")
