"""The training loop in JAX: lax.scan over the steps of a window, stop_gradient() at the cut, optax."""

from . import parts
from .data import data
from .parts import Run
from .printed import head, what_is_printed

ACTIVATIONS = {
    "tanh": "jnp.tanh(a)",
    "sigmoid": "jax.nn.sigmoid(a)",
    "relu": "jax.nn.relu(a)",
    "identity": "a",
}

RNN = '''
S = H  # the state is h


def step(W, h, x):
    """One step of every lane."""
    a = x @ W["Wx"] + h @ W["Wh"] + W["b"]
    return {f}
'''

LSTM = '''
S = 2 * H  # the state is h and c


def step(W, state, x):
    """One step of every lane: the next (h, c)."""
    h, c = jnp.split(state, 2, axis=-1)
    a_f, a_g, a_i, a_o = jnp.split(x @ W["Wx"] + h @ W["Wh"] + W["b"], 4, axis=-1)
    c = jax.nn.sigmoid(a_f) * c + jax.nn.sigmoid(a_i) * jnp.tanh(a_g)
    return jnp.concatenate([jax.nn.sigmoid(a_o) * jnp.tanh(c), c], axis=-1)
'''

GRU_BEFORE = '''
S = H  # the state is h


def step(W, h, x):
    """One step of every lane, the reset before Wh (flax.linen.GRUCell resets after it)."""
    u_z, u_r, u_n = jnp.split(x @ W["Wx"] + W["b"], 3, axis=-1)
    Wz, Wr, Wn = jnp.split(W["Wh"], 3, axis=-1)
    z, r = jax.nn.sigmoid(u_z + h @ Wz), jax.nn.sigmoid(u_r + h @ Wr)
    return (1 - z) * h + z * jnp.tanh(u_n + (r * h) @ Wn)
'''

GRU_AFTER = '''
S = H  # the state is h


def step(W, h, x):
    """One step of every lane, the reset after Wh; in Flax z is 1 - z, and r, z, n is the order."""
    u_z, u_r, u_n = jnp.split(x @ W["Wx"] + W["b"], 3, axis=-1)
    m_z, m_r, m_n = jnp.split(h @ W["Wh"], 3, axis=-1)
    z, r = jax.nn.sigmoid(u_z + m_z), jax.nn.sigmoid(u_r + m_r)
    return (1 - z) * h + z * jnp.tanh(u_n + r * (m_n + W["bh"]))
'''

CELLS = {"rnn": RNN, "lstm": LSTM, "gru_before": GRU_BEFORE, "gru_after": GRU_AFTER}

OPTIMIZERS = {
    "sgd": "optax.sgd({lr!r})",
    "momentum": "optax.sgd({lr!r}, momentum=0.9)",
    "rmsprop": "optax.rmsprop({lr!r}, decay=0.99, eps=1e-8, eps_in_sqrt=False)  # as in PyTorch",
    "adam": "optax.adam({lr!r})  # eps = 1e-8, added after the correction, as in PyTorch",
}

CLIPPINGS = {
    "none": "",
    "norm": """
    # optax.clip_by_global_norm adds nothing to the norm; the page adds 1e-6, as PyTorch does
    norm = jnp.sqrt(sum(jnp.sum(part**2) for part in gradient.values()))
    rate = jnp.minimum(1.0, {at!r} / (norm + 1e-6))
    gradient = jax.tree.map(lambda part: rate * part, gradient)""",
    "element": """
    gradient = jax.tree.map(lambda part: jnp.clip(part, -{at!r}, {at!r}), gradient)""",
}

IMPORTS = """import itertools

import jax
import jax.numpy as jnp
import numpy as np
import optax
from jax import lax

jax.config.update("jax_enable_x64", True)  # before any array is made: JAX computes in float32 by default
"""

LOOP = '''
def network(seed):
    """The weights of a new network."""
    return jax.tree.map(jnp.asarray, initial(seed))


def scan(W, state, x):
    """The state after every step, (steps, N, S)."""

    def next_state(state, x_t):{scaled}
        state = step(W, state, x_t)
        return state, state

    return lax.scan(next_state, state, x)[1]


def loss_of(W, state, x, y{mask}):
    """{what} of a window, and what else is needed of it."""
    # The cut: what made this state is not differentiated. Here it is a number from outside in any case, since
    # the blocks before were differentiated by themselves; stop_gradient() also cuts inside one function.
    states = scan(W, lax.stop_gradient(state), x)
    o = states[len(x) - len(y) :, :, :H] @ W["Wy"] + W["by"]
    losses = {losses}
    return {loss}, (states, {found})


optimizer = {optimizer}


@jax.jit
def update(W, memory, state, x, y{mask}):
    """One update: loss, states and gradient of a window with the weights as they are now."""
    differentiated = jax.value_and_grad(loss_of, has_aux=True)
    (_, (states, {result})), gradient = differentiated(W, state, x, y{mask}){held}{clip}
    change, memory = optimizer.update(gradient, memory)
    return optax.apply_updates(W, change), memory, states, {result}

{ahead}
def train(W, seed):
    """Truncated BPTT without end; after every update {yields}, the new steps and the weights."""
    memory, zeros = optimizer.init(W), jnp.zeros((N, S)){first}
    for epoch in itertools.count():{fresh}
        for {window} in {windows}:
            {names} = {reads}{newest}{counts}
            W, memory, {left}, {result} = update(W, memory, {state}, {x}, y{counted})
            {after}yield {yielded}, {new}, W
'''

WHOLE_TEXT = '''

@jax.jit
def whole_text(W):
    """The mean loss on the whole text, read once from its start."""
    states = scan(W, jnp.zeros((1, S)), jax.nn.one_hot(inputs, V)[:, None])
    o = states[:, 0, :H] @ W["Wy"] + W["by"]
    return optax.softmax_cross_entropy_with_integer_labels(o, targets).mean()
'''

AHEAD = '''
@jax.jit
def ahead(W, x):
    """The state after the steps of an episode before the window, which are not differentiated."""
    zeros = jnp.zeros((N, S))
    return jnp.concatenate([zeros[None], scan(W, zeros, x)])[-1]

'''

LOSSES = {
    False: "optax.softmax_cross_entropy_with_integer_labels(o, y)",
    True: "optax.l2_loss(o[..., 0], y)  # half the squared error",
}
"""By whether the task is to add."""

SCALED = """
        # the same number, a scaled gradient
        state = lax.stop_gradient(state) + scale * (state - lax.stop_gradient(state))"""


def write(run: Run) -> str:
    """The source of the script."""
    params, form = run.params, run.form
    cell = CELLS[form].format(f=ACTIVATIONS[params.activation]) if form == "rnn" else CELLS[form]
    where = "where=mask" if run.masked else ""  # the padding, or steps that ask nothing, are left out
    loop = LOOP.format(
        scaled=SCALED if run.one.random else "",
        what="Mean loss" if run.divisor is None else f"Sum of the losses over N * {run.divisor}",
        losses=LOSSES[run.adds],
        loss=_mean(run, where),
        found=f"losses.mean({where})" if run.is_text else "o",
        result="loss" if run.is_text else "o",
        ahead=AHEAD if run.begins_late else "",
        names=run.names,
        reads=run.reads,
        left="_" if run.episodic else "states",
        x="jax.nn.one_hot(x, V)" if run.is_text else "x",
        yielded=_yielded(run),
        mask=", mask" if run.masked else "",
        counts=f"\n            counts = {run.counted}" if run.masked and not run.asks else "",
        counted=(", asked" if run.asks else ", counts") if run.masked else "",
        optimizer=OPTIMIZERS[params.optimizer].format(lr=params.lr),
        held='\n    gradient["Wh"] = jnp.zeros_like(W["Wh"])  # Wh is held at zero' if run.holds_Wh else "",
        clip=CLIPPINGS[params.clip].format(at=params.clip_at),
        first=_first(run),
        fresh=_fresh(run),
        yields=run.yields,
        window=run.window,
        windows=parts.windows(run),
        newest=f"\n            {run.trimmed}  # whose losses count" if run.trims else "",
        state=_entering(run),
        after=_after(run),
        new=run.new,
    )
    top = f"{head(run, 'JAX')}\n{run.imports}{IMPORTS}\n{data(run)}"
    return f"{top}\n{cell}\n{loop}{WHOLE_TEXT if run.is_text else ''}\n{what_is_printed(run)}"


def _mean(run: Run, where: str) -> str:
    """The mean of the losses that count."""
    if run.asks:
        return f"losses.sum({where}) / jnp.maximum(1, mask.sum())"
    return f"losses.mean({where})" if run.divisor is None else f"losses.sum({where}) / (N * {run.divisor})"


def _yielded(run: Run) -> str:
    """What an update yields: the mean loss, or all scores."""
    if run.is_text:
        return "loss"
    return "score(np.asarray(o), y)[asked]" if run.asks else "score(np.asarray(o), y)"


def _first(run: Run) -> str:
    """The first state of a run whose epochs do not begin with one."""
    if not run.never_resets:
        return ""
    return f"\n    {'entering = zeros[None]' if run.overlaps else 'state = zeros'}"


def _fresh(run: Run) -> str:
    """What begins an epoch."""
    if not run.carried or run.episodic:
        return ""
    if run.overlaps:
        start = "zeros[None]" if run.trainer.settings.reset else "entering[-1:]"
        return f"\n        entering, first = {start}, 0  # the states that enter the steps of the last window"
    return "\n        state = zeros" if run.trainer.settings.reset else ""


def _entering(run: Run) -> str:
    """The state that enters a window."""
    if run.begins_late:
        return f"ahead(W, {run.ahead})"
    if not run.carried or run.episodic:
        return "zeros"  # nothing is carried over
    return "entering[start - first]" if run.overlaps else "state"


def _after(run: Run) -> str:
    """What remains of a window for the next one."""
    if not run.carried or run.episodic:
        return ""
    if run.overlaps:
        before = "entering[start - first][None]"
        return f"entering, first = jnp.concatenate([{before}, states]), start\n            "
    return "state = states[-1]\n            "
