"""Parts that all scripts share: the data as literals, and the truncation as a list of backward windows."""

from collections.abc import Mapping

import numpy as np

from ....bptt.arrays import Array, recurrent
from ....bptt.sequences import HOLE, Sequence, Symbol
from ....bptt.truncation import parse_cuts
from ...source_text import ascii_only, literal, numbers
from ..network import Network

WINDOWS = {
    "full": "windows = [(0, T, 0)]  # one backward pass over everything",
    "blocks": "k = {k}\nwindows = [(a, min(a + k, T), a) for a in range(0, T, k)]  # one per block",
    "window": "k = {k}\nwindows = [(max(0, s + 1 - k), s + 1, s) for s in range(T)]  # each loss goes back k",
    "tbptt": """k1, k2 = {k1}, {k2}
ends = range(k1, T + k1, k1)  # every k1 steps the newest k1 losses go back k2 steps
windows = [(max(0, end - k2), min(end, T), end - k1) for end in ends]""",
    "randomized": """cut = {cut!r}
uncut = np.random.RandomState({cut_seed}).random_sample(T - 1) >= cut
bounds = [0, *(1 + np.flatnonzero(~uncut)).tolist(), T]
windows = [(a, b, a) for a, b in zip(bounds, bounds[1:])]  # one between two cuts""",
    "cuts": """cuts = {cuts}  # no gradient flows from step t back to step t - 1
bounds = [0, *cuts, T]
windows = [(a, b, a) for a, b in zip(bounds, bounds[1:])]  # one between two cuts""",
}

CONVENTIONS = {
    "after": "reset after Wh, as in PyTorch and Keras 3",
    "before": "reset before Wh, as in Cho et al. 2014",
}
"""Where the reset gate of a GRU acts, and who has it so."""


def head(net: Network, library: str) -> str:
    """A comment that describes the run."""
    s = net.settings
    text = repr(s["text"] if len(s["text"]) <= 60 else s["text"][:60] + "…")
    kind = f"{s['cell']} ({s['activation']})" if s["cell"] == "rnn" else s["cell"]
    kind += f" ({CONVENTIONS[s['reset_gate']]})" if s["cell"] == "gru" else ""
    settings = {"blocks": f", k = {s['k']}", "window": f", k = {s['k']}"}
    settings |= {"tbptt": f", k1 = {s['k1']}, k2 = {s['k']}", "randomized": f", c = {s['cut']}"}
    settings |= {"cuts": f" at t = {s['cuts'] or 'none'}"}
    scheme = s["truncation"] + settings.get(s["truncation"], "")
    about = f"{text}, T = {net.T}, {kind}, H = {len(net.W['Wh'])}, truncation: {scheme}"
    held = "# Wh is held at zero: updates leave it out, so its gradient is printed but never applied.\n"
    held = held if s["recurrence"] == "zero" else ""
    return f"# BPTT Explorer: this run with {library}.\n# {ascii_only(about)}\n{held}"


def data(net: Network, array: str) -> str:
    """Tokens, targets and weights as literals; ``array`` is the function that makes an array of a list."""
    weights = "\n".join(f"{name} = {array}({numbers(W)})" for name, W in net.W.items())
    state = net.task.initial_state
    initial = "" if state is None else f"\ninitial_state = {array}({numbers(state)})"
    return f"{rows(net)}\n\n{weights}\nH = len(Wh){initial}"


def rows(net: Network) -> str:
    """Inputs x, targets y and the factors g of the losses."""
    sequence = net.sequence
    if sequence.vocabulary:
        both = f"""vocabulary = {literal(sequence.vocabulary)}
tokens = {literal(sequence.tokens)}
targets = {literal(sequence.targets)}
one_hot = np.eye(len(vocabulary))
x = one_hot[[vocabulary.index(token) for token in tokens]]  # (T, D)
{_wanted(sequence)}"""
    else:
        both = f"""x = np.array({literal(sequence.tokens)})[:, None]  # (T, 1)
y = np.array({literal(_filled(sequence))})[:, None]  # (T, 1)"""
    return f"{both}\nT = len(x)\n{factors(net)}"


def _wanted(sequence: Sequence) -> str:
    """One-hot rows of the targets; where a step has none, any row."""
    if sequence.has_target.all():
        return "y = one_hot[[vocabulary.index(target) for target in targets]]  # (T, V)"
    index = f"0 if target == {HOLE!a} else vocabulary.index(target)"
    return f"y = one_hot[[{index} for target in targets]]  # without a target any row, since g is 0"


def _filled(sequence: Sequence) -> list[Symbol]:
    """Numbers, 0 where a step has no target."""
    return [0.0 if target == HOLE else target for target in sequence.targets]


def factors(net: Network) -> str:
    """The factor g of every loss in the total."""
    s, steps = net.settings, np.flatnonzero(net.has_loss).tolist()
    if s["loss_at"] == "last" and steps == [net.T - 1]:
        return "g = np.append(np.zeros(T - 1), 1.0)  # only the last loss counts"
    if len(steps) < net.T:
        share = "1" if s["reduction"] == "sum" else f"1 / {len(steps)}"
        said = "the sum" if s["reduction"] == "sum" else "the mean"
        return (
            f"steps = {literal(steps)}  # that have a loss\n"
            f"g = np.zeros(T)\ng[steps] = {share}  # the total is {said} of their losses"
        )
    if s["reduction"] == "sum":
        return "g = np.ones(T)  # the total is the sum of the steps' losses"
    return "g = np.full(T, 1 / T)  # the total is the mean of the steps' losses"


def recurrent_names(net: Network) -> str:
    """The names of the recurrent parameters, as Python source."""
    return "(" + ", ".join(f'"{name}"' for name in recurrent(net.W)) + ")"


def windows(net: Network) -> str:
    """The truncation as backward windows (start, stop, newest_from), from stop - 1 back to start."""
    s = net.settings
    return WINDOWS[s["truncation"]].format(**s | {"k2": s["k"], "cuts": literal([*parse_cuts(s["cuts"])])})


def edge_scale(net: Network) -> str:
    """The factor of gradients along an edge that is not cut."""
    if net.settings["truncation"] == "randomized":
        return "edge_scale = 1 / (1 - cut)  # gradients of a kept edge by the probability of keeping it"
    return "edge_scale = 1.0"


def dictionary(name: str, arrays: Mapping[str, Array], array: str, digits: int | None = None) -> str:
    """Arrays by name as the source of a dictionary."""
    entries = "".join(f"    {key!r}: {array}({numbers(each, digits)}),\n" for key, each in arrays.items())
    return f"{name} = {{\n{entries}}}".replace("'", '"')
