"""The training loop in NumPy: forward, backward, clipping and update line by line."""

from . import parts
from .data import data
from .parts import Run
from .printed import head, what_is_printed

ACTIVATIONS = {
    "tanh": ("np.tanh(a)", "1 - h_next**2"),
    "sigmoid": ("sigmoid(a)", "h_next * (1 - h_next)"),
    "relu": ("np.maximum(a, 0)", "(h_next > 0)"),
    "identity": ("a", "1.0"),
}

SIGMOID = '''
def sigmoid(a):
    """1 / (1 + exp(-a))."""
    return 1 / (1 + np.exp(-a))

'''

RNN = '''
S = H  # the state is h


def step(W, x, h):
    """One step of every lane: the next state, and what the backward pass needs."""
    a = x @ W["Wx"] + h @ W["Wh"] + W["b"]
    h_next = {f}
    return h_next, (x, h, h_next)


def back(W, dh_next, cache, d):
    """From dL/dh_t to dL/dh_(t-1); the terms of this step are added to the gradients d."""
    x, h, h_next = cache
    da = dh_next * ({slope})
    d["Wx"] += x.T @ da
    d["Wh"] += h.T @ da
    d["b"] += da.sum(axis=0)
    return da @ W["Wh"].T
'''

LSTM = '''
S = 2 * H  # the state is h and c


def step(W, x, state):
    """One step of every lane: the next state (h, c), and what the backward pass needs."""
    h, c = state[:, :H], state[:, H:]
    a_f, a_g, a_i, a_o = np.split(x @ W["Wx"] + h @ W["Wh"] + W["b"], 4, axis=1)
    f, g, i, o = sigmoid(a_f), np.tanh(a_g), sigmoid(a_i), sigmoid(a_o)
    c_next = f * c + i * g
    return np.concatenate([o * np.tanh(c_next), c_next], axis=1), (x, h, c, f, g, i, o, c_next)


def back(W, dstate, cache, d):
    """From dL/d(h_t, c_t) to dL/d(h_(t-1), c_(t-1)); this step's terms are added to the gradients d."""
    x, h, c, f, g, i, o, c_next = cache
    dh, tanh_c = dstate[:, :H], np.tanh(c_next)
    dc = dstate[:, H:] + dh * o * (1 - tanh_c**2)
    da_f, da_g = dc * c * f * (1 - f), dc * i * (1 - g**2)
    da_i, da_o = dc * g * i * (1 - i), dh * tanh_c * o * (1 - o)
    da = np.concatenate([da_f, da_g, da_i, da_o], axis=1)
    d["Wx"] += x.T @ da
    d["Wh"] += h.T @ da
    d["b"] += da.sum(axis=0)
    return np.concatenate([da @ W["Wh"].T, dc * f], axis=1)
'''

GRU_BEFORE = '''
S = H  # the state is h


def step(W, x, h):
    """One step of every lane, the reset before Wh: the next state, and what the backward pass needs."""
    u, (Wz, Wr, Wn) = x @ W["Wx"] + W["b"], np.split(W["Wh"], 3, axis=1)
    z, r = sigmoid(u[:, :H] + h @ Wz), sigmoid(u[:, H : 2 * H] + h @ Wr)
    n = np.tanh(u[:, 2 * H :] + (r * h) @ Wn)
    return (1 - z) * h + z * n, (x, h, z, r, n)


def back(W, dh_next, cache, d):
    """From dL/dh_t to dL/dh_(t-1); the terms of this step are added to the gradients d."""
    x, h, z, r, n = cache
    Wz, Wr, Wn = np.split(W["Wh"], 3, axis=1)
    da_z, da_n = dh_next * (n - h) * z * (1 - z), dh_next * z * (1 - n**2)
    d_reset = da_n @ Wn.T  # dL/d(r h)
    da_r = d_reset * h * r * (1 - r)
    da = np.concatenate([da_z, da_r, da_n], axis=1)
    d["Wx"] += x.T @ da
    d["Wh"] += np.concatenate([h.T @ da_z, h.T @ da_r, (r * h).T @ da_n], axis=1)
    d["b"] += da.sum(axis=0)
    return dh_next * (1 - z) + da_z @ Wz.T + da_r @ Wr.T + d_reset * r
'''

GRU_AFTER = '''
S = H  # the state is h


def step(W, x, h):
    """One step of every lane, the reset after Wh: the next state, and what the backward pass needs."""
    u, products = x @ W["Wx"] + W["b"], h @ W["Wh"]
    z, r = sigmoid(u[:, :H] + products[:, :H]), sigmoid(u[:, H : 2 * H] + products[:, H : 2 * H])
    m = products[:, 2 * H :] + W["bh"]
    n = np.tanh(u[:, 2 * H :] + r * m)
    return (1 - z) * h + z * n, (x, h, z, r, n, m)


def back(W, dh_next, cache, d):
    """From dL/dh_t to dL/dh_(t-1); the terms of this step are added to the gradients d."""
    x, h, z, r, n, m = cache
    da_z, da_n = dh_next * (n - h) * z * (1 - z), dh_next * z * (1 - n**2)
    da_r = da_n * m * r * (1 - r)
    da, dm = (np.concatenate([da_z, da_r, last], axis=1) for last in (da_n, da_n * r))
    d["Wx"] += x.T @ da
    d["Wh"] += h.T @ dm
    d["b"] += da.sum(axis=0)
    d["bh"] += (da_n * r).sum(axis=0)
    return dh_next * (1 - z) + dm @ W["Wh"].T
'''

CELLS = {"rnn": RNN, "lstm": LSTM, "gru_before": GRU_BEFORE, "gru_after": GRU_AFTER}

OPTIMIZERS = {
    "sgd": '''
class Sgd:
    """W - lr dW."""

    def update(self, W, d):
        for name in W:
            W[name] = W[name] - {lr!r} * d[name]


optimizer_type = Sgd
''',
    "momentum": """
class Momentum:
    \"\"\"v = 0.9 v + dW, then W - lr v, as in PyTorch; in Keras lr is inside v.\"\"\"

    def __init__(self):
        self.velocity = {{}}

    def update(self, W, d):
        for name in W:
            self.velocity[name] = 0.9 * self.velocity.get(name, 0) + d[name]
            W[name] = W[name] - {lr!r} * self.velocity[name]


optimizer_type = Momentum
""",
    "rmsprop": """
class RmsProp:
    \"\"\"dW by the root of the running mean of its square, with the constants of PyTorch.\"\"\"

    def __init__(self):
        self.square = {{}}

    def update(self, W, d):
        for name in W:
            self.square[name] = 0.99 * self.square.get(name, 0) + (1 - 0.99) * d[name] ** 2
            W[name] = W[name] - {lr!r} * d[name] / (np.sqrt(self.square[name]) + 1e-8)


optimizer_type = RmsProp
""",
    "adam": '''
class Adam:
    """Means of the gradient and of its square, corrected; 1e-8 is added after the correction."""

    def __init__(self):
        self.made, self.mean, self.square = 0, {{}}, {{}}

    def update(self, W, d):
        self.made += 1
        for name in W:
            self.mean[name] = 0.9 * self.mean.get(name, 0) + 0.1 * d[name]
            self.square[name] = 0.999 * self.square.get(name, 0) + (1 - 0.999) * d[name] ** 2
            mean, square = self.mean[name] / (1 - 0.9**self.made), self.square[name] / (1 - 0.999**self.made)
            W[name] = W[name] - {lr!r} * mean / (np.sqrt(square) + 1e-8)


optimizer_type = Adam
''',
}

CLIPPINGS = {
    "none": "",
    "norm": """
            norm = np.sqrt(sum((part**2).sum() for part in d.values()))
            rate = min(1.0, {at!r} / (norm + 1e-6))  # 1e-6 as in torch.nn.utils.clip_grad_norm_
            d = {{name: rate * part for name, part in d.items()}}""",
    "element": """
            d = {{name: np.clip(part, -{at!r}, {at!r}) for name, part in d.items()}}""",
}

CROSS_ENTROPY = '''def loss_and_gradient(o, y):
    """Cross-entropy of every lane at one step, (N,), and its gradient by the outputs."""
    o, one_hot = o - o.max(axis=1, keepdims=True), np.eye(V)[y]
    total = np.exp(o).sum(axis=1, keepdims=True)
    return np.log(total[:, 0]) - (o * one_hot).sum(axis=1), np.exp(o) / total - one_hot
'''

SQUARED_ERROR = '''def loss_and_gradient(o, y):
    """Half the squared error of every lane at one step, (N,), and its gradient by the outputs."""
    return 0.5 * (o[:, 0] - y) ** 2, o - y[:, None]
'''

AHEAD = """state = np.zeros((N, S))  # of the steps before the window, which are only read
            for x_t in {ahead}:
                state, _ = step(W, x_t, state)
            states, caches = [state], []"""

IMPORTS = """import itertools

import numpy as np

np.seterr(all="ignore")
"""

LOOP = '''
def network(seed):
    """The weights of a new network."""
    return initial(seed)


{loss_and_gradient}

def train(W, seed):
    """Truncated BPTT without end; after every update {yields}, the new steps and the weights."""
    optimizer = optimizer_type(){zeros}
    for epoch in itertools.count():{fresh}
        for {window} in {windows}:
            {names} = {reads}
            # ---- forward{before}
            {enter}
            for x_t in {x}:
                state, cache = step(W, x_t, states[-1])
                states.append(state)
                caches.append(cache)
            # ---- backward, from the last step to the first
            d = {{name: np.zeros_like(part) for name, part in W.items()}}
            dstate, {found}, count = np.zeros((N, S)), [], {count}
            for t in reversed(range({steps})):
                {newest}o = states[t + 1][:, :H] @ W["Wy"] + W["by"]
                {indent}{loss}, do = loss_and_gradient(o, y[t])
                {indent}{mask}{found}.append({one})
                {indent}d["Wy"] += states[t + 1][:, :H].T @ do / count
                {indent}d["by"] += do.sum(axis=0) / count
                {indent}dstate[:, :H] += do @ W["Wy"].T / count
                dstate = {scale}back(W, dstate, caches[t], d)
            # the cut: dstate is what the step before would receive, and is dropped{held}{clip}
            optimizer.update(W, d)
            yield {result}, {new}, W
'''

WHOLE_TEXT = '''

def whole_text(W):
    """The mean loss on the whole text, read once from its start."""
    state, losses = np.zeros((1, S)), []
    for x_t, y_t in zip(np.eye(V)[inputs], targets):
        state, _ = step(W, x_t[None], state)
        losses.append(loss_and_gradient(state[:, :H] @ W["Wy"] + W["by"], y_t[None])[0])
    return np.mean(losses)
'''


def write(run: Run) -> str:
    """The source of the script."""
    params, form = run.params, run.form
    f, slope = ACTIVATIONS[params.activation]
    cell = CELLS[form].format(f=f, slope=slope) if form == "rnn" else CELLS[form]
    steps = "stop - start"
    start = "np.zeros((N, S))"
    enter = {
        (True, True): "first, states, caches = start, [states[start - first]], []",
        (True, False): "states, caches = states[-1:], []",
    }.get((run.carried, run.overlaps), f"states, caches = [{start}], []  # nothing is carried over")
    if run.begins_late:
        enter = AHEAD.format(ahead=run.ahead)
    elif run.episodic:
        enter = f"states, caches = [{start}], []"
    fresh = ""
    if run.carried and not run.episodic and run.trainer.settings.reset:
        fresh = (
            f"\n        states{', first' if run.overlaps else ''} = [{start}]{', 0' if run.overlaps else ''}"
        )
    elif run.carried and run.overlaps:
        fresh = "\n        states, first = states[-1:], 0"
    loop = LOOP.format(
        zeros=f"\n    states = [{start}]" if run.never_resets else "",
        fresh=fresh,
        loss_and_gradient=SQUARED_ERROR if run.adds else CROSS_ENTROPY,
        names=run.names,
        reads=run.reads,
        x="np.eye(V)[x]" if run.is_text else "x",
        yields=run.yields,
        window=run.window,
        windows=parts.windows(run),
        before="" if run.episodic else ": the state comes from the steps before, whose weights were others",
        enter=enter,
        count=_count(run),
        steps=steps,
        newest="if start + t >= newest:\n                    " if run.trims else "",
        indent="    " if run.trims else "",
        mask=_masked(run),
        loss="loss" if run.is_text else "_",
        found="losses" if run.is_text else "scores",
        one=_of_a_step(run),
        result=_result(run),
        scale="scale * " if run.one.random else "",
        held='\n            d["Wh"][:] = 0  # Wh is held at zero' if run.holds_Wh else "",
        clip=CLIPPINGS[params.clip].format(at=params.clip_at),
        new=run.new,
    )
    functions = SIGMOID if "sigmoid(" in cell else ""
    optimizer = OPTIMIZERS[params.optimizer].format(lr=params.lr)
    body = f"{functions}{cell}\n{optimizer}\n{loop}{WHOLE_TEXT if run.is_text else ''}"
    return f"{head(run, 'NumPy')}\n{run.imports}{IMPORTS}\n{data(run)}\n{body}\n{what_is_printed(run)}"


def _masked(run: Run) -> str:
    """The gradient of the outputs without the losses that are left out."""
    if not run.masked:
        return ""
    row, why = ("mask[start + t]", "padding has no gradient")
    if run.asks:
        row, why = ("asked[t]", "only a question has a gradient")
    return f"do *= {row}[:, None]  # {why}\n{' ' * (20 if run.trims else 16)}"


def _of_a_step(run: Run) -> str:
    """What a step adds to the losses, or to the scores."""
    if run.is_text:
        return "loss[mask[start + t]]" if run.masked else "loss"
    return "score(o, y[t])[asked[t]]" if run.asks else "score(o, y[t])"


def _result(run: Run) -> str:
    """What an update yields: the mean loss, or all scores."""
    if run.is_text:
        return "np.mean(np.concatenate(losses))" if run.masked else "np.mean(losses)"
    return "np.concatenate(scores)"


def _count(run: Run) -> str:
    """The number by which the sum of a window's losses is divided."""
    if run.divisor is not None:
        return f"N * {run.divisor}"
    if run.masked:
        asked = "asked[newest - start :]" if run.overlaps else "asked"
        return f"max(1, {asked}.sum())" if run.asks else f"{run.counted}.sum()"
    if run.episodic:
        return "N"
    return "N * (stop - max(start, newest))" if run.overlaps else "N * (stop - start)"
