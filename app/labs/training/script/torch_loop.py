"""The training loop in PyTorch: its own layers where they can do it, detach() at the cut, step()."""

from . import parts
from .data import data
from .parts import Run
from .printed import head, what_is_printed

LAYER_ACTIVATIONS = ("tanh", "relu")
"""Those of nn.RNN."""

ACTIVATIONS = {
    "tanh": "torch.tanh(a)",
    "sigmoid": "torch.sigmoid(a)",
    "relu": "torch.relu(a)",
    "identity": "a",
}

GATES = {
    "rnn": "",
    "lstm": '''
def gates(W):
    """The gates f, g, i, o of the page in PyTorch's order."""
    f, g, i, o = np.split(W, 4, axis=-1)
    return np.concatenate([i, f, g, o], axis=-1)

''',
    "gru_after": '''
def gates(W):
    """The gates z, r, n of the page in PyTorch's order; its z keeps the old state, so it is 1 - z here."""
    z, r, n = np.split(W, 3, axis=-1)
    return np.concatenate([r, -z, n], axis=-1)

''',
}

LAYERS = {"rnn": "RNN", "lstm": "LSTM", "gru_after": "GRU"}

LAYER = '''
class Network(nn.Module):
    """nn.{layer} and a linear readout, with the weights of the page."""

    def __init__(self, W):
        super().__init__()
        self.rnn = nn.{layer}
        self.readout = nn.Linear(H, V)
        state = {{
            "rnn.weight_ih{l0}": {Wx}.T,
            "rnn.weight_hh{l0}": {Wh}.T,
            "rnn.bias_ih{l0}": {b},
            "rnn.bias_hh{l0}": {bias_hh},
            "readout.weight": W["Wy"].T,
            "readout.bias": W["by"],
        }}
        self.load_state_dict({{name: torch.tensor(part) for name, part in state.items()}})
        # PyTorch has two biases and adds them. Both get the same gradient, so together they learn twice as
        # fast as the one of the page; and the norm for clipping counts it twice. One of them is frozen here.
        {freeze}
'''

FREEZE = "self.rnn.bias_hh{l0}.requires_grad_(False)"
FREEZE_ALL_BUT_N = (
    "used = torch.cat([torch.zeros(2 * H), torch.ones(H)])  # that of n is inside the reset: no second one\n"
    "        self.rnn.bias_hh{l0}.register_hook(lambda gradient: gradient * used)"
)

BY_HAND = '''
class Cell(nn.Module):
    """{why}"""

    def __init__(self):
        super().__init__()
        self.input = nn.Linear({D}, G * H)
        {parts}

    def forward(self, x, h):
        {forward}


class Network(nn.Module):
    """The cell and a linear readout, with the weights of the page."""

    def __init__(self, W):
        super().__init__()
        self.rnn = Cell()
        self.readout = nn.Linear(H, V)
        state = {{
            "rnn.input.weight": W["Wx"].T,
            "rnn.input.bias": W["b"],
            {state}
            "readout.weight": W["Wy"].T,
            "readout.bias": W["by"],
        }}
        self.load_state_dict({{name: torch.tensor(part) for name, part in state.items()}})
'''

RNN_BY_HAND = {
    "why": "Elman's network; nn.RNN has tanh and relu only.",
    "parts": "self.state = nn.Linear(H, H, bias=False)",
    "forward": "a = self.input(x) + self.state(h)\n        return {f}",
    "state": '"rnn.state.weight": W["Wh"].T,',
}
GRU_BY_HAND = {
    "why": "The GRU of Cho et al., its reset before Wh; that of nn.GRU comes after it: another function.",
    "parts": "self.gates = nn.Linear(H, 2 * H, bias=False)\n        self.state = nn.Linear(H, H, bias=False)",
    "forward": """u_z, u_r, u_n = self.input(x).split(H, dim=-1)
        a_z, a_r = self.gates(h).split(H, dim=-1)
        z, r = torch.sigmoid(u_z + a_z), torch.sigmoid(u_r + a_r)
        n = torch.tanh(u_n + self.state(r * h))
        return (1 - z) * h + z * n""",
    "state": """"rnn.gates.weight": W["Wh"][:, : 2 * H].T,
            "rnn.state.weight": W["Wh"][:, 2 * H :].T,""",
}

IMPORTS = """import itertools

import numpy as np
import torch
from torch import nn

torch.set_default_dtype(torch.float64)
"""

HELD = """        for weight in ({weights}):
            weight.requires_grad_(False)  # Wh is held at zero
"""

OPTIMIZERS = {
    "sgd": "torch.optim.SGD(model.parameters(), lr={lr!r})",
    "momentum": "torch.optim.SGD(model.parameters(), lr={lr!r}, momentum=0.9)",
    "rmsprop": "torch.optim.RMSprop(model.parameters(), lr={lr!r})  # alpha = 0.99, eps = 1e-8",
    "adam": "torch.optim.Adam(model.parameters(), lr={lr!r})  # eps = 1e-8, added after the correction",
}

CLIPPINGS = {
    "none": "",
    "norm": "\n            nn.utils.clip_grad_norm_(model.parameters(), {at!r})  # adds 1e-6 to the norm",
    "element": "\n            nn.utils.clip_grad_value_(model.parameters(), {at!r})",
}

CUT = """# The cut: the same numbers without the graph that made them. Without it a later backward() fails,
            # in PyTorch 2: "Trying to backward through the graph a second time", since the first has freed
            # what it stored. With retain_graph=True it fails too: "one of the variables needed for gradient
            # computation has been modified by an inplace operation", since step() has changed the weights.
            {detach}"""

AHEAD = """# The cut: the steps before the window are read without a graph, so no gradient reaches them.
            {zeros}
            with torch.no_grad():
                {read}"""

LOSSES = {
    False: 'nn.functional.cross_entropy(o.transpose(1, 2), y, reduction="none")',
    True: "0.5 * (o[..., 0] - y) ** 2  # nn.functional.mse_loss() has no 1/2",
}
"""By whether the task is to add."""

LOOP = '''
def network(seed):
    """A new network."""
    return Network(initial(seed))


{one_hot}def train(model, seed):
    """Truncated BPTT without end; after every update {yields}, the new steps and the network."""
    optimizer = {optimizer}{zeros}
    for epoch in itertools.count():{fresh}
        for {window} in {windows}:
            {names} = {read}
            {enter}
            {forward}
            o = model.readout(hs)
            losses = {losses}
            {masked}loss = {loss}
            optimizer.zero_grad()
            loss.backward(){clip}
            optimizer.step()
            yield {result}, {new}, model
'''

WHOLE_TEXT = '''

@torch.no_grad()
def whole_text(model):
    """The mean loss on the whole text, read once from its start."""
    {one_lane}
    {through}
    return nn.functional.cross_entropy(model.readout(hs)[:, 0], torch.tensor(targets)).item()
'''


PAD = '''def pad(row):
    """The pieces of a row as columns, the shorter ones padded with symbol 0: (length, N).

    pack_padded_sequence() would skip the padding as well, and return the state after the last step of each
    lane; without it nn.RNN reads the padding too, and returns the state after that.
    """
    return nn.utils.rnn.pad_sequence([torch.tensor(row[a : a + n]) for a, n in zip(starts, lengths)])


'''

MASKED = """losses = losses[torch.tensor({counted})]  # as with ignore_index: the padding is left out
            """
ASKED = """losses = losses[{counted}]  # as with ignore_index: only questions count
            """

SCALED = "{part} = {part}.detach() + scale * ({part} - {part}.detach())  # the same number, a scaled gradient"

STEPS = """for x_t in {x}:{scaled}
                {assigned} = model.rnn(x_t, {state})
                states.append({state})"""

THROUGH_STEPS = """states = []
    for x_t in one_hot[torch.tensor(inputs)][:, None]:
        {assigned} = model.rnn(x_t, {state})
        states.append({state})
    hs = {stacked}"""


def write(run: Run) -> str:
    """The source of the script."""
    params = run.params
    loop = LOOP.format(
        optimizer=OPTIMIZERS[params.optimizer].format(lr=params.lr),
        zeros=f"\n    {_zeros(run)}" if run.never_resets else "",
        fresh=_fresh(run),
        one_hot="one_hot = torch.eye(V)\n\n\n" if run.is_text else "",
        names=run.names,
        losses=LOSSES[run.adds],
        result=_result(run),
        yields=run.yields,
        window=run.window,
        windows=parts.windows(run),
        enter=_enter(run),
        forward=_forward(run),
        read=run.reads if run.is_text and run.lanes.lengths else f"map(torch.tensor, {run.reads})",
        masked=(ASKED if run.asks else MASKED).format(counted=run.counted) if run.masked else "",
        loss=_mean(run),
        clip=CLIPPINGS[params.clip].format(at=params.clip_at),
        new=run.new,
    )
    if run.is_text:
        loop += WHOLE_TEXT.format(one_lane=_zeros(run, "1"), through=_through(run))
    network = _layer(run) if _has_layer(run) else _by_hand(run)
    held = (
        HELD.format(weights="".join(f"self.rnn.{name}, " for name in _recurrent(run)).rstrip())
        if run.holds_Wh
        else ""
    )
    top = f"{head(run, 'PyTorch')}\n{run.imports}{IMPORTS}\n{data(run, PAD)}"
    return f"{top}\n{network}{held}\n{loop}\n{what_is_printed(run)}"


def _mean(run: Run) -> str:
    """The mean of the losses that count."""
    if run.asks:
        return "losses.sum() / max(1, len(losses))"
    return "losses.mean()" if run.divisor is None else f"losses.sum() / (N * {run.divisor})"


def _result(run: Run) -> str:
    """What an update yields: the mean loss, or all scores."""
    if run.is_text:
        return "losses.mean().item()"
    scores = "score(o.detach().numpy(), y.numpy())"
    return f"{scores}[{run.counted}.numpy()]" if run.asks else scores


def _has_layer(run: Run) -> bool:
    """Whether PyTorch has this cell."""
    return run.form in LAYERS and (run.form != "rnn" or run.params.activation in LAYER_ACTIVATIONS)


def _whole(run: Run) -> bool:
    """Whether one call runs all steps of a window: no inner state is needed again, and no edge is scaled."""
    return _has_layer(run) and not run.overlaps and not run.one.random


def _parts(run: Run) -> list[str]:
    return ["h", "c"] if run.form == "lstm" else ["h"]


def _state(run: Run) -> str:
    return "(h, c)" if run.form == "lstm" else "h"


def _zeros(run: Run, lanes: str = "N") -> str:
    return f"{' = '.join(_parts(run))} = torch.zeros({'1, ' if _whole(run) else ''}{lanes}, H)"


def _fresh(run: Run) -> str:
    """What begins an epoch."""
    if run.episodic:
        return ""
    lines = [_zeros(run)] if run.carried and run.trainer.settings.reset else []
    if run.carried and run.overlaps:
        lines.append(f"states, first = [{_state(run)}], 0  # entering each step of the last window")
    return "".join(f"\n        {line}" for line in lines)


def _enter(run: Run) -> str:
    """The state that enters a window."""
    if not run.carried:
        return f"{_zeros(run)}  # nothing is carried over"
    if run.episodic:
        return _ahead(run) if run.begins_late else _zeros(run)
    names = ", ".join(_parts(run))
    if not run.overlaps:
        return CUT.format(detach=f"{names} = {', '.join(f'{part}.detach()' for part in _parts(run))}")
    source = "states[start - first]"
    detached = f"(part.detach() for part in {source})" if run.form == "lstm" else f"{source}.detach()"
    return CUT.format(detach=f"{names} = {detached}") + "\n            first = start"


def _ahead(run: Run) -> str:
    """The state after the steps of an episode before the window."""
    x, parts_of_state = f"torch.tensor({run.ahead})", ", ".join(_parts(run))
    if _whole(run):
        read = f"_, {_state(run)} = model.rnn({x}, {_state(run)})"
    else:
        read = f"for x_t in {x}:\n                    {parts_of_state} = model.rnn(x_t, {_state(run)})"
    return AHEAD.format(zeros=_zeros(run), read=read)


def _forward(run: Run) -> str:
    """The states of a window, (steps, N, H)."""
    x = "one_hot[x]" if run.is_text else "x"
    newest = f"\n            hs = hs[newest - start :]  # whose losses count\n            {run.trimmed}"
    if _whole(run):
        return f"hs, {_state(run)} = model.rnn({x}, {_state(run)}){newest if run.trims else ''}"
    scaled = [SCALED.format(part=part) for part in _parts(run)] if run.one.random else []
    steps = STEPS.format(
        x=x,
        scaled="".join(f"\n                {line}" for line in scaled),
        assigned=", ".join(_parts(run)),
        state=_state(run),
    )
    hs = f"hs = {_stacked(run, 'states[1:]')}"
    return f"states = [{_state(run)}]\n            {steps}\n            {hs}{newest if run.trims else ''}"


def _stacked(run: Run, states: str) -> str:
    return f"torch.stack([h for h, _ in {states}])" if run.form == "lstm" else f"torch.stack({states})"


def _through(run: Run) -> str:
    """The states of the whole text, (L, 1, H)."""
    if _whole(run):
        return f"hs, _ = model.rnn(one_hot[torch.tensor(inputs)][:, None], {_state(run)})"
    return THROUGH_STEPS.format(
        assigned=", ".join(_parts(run)), state=_state(run), stacked=_stacked(run, "states")
    )


def _layer(run: Run) -> str:
    """The network with PyTorch's own layer, or its cell."""
    form, l0 = run.form, "_l0" if _whole(run) else ""
    relu = ', nonlinearity="relu"' if form == "rnn" and run.params.activation == "relu" else ""
    layer = f"{LAYERS[form]}{'' if l0 else 'Cell'}({run.D}, H{relu})"
    ordered = 'gates(W["{}"])' if GATES[form] else 'W["{}"]'
    weights = {name: ordered.format(name) for name in ("Wx", "Wh", "b")}
    bias_hh = 'np.concatenate([np.zeros(2 * H), W["bh"]])' if form == "gru_after" else "np.zeros(G * H)"
    freeze = (FREEZE_ALL_BUT_N if form == "gru_after" else FREEZE).format(l0=l0)
    body = LAYER.format(layer=layer, l0=l0, **weights, bias_hh=bias_hh, freeze=freeze)
    return GATES[form] + body


def _by_hand(run: Run) -> str:
    """The network with a cell that PyTorch does not have."""
    if run.form == "rnn":
        f = ACTIVATIONS[run.params.activation]
        return BY_HAND.format(D=run.D, **RNN_BY_HAND | {"forward": RNN_BY_HAND["forward"].format(f=f)})
    return BY_HAND.format(D=run.D, **GRU_BY_HAND)


def _recurrent(run: Run) -> list[str]:
    """The parameters of Wh by their names in the network."""
    if _has_layer(run):
        return ["weight_hh_l0" if _whole(run) else "weight_hh"]
    return ["state.weight"] if run.form == "rnn" else ["gates.weight", "state.weight"]
