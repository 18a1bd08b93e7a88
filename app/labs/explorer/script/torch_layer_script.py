"""The run with PyTorch's own layer, nn.RNN, nn.LSTM or nn.GRU, compared with the numbers on screen."""

from ...source_text import numbers
from ..network import Network
from ..network_file import fit_of
from . import expected
from .parts import dictionary, edge_scale, head, rows, windows

LOSSES = {
    "cross_entropy": 'torch.nn.functional.cross_entropy(scores, y[at], reduction="none")',
    "squared_error": "0.5 * ((scores - y[at]) ** 2).sum(1)",
}

RUN = '''
def run(start, stop, state):
    """The states of a window. Only the number in it goes on from before it, no gradient."""
    return layer(x[start:stop], state)[0]
'''

SCALED_RUN = '''
def run(start, stop, state):
    """The states of a window, step by step: gradients of a kept edge are scaled."""
    states = []
    for t in range(start, stop):
        if t > start:  # the same value, a scaled gradient
            state = {scaled}
        h, state = layer(x[t : t + 1], state)
        states.append(h)
    return torch.cat(states)
'''
SCALE = "edge_scale * {0} + (1 - edge_scale) * {0}.detach()"

BODY = '''
{state_dict}

{expected}

layer = torch.nn.{layer}
readout = torch.nn.Linear({H}, {V})
model = torch.nn.ModuleDict({{"rnn": layer, "fc": readout}})
model.load_state_dict(state_dict)

x, y, g = (torch.tensor(array) for array in (x, y, g))
initial = {initial}

{run}

def gradients(windows):
    """Each window goes back from its losses newest_from ... stop - 1 to its start."""
    model.zero_grad()
    with torch.no_grad():  # the states at the starts of windows
        entering, starts = {{0: initial}}, sorted({{start for start, _, _ in windows}})
        for a, b in zip(starts, starts[1:]):
            entering[b] = layer(x[a:b], entering[a])[1]
    total = 0.0
    for start, stop, newest_from in windows:
        states = run(start, stop, entering[start])
        at = slice(max(newest_from, start), stop)
        scores = readout(states[at.start - start :])
        loss = (g[at] * {loss}).sum()
        loss.backward()
        total += loss.item()
    return {{name: each.grad.clone() for name, each in model.named_parameters()}}, total

{compare}

with torch.no_grad():
    states, _ = layer(x, initial)
compare("states", states, states_on_page, np.abs(states_on_page).max(), 1e-9)

edge_scale = 1.0
full, total = gradients([(0, T, 0)])
compare("loss", total, loss_on_page, abs(loss_on_page), 1e-9)

{windows}
{edge_scale}
truncated, _ = gradients(windows)

{compare_gradients}
'''


def write(net: Network) -> str:
    """The source of the script.

    Raises:
        IncompatibleParameters: PyTorch has no layer that computes the same.

    """
    fit, s = fit_of(net, "pytorch"), net.settings
    D, (H, V) = len(net.W["Wx"]), net.W["Wy"].shape
    name = fit.layout.layer.removeprefix("nn.")
    more = ', nonlinearity="relu"' if s["cell"] == "rnn" and s["activation"] == "relu" else ""
    is_lstm = s["cell"] == "lstm"
    parts = "tuple({} for part in state)" if is_lstm else "{}"
    scaled = parts.format(SCALE.format("part" if is_lstm else "state"))
    state, shape = net.task.initial_state, f"({net.cell.state_vectors}, 1, {H})"
    given = f"torch.zeros{shape}" if state is None else f"torch.tensor({numbers(state)}).reshape{shape}"
    body = BODY.format(
        state_dict=dictionary("state_dict", fit.arrays(), "torch.tensor"),
        expected=expected.source(net, fit),
        layer=f"{name}({D}, {H}{more})",
        H=H,
        V=V,
        initial=f"tuple({given})" if is_lstm else f"{given}[0]",
        run=SCALED_RUN.format(scaled=scaled) if s["truncation"] == "randomized" else RUN,
        loss=LOSSES[s["loss"]],
        compare=expected.COMPARE,
        compare_gradients=expected.compare_gradients("1e-9"),
        windows=windows(net),
        edge_scale=edge_scale(net),
    )
    imports = "import numpy as np\nimport torch\n\ntorch.set_default_dtype(torch.float64)"
    return f"{head(net, f'torch.nn.{name}')}\n{imports}\n\n{rows(net)}\n{body}"
