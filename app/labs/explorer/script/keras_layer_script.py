"""The run with the own layer of Keras 3, SimpleRNN, LSTM or GRU, compared with the numbers on screen."""

from ...source_text import numbers
from ..network import Network
from ..network_file import fit_of
from . import expected
from .parts import dictionary, edge_scale, head, rows, windows

LOSSES = {
    "cross_entropy": "-ops.sum(y[at] * ops.log_softmax(scores), -1)",
    "squared_error": "0.5 * ops.sum(ops.square(scores - y[at]), -1)",
}
ACTIVATIONS = {"identity": "linear"}

RUN = '''
def run(start, stop, state):
    """The states of a window. Only the number in it goes on from before it, no gradient."""
    return layer(x[None, start:stop], initial_state=state)[0][0]
'''

SCALED_RUN = '''
def run(start, stop, state):
    """The states of a window, step by step: gradients of a kept edge are scaled."""
    states = []
    for t in range(start, stop):
        if t > start:  # the same value, a scaled gradient
            state = [edge_scale * part + (1 - edge_scale) * ops.stop_gradient(part) for part in state]
        h, *state = layer(x[None, t : t + 1], initial_state=state)
        states.append(h[0])
    return ops.concatenate(states)
'''

BODY = '''
{weights}

{expected}

x, y, g = (ops.convert_to_tensor(array, "float32") for array in (x, y, g))
layer = keras.layers.{layer}
readout = keras.layers.Dense({V})
readout(layer(x[None])[0])  # makes the variables
layer.set_weights([weights[name] for name in weights if not name.startswith("dense.")])
readout.set_weights([weights["dense.kernel"], weights["dense.bias"]])
variables = [*layer.trainable_variables, *readout.trainable_variables]
initial = [ops.convert_to_tensor(part, "float32") for part in {initial}]

{run}

def gradients(windows):
    """Each window goes back from its losses newest_from ... stop - 1 to its start."""
    entering, starts = {{0: initial}}, sorted({{start for start, _, _ in windows}})
    for a, b in zip(starts, starts[1:]):  # the states at the starts of windows
        _, *state = layer(x[None, a:b], initial_state=entering[a])
        entering[b] = [ops.stop_gradient(part) for part in state]

    def total():
        loss = 0.0
        for start, stop, newest_from in windows:
            states = run(start, stop, entering[start])
            at = slice(max(newest_from, start), stop)
            scores = readout(states[at.start - start :])
            loss = loss + ops.sum(g[at] * {loss})
        return loss

    loss, grads = by_backend(total)
    named = zip(weights, map(ops.convert_to_numpy, grads))
    return dict(named), float(loss)


def by_backend(total):
    """The total loss and its gradients, by what Keras runs on."""
    if keras.backend.backend() == "tensorflow":
        import tensorflow

        with tensorflow.GradientTape() as tape:
            loss = total()
        return loss, tape.gradient(loss, variables)
    if keras.backend.backend() == "torch":
        for each in variables:
            each.value.grad = None
        loss = total()
        loss.backward()
        return loss.detach(), [each.value.grad for each in variables]
    import jax

    def of(values):
        with keras.StatelessScope(state_mapping=[*zip(variables, values)]):
            return total()

    return jax.value_and_grad(of)([each.value for each in variables])

{compare}

# Keras computes in float32, hence five digits; where small differences grow from step to step, fewer agree.
states = ops.convert_to_numpy(ops.stop_gradient(layer(x[None], initial_state=initial)[0][0]))
compare("states", states, states_on_page, np.abs(states_on_page).max(), 1e-5)

edge_scale = 1.0
full, total = gradients([(0, T, 0)])
compare("loss", total, loss_on_page, abs(loss_on_page), 1e-5)

{windows}
{edge_scale}
truncated, _ = gradients(windows)

{compare_gradients}
'''

IMPORTS = """import os

os.environ.setdefault("KERAS_BACKEND", "jax")  # or torch, or tensorflow

import keras
import numpy as np
from keras import ops"""


def write(net: Network) -> str:
    """The source of the script.

    Raises:
        IncompatibleParameters: Keras has no layer that computes the same.

    """
    fit, s = fit_of(net, "keras"), net.settings
    H, V = net.W["Wy"].shape
    name, _, given = fit.layout.layer.partition("(")
    activation = ACTIVATIONS.get(s["activation"], s["activation"])
    more = f', activation="{activation}"' if s["cell"] == "rnn" and activation != "tanh" else ""
    more += f", {given.removesuffix(')')}" if given else ""
    state, count = net.task.initial_state, net.cell.state_vectors
    zeros = f"np.zeros(({count}, 1, {H}))"
    body = BODY.format(
        weights=dictionary("weights", fit.arrays(), "np.array"),
        expected=expected.source(net, fit),
        layer=f"{name}({H}{more}, return_sequences=True, return_state=True)",
        V=V,
        initial=zeros if state is None else f"np.array({numbers(state)}).reshape({count}, 1, {H})",
        run=SCALED_RUN if s["truncation"] == "randomized" else RUN,
        loss=LOSSES[s["loss"]],
        compare=expected.COMPARE,
        compare_gradients=expected.compare_gradients("1e-5"),
        windows=windows(net),
        edge_scale=edge_scale(net),
    )
    return f"{head(net, f'keras.layers.{name}')}\n{IMPORTS}\n\n{rows(net)}\n{body}"
