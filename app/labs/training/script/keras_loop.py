"""The training loop in Keras 3 on TensorFlow: keras.layers.RNN, GradientTape, optimizer.apply()."""

from . import parts
from .data import data
from .parts import Run
from .printed import head, what_is_printed

ACTIVATIONS = {"tanh": "tanh", "sigmoid": "sigmoid", "relu": "relu", "identity": "linear"}

GATES = {
    "rnn": "",
    "lstm": '''
def gates(W):
    """The gates f, g, i, o of the page in the order of Keras."""
    f, g, i, o = np.split(W, 4, axis=-1)
    return np.concatenate([i, f, g, o], axis=-1)

''',
    "gru_before": '''
def gates(W):
    """The gates z, r, n of the page as in Keras, whose z keeps the old state: it is 1 - z here."""
    z, r, n = np.split(W, 3, axis=-1)
    return np.concatenate([-z, r, n], axis=-1)

''',
    "gru_after": '''
class Cell(keras.Layer):
    """The GRU with its reset after the product, with one bias more inside it.

    keras.layers.GRU has a second bias for z and r too. Both get the same gradient, so together they would
    learn twice as fast as the one of the page.
    """

    state_size = output_size = H

    def build(self, shape):
        self.kernel = self.add_weight(shape=({D}, 3 * H), name="kernel")
        self.recurrent_kernel = self.add_weight(shape=(H, 3 * H), name="recurrent_kernel")
        self.bias = self.add_weight(shape=(3 * H,), name="bias")
        self.bias_n = self.add_weight(shape=(H,), name="bias_n")

    def call(self, x, states):
        h = states[0]
        u_z, u_r, u_n = keras.ops.split(x @ self.kernel + self.bias, 3, axis=-1)
        m_z, m_r, m_n = keras.ops.split(h @ self.recurrent_kernel, 3, axis=-1)
        z, r = keras.ops.sigmoid(u_z + m_z), keras.ops.sigmoid(u_r + m_r)
        h = (1 - z) * h + z * keras.ops.tanh(u_n + r * (m_n + self.bias_n))
        return h, [h]

''',
}

CELLS = {
    "rnn": 'keras.layers.SimpleRNNCell(H, activation="{f}")',
    "lstm": "keras.layers.LSTMCell(H)",
    "gru_before": "keras.layers.GRUCell(H, reset_after=False)",
    "gru_after": "Cell()",
}

OPTIMIZERS = {
    "sgd": ("keras.optimizers.SGD({lr!r})", "", ""),
    "momentum": ("keras.optimizers.SGD({lr!r}, momentum=0.9)", "", ""),
    "rmsprop": ("RmsProp({lr!r}, rho=0.99, epsilon=1e-8)", "", ""),
    "adam": (
        "keras.optimizers.Adam({lr!r}, np.float64(0.9), np.float64(0.999))",
        """
    # The betas are float64 of NumPy: Keras rounds Python's to float32, and the first update is 7e-6 short.
    # Keras adds epsilon (1e-7) before the correction, PyTorch, optax and the page 1e-8 after it: the same if
    # it is scaled so before every update.
    optimizer.epsilon = epsilon = tf.Variable(1e-8, dtype=tf.float64)""",
        "\n            epsilon.assign(1e-8 * (1 - 0.999**made) ** 0.5)",
    ),
}
"""The optimizer, what prepares it, and what comes before each of its updates."""

RMSPROP = '''
class RmsProp(keras.optimizers.RMSprop):
    """Keras has epsilon under the root; PyTorch and the page add it to the root."""

    def update_step(self, gradient, variable, learning_rate):
        square = self._velocities[self._get_variable_index(variable)]
        square.assign(self.rho * square + (1 - self.rho) * gradient**2)
        variable.assign(variable - learning_rate * gradient / (keras.ops.sqrt(square) + self.epsilon))

'''

CLIPPINGS = {
    "none": "",
    "norm": """
        # clipnorm of Keras is for each variable by itself, and global_clipnorm adds nothing to the norm
        rate = tf.minimum(tf.constant(1.0, tf.float64), {at!r} / (tf.linalg.global_norm(gradients) + 1e-6))
        gradients = [rate * part for part in gradients]""",
    "element": """
        gradients = [tf.clip_by_value(part, -{at!r}, {at!r}) for part in gradients]""",
}

IMPORTS = """import itertools
import os

os.environ["KERAS_BACKEND"] = "tensorflow"  # on the others Keras computes in float32, whatever it says

import keras
import numpy as np
import tensorflow as tf

keras.config.set_floatx("float64")
"""

LOOP = '''
class Network(keras.Model):
    """A recurrent layer and a linear readout, with the weights of the page."""

    def __init__(self, W):
        super().__init__()
        self.cell = {cell}
        self.rnn = keras.layers.RNN(self.cell, return_sequences=True, return_state=True)
        self.readout = keras.layers.Dense(V)
        self.rnn.build((None, None, {D}))
        self.readout.build((None, None, H))
        self.cell.set_weights([{weights}])
        self.readout.set_weights([W["Wy"], W["by"]])
        self.built = True


def network(seed):
    """A new network."""
    return Network(initial(seed))


{one_hot}def train(model, seed):
    """Truncated BPTT without end; after every update {yields}, the new steps and the network."""
    optimizer = {optimizer}
    variables = {variables}
    optimizer.build(variables){prepared}

    @tf.function
    def update(state, x, y{mask}):
        """One update; the states that enter and leave, and the {measured}."""
        # The cut. This state is a number from outside, so the tape sees nothing of the blocks before in any
        # case, as with stateful=True and train_on_batch(); stop_gradient() also cuts inside one function.
        state = [keras.ops.stop_gradient(part) for part in state]
        with tf.GradientTape() as tape:
            {forward}
            o = model.readout(hs)
            losses = {losses}
            {masked}loss = {loss}
        gradients = tape.gradient(loss, variables){clip}
        optimizer.apply(gradients, variables)
        return {returned}, {found}
{ahead}
    made, zeros = 0, [np.zeros((N, H))] * {parts}{first}
    for epoch in itertools.count():{fresh}
        for {window} in {windows}:
            {names} = {reads}{newest}
            made += 1{before}
            {left}, {result} = update({state}, {x}, y.T{counted}){after}
            yield {yielded}, {new}, model
'''

WHOLE_TEXT = '''

@tf.function
def whole_text(model):
    """The mean loss on the whole text, read once from its start."""
    hs, *_ = model.rnn(one_hot(inputs[:, None]))
    return tf.reduce_mean(
        keras.losses.sparse_categorical_crossentropy(targets[None], model.readout(hs), from_logits=True)
    )
'''

MASKED = """losses = tf.boolean_mask(losses, mask)  # {left_out}
            """

ONE_HOT = '''def one_hot(symbols):
    """Rows of the symbols, batch first: (steps, N) -> (N, steps, V)."""
    return np.eye(V)[symbols.T]


'''

AHEAD = '''
    @tf.function
    def ahead(x):
        """The state after the steps of an episode before the window: no tape sees them."""
        state = [tf.zeros((N, H), tf.float64)] * {parts}
        for x_t in tf.unstack(x, axis=1):
            _, state = model.cell(x_t, state)
        return state
'''

LOSSES = {
    False: "keras.losses.sparse_categorical_crossentropy(y, o, from_logits=True)",
    True: "0.5 * (o[..., 0] - y) ** 2  # keras.losses.MeanSquaredError has no 1/2",
}
"""By whether the task is to add."""

STEPS = """states = [state]
            for x_t in tf.unstack(x, axis=1):{scaled}
                _, state = model.cell(x_t, state)
                states.append(state)
            hs = tf.stack([state[0] for state in states[1:]], axis=1){newest}"""

SCALED = """
                # the same numbers, scaled gradients
                fixed = [keras.ops.stop_gradient(part) for part in state]
                state = [part + scale * (now - part) for part, now in zip(fixed, state)]"""


def write(run: Run) -> str:
    """The source of the script."""
    params, form = run.params, run.form
    optimizer, prepared, before = OPTIMIZERS[params.optimizer]
    ordered = "gates" if form in ("lstm", "gru_before") else ""
    weights = [f'{ordered}(W["{name}"])' if ordered else f'W["{name}"]' for name in ("Wx", "Wh", "b")]
    held = (
        "[one for one in model.trainable_variables if one is not model.cell.recurrent_kernel]  # held at zero"
    )
    by_steps = run.overlaps or run.one.random
    newest = "[:, -y.shape[1] :]  # whose losses count" if run.trims else ""
    trimmed = f"\n            hs = hs{newest}" if newest else ""
    whole = f"hs, *state = model.rnn(x, initial_state=state){trimmed}"
    count = 2 if form == "lstm" else 1
    x = "one_hot(x)" if run.is_text else "x.swapaxes(0, 1)"
    steps = STEPS.format(
        scaled=SCALED if run.one.random else "",
        newest=newest,
    )
    loop = LOOP.format(
        D=run.D,
        one_hot=ONE_HOT if run.is_text else "",
        losses=LOSSES[run.adds],
        found="tf.reduce_mean(losses)" if run.is_text else "o",
        ahead=AHEAD.format(parts=count) if run.begins_late else "",
        names=run.names,
        reads=run.reads,
        left="_" if run.episodic else "states",
        result="loss" if run.is_text else "o",
        x=x,
        yielded=_yielded(run),
        cell=CELLS[form].format(f=ACTIVATIONS[params.activation]),
        weights=", ".join(weights + (['W["bh"]'] if form == "gru_after" else [])),
        optimizer=optimizer.format(lr=params.lr),
        variables=held if run.holds_Wh else "model.trainable_variables",
        prepared=prepared,
        forward=steps if by_steps else whole,
        mask=", mask" if run.masked else "",
        masked=MASKED.format(left_out="only questions count" if run.asks else "the padding is left out")
        if run.masked
        else "",
        counted=f", {run.counted}.T" if run.masked else "",
        loss=_mean(run),
        clip=CLIPPINGS[params.clip].format(at=params.clip_at),
        returned="states" if by_steps else "[state]",
        parts=count,
        first=_first(run),
        fresh=_fresh(run),
        yields=run.yields,
        measured="loss" if run.is_text else "outputs",
        window=run.window,
        windows=parts.windows(run),
        newest=f"\n            {run.trimmed}" if run.trims else "",
        before=before,
        state=_entering(run),
        after=_after(run),
        new=run.new,
    )
    top = f"{head(run, 'Keras 3')}\n{run.imports}{IMPORTS}\n{data(run)}"
    own = RMSPROP if params.optimizer == "rmsprop" else ""
    gates = GATES[form].replace("{D}", run.D)
    return f"{top}\n{gates}{own}{loop}{WHOLE_TEXT if run.is_text else ''}\n{what_is_printed(run)}"


def _mean(run: Run) -> str:
    """The mean of the losses that count."""
    if run.asks:
        return "tf.reduce_sum(losses) / tf.cast(tf.maximum(1, tf.size(losses)), losses.dtype)"
    return "tf.reduce_mean(losses)" if run.divisor is None else f"tf.reduce_sum(losses) / (N * {run.divisor})"


def _yielded(run: Run) -> str:
    """What an update yields: the mean loss, or all scores."""
    if run.is_text:
        return "loss"
    scores = "score(o.numpy().swapaxes(0, 1), y)"
    return f"{scores}[{run.counted}]" if run.asks else scores


def _first(run: Run) -> str:
    """The first state of a run whose epochs do not begin with one."""
    if not run.never_resets:
        return ""
    return f"\n    {'states = [zeros]' if run.overlaps else 'state = zeros'}"


def _fresh(run: Run) -> str:
    """What begins an epoch."""
    if not run.carried or run.episodic:
        return ""
    if run.overlaps:
        start = "[zeros]" if run.trainer.settings.reset else "states[-1:]"
        return f"\n        states, first = {start}, 0  # entering each step of the last window"
    return "\n        state = zeros" if run.trainer.settings.reset else ""


def _entering(run: Run) -> str:
    """The state that enters a window."""
    if run.episodic:
        return f"ahead({run.ahead}.swapaxes(0, 1))" if run.begins_late else "zeros"
    if not run.carried:
        return "zeros"
    return "states[start - first]" if run.overlaps else "state"


def _after(run: Run) -> str:
    """What remains of a window for the next one."""
    if not run.carried or run.episodic:
        return ""
    return "\n            first = start" if run.overlaps else "\n            state = states[-1]"
