"""What scripts of every library have in common: the run as literals, the scheme as a list of walks."""

import pprint
from typing import Any

import numpy as np

from ....bptt.arrays import Array
from ..network import Network

WALKS = {
    "full": "walks = [(0, T, 0)]  # one walk over everything",
    "blocks": "k = {k}\nwalks = [(a, min(a + k, T), a) for a in range(0, T, k)]  # each block for itself",
    "window": "k = {k}\nwalks = [(max(0, s + 1 - k), s + 1, s) for s in range(T)]  # each loss goes back k",
    "tbptt": """k1, k2 = {k1}, {k2}
ends = range(k1, T + k1, k1)  # every k1 steps the newest k1 losses go back k2 steps
walks = [(max(0, end - k2), min(end, T), end - k1) for end in ends]""",
    "randomized": """cut = {cut!r}
uncut = np.random.RandomState({cut_seed}).random_sample(T - 1) >= cut
bounds = [0, *(1 + np.flatnonzero(~uncut)).tolist(), T]
walks = [(a, b, a) for a, b in zip(bounds, bounds[1:])]  # what is between two cuts, for itself""",
}


def head(net: Network, library: str) -> str:
    """What this run is, for people."""
    s = net.settings
    text = repr(s["text"] if len(s["text"]) <= 60 else s["text"][:60] + "…")
    kind = f"{s['cell']} ({s['activation']})" if s["cell"] == "rnn" else s["cell"]
    obeyed = {"blocks": f", k = {s['k']}", "window": f", k = {s['k']}"}
    obeyed |= {"tbptt": f", k1 = {s['k1']}, k2 = {max(s['k'], s['k1'])}", "randomized": f", c = {s['cut']}"}
    scheme = s["truncation"] + obeyed.get(s["truncation"], "")
    about = f"{text}, T = {net.T}, {kind}, H = {len(net.W['Wh'])}, truncation: {scheme}"
    return f"# BPTT Explorer: this very run, with {library}.\n# {ascii_only(about)}\n"


def ascii_only(text: str) -> str:
    """Comments in plain ASCII never end early and never turn their direction."""
    return text.encode("ascii", "backslashreplace").decode()


def data(net: Network, array: str) -> str:
    """Tokens, targets and weights as literals; ``array`` makes an array of a nested list."""
    sequence = net.sequence
    if sequence.vocabulary:
        rows = f"""vocabulary = {literal(sequence.vocabulary)}
tokens = {literal(sequence.tokens)}
targets = {literal(sequence.targets)}
one_hot = np.eye(len(vocabulary))
x = one_hot[[vocabulary.index(token) for token in tokens]]  # (T, D)
wanted = one_hot[[vocabulary.index(target) for target in targets]]  # (T, V)"""
    else:
        rows = f"""x = np.array({literal(sequence.tokens)})[:, None]  # (T, 1)
wanted = np.array({literal(sequence.targets)})[:, None]  # (T, 1)"""
    weights = "\n".join(f"{name} = {array}({numbers(W)})" for name, W in net.W.items())
    return f"{rows}\nT = len(x)\n{factors(net)}\n\n{weights}\nH = len(Wh)"


def factors(net: Network) -> str:
    """The factor g of every loss in the total."""
    s = net.settings
    if s["loss_at"] == "last":
        return "g = np.append(np.zeros(T - 1), 1.0)  # only the last loss counts"
    if s["reduction"] == "sum":
        return "g = np.ones(T)  # the total is the sum of the steps' losses"
    return "g = np.full(T, 1 / T)  # the total is the mean of the steps' losses"


def walks(net: Network) -> str:
    """The truncation as walks (start, stop, newest_from): back from stop - 1 to start, fed by the newest."""
    s = net.settings
    return WALKS[s["truncation"]].format(**s, k2=max(s["k"], s["k1"]))


def crossing(net: Network) -> str:
    """What a crossed edge multiplies by."""
    if net.settings["truncation"] == "randomized":
        return "crossing = 1 / (1 - cut)  # what crosses an edge is divided by the chance of crossing"
    return "crossing = 1.0"


def literal(value: Any) -> str:
    """A list as Python source that any text survives, in lines of bounded length."""
    return ascii_only(pprint.pformat(value, width=100, compact=True)) if not _text(value) else _quoted(value)


def _text(value: Any) -> bool:
    return any(isinstance(item, str) for item in value)


def _quoted(value: list[Any]) -> str:
    return "[" + ", ".join(ascii(item) for item in value) + "]"


def numbers(W: Array) -> str:
    """An array with every digit that it has."""
    rows = np.array2string(
        W, separator=", ", threshold=W.size + 1, max_line_width=100, formatter={"float_kind": _exact}
    )
    return rows.replace("\n", "\n    ")


def _exact(value: Any) -> str:
    return repr(float(value)) if np.isfinite(value) else "float('nan')"
