"""Truncated BPTT as it is trained: an update against older kernels, PyTorch and the textbook's layers."""

import numpy as np
import pytest

from app.bptt import weights
from app.bptt.cells import CELLS
from app.bptt.lanes import Lanes
from app.bptt.optimizers import Sgd
from app.bptt.sequences import make_sequence
from app.bptt.tasks import Text
from app.bptt.training import Trainer
from app.bptt.truncation import SCHEMES
from tests.benchmarks import older_kernel
from tests.benchmarks.test_kernel import has_torch

N, K, H, V, LR = 16, 25, 32, 30, 0.1
SETTING = f"N={N}, k={K}, H={H}, V={V}"
OLDER = {"88e9b31": "", "58a80b1": ", with exact slopes"}
OLDER_BARS = {"rnn": 0.66, "lstm": 0.78, "gru": 0.73}
MODULE_BARS = {"rnn": 0.3, "lstm": 0.42, "gru": 0.38}
LOOP_BARS = {"rnn": 3.0, "lstm": 2.5, "gru": 3.5}
UPDATES = 20


def trainer_of(cell):
    symbols = drawn_symbols()
    stream = Text(make_sequence(symbols, [], len(symbols) - 1), Lanes(len(symbols) - 1, N, K))
    return Trainer(CELLS[cell](), stream, SCHEMES["blocks"](K))


def drawn_symbols():
    """A text of whole blocks, in which every symbol occurs."""
    drawn = np.random.RandomState(0).randint(V, size=N * K * 40 + 1 - V)
    return [chr(97 + i) for i in [*range(V), *drawn]]


def ours(cell, seeds=1):
    """So many updates, one after another."""
    trainer = trainer_of(cell)
    drawn = [weights.flatten(weights.initial(trainer.cell, V, H, V, 1.0, seed)) for seed in range(seeds)]
    updates = trainer.updates(np.stack(drawn), H, Sgd(LR))
    return run(updates)


def run(updates):
    """So many updates, none of which is kept, as in a training loop.

    A list of them would measure memory that is touched for the first time.
    """

    def take():
        for _ in range(UPDATES):
            next(updates)

    return take


def by_older(kernel, cell, seeds=1):
    """The same by an older kernel, some of whose names differ."""

    def part(name, *names):
        found = older_kernel.module(kernel, name)
        return next(getattr(found, one) for one in names if hasattr(found, one))

    symbols = drawn_symbols()
    sequence = part("sequences", "make_sequence", "sequence_of")(symbols, [], len(symbols) - 1)
    stream = part("tasks", "Text")(sequence, part("lanes", "Lanes")(len(symbols) - 1, N, K))
    scheme = part("truncation", "SCHEMES")["blocks"](K)
    trainer = part("training", "Trainer")(part("cells", "CELLS")[cell](), stream, scheme)
    initial, flatten = part("weights", "initial"), part("weights", "flatten", "to_row")
    drawn = [flatten(initial(trainer.cell, V, H, V, 1.0, seed)) for seed in range(seeds)]
    updates = trainer.updates(np.stack(drawn), H, part("optimizers", "Sgd")(LR))
    return run(updates)


def by_torch(cell):
    """The same by a loop over steps with autograd."""
    import torch

    torch.set_num_threads(1)
    trainer = trainer_of(cell)
    first = weights.initial(trainer.cell, V, H, V, 1.0, 0)
    p = {name: torch.tensor(W, requires_grad=True) for name, W in first.items()}
    windows = trainer.backward_windows()

    def step(x, h, c):
        u, Wh = x @ p["Wx"] + p["b"], p["Wh"]
        if cell == "rnn":
            return torch.tanh(u + h @ Wh), c
        if cell == "lstm":
            f, g, i, o = (u + h @ Wh).chunk(4, dim=1)
            c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
            return torch.sigmoid(o) * torch.tanh(c), c
        zr = torch.sigmoid(u[:, : 2 * H] + h @ Wh[:, : 2 * H])
        z, r = zr.chunk(2, dim=1)
        n = torch.tanh(u[:, 2 * H :] + (r * h) @ Wh[:, 2 * H :])
        return (1 - z) * h + z * n, c

    def run():
        h = c = torch.zeros(N, H, dtype=torch.float64)
        for window in windows[:UPDATES]:
            read = trainer.stream.read(window.start, window.stop, 0)
            x, wanted = torch.tensor(read.x[:, 0]), torch.tensor(read.target[:, 0].argmax(-1))
            states = []
            for t in range(K):
                h, c = step(x[t], h, c)
                states.append(h)
            o = torch.stack(states) @ p["Wy"] + p["by"]
            torch.nn.functional.cross_entropy(o.reshape(-1, V), wanted.reshape(-1)).backward()
            with torch.no_grad():
                for W in p.values():
                    W -= LR * W.grad
                    W.grad = None
            h, c = h.detach(), c.detach()

    return run


def by_module(cell):
    """The same by PyTorch's own recurrent layer, in float64."""
    import torch

    torch.set_num_threads(1)
    trainer = trainer_of(cell)
    windows = trainer.backward_windows()
    layer = {"rnn": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[cell](V, H).double()
    readout = torch.nn.Linear(H, V).double()
    optimizer = torch.optim.SGD([*layer.parameters(), *readout.parameters()], lr=LR)

    def run():
        state = None
        for window in windows[:UPDATES]:
            read = trainer.stream.read(window.start, window.stop, 0)
            x, wanted = torch.tensor(read.x[:, 0]), torch.tensor(read.target[:, 0].argmax(-1))
            h, state = layer(x, state)
            o = readout(h)
            optimizer.zero_grad()
            torch.nn.functional.cross_entropy(o.reshape(-1, V), wanted.reshape(-1)).backward()
            optimizer.step()
            state = tuple(part.detach() for part in state) if cell == "lstm" else state.detach()

    return run


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


class RnnLayer:
    """A step as the textbook writes it: an object that caches its forward pass."""

    def __init__(self, p):
        self.p = p

    def forward(self, x, state):
        h_next = np.tanh(np.dot(state, self.p["Wh"]) + np.dot(x, self.p["Wx"]) + self.p["b"])
        self.cache = x, state, h_next
        return h_next

    def backward(self, dstate):
        x, h, h_next = self.cache
        da = dstate * (1 - h_next**2)
        grads = np.dot(x.T, da), np.dot(h.T, da), np.sum(da, axis=0)
        return np.dot(da, self.p["Wx"].T), np.dot(da, self.p["Wh"].T), grads


class LstmLayer(RnnLayer):
    def forward(self, x, state):
        h, c = np.hsplit(state, 2)
        a = np.dot(x, self.p["Wx"]) + np.dot(h, self.p["Wh"]) + self.p["b"]
        f, g, i, o = (
            sigmoid(a[:, :H]),
            np.tanh(a[:, H : 2 * H]),
            sigmoid(a[:, 2 * H : 3 * H]),
            sigmoid(a[:, 3 * H :]),
        )
        c_next = f * c + g * i
        h_next = o * np.tanh(c_next)
        self.cache = x, h, c, i, f, g, o, c_next
        return np.hstack([h_next, c_next])

    def backward(self, dstate):
        x, h, c, i, f, g, o, c_next = self.cache
        dh, dc = np.hsplit(dstate, 2)
        tanh_c = np.tanh(c_next)
        ds = dc + dh * o * (1 - tanh_c**2)
        di, df, do, dg = ds * g, ds * c, dh * tanh_c, ds * i
        di, df, do, dg = di * i * (1 - i), df * f * (1 - f), do * o * (1 - o), dg * (1 - g**2)
        da = np.hstack([df, dg, di, do])
        grads = np.dot(x.T, da), np.dot(h.T, da), da.sum(axis=0)
        return np.dot(da, self.p["Wx"].T), np.hstack([np.dot(da, self.p["Wh"].T), ds * f]), grads


class GruLayer(RnnLayer):
    def forward(self, x, state):
        (Wxz, Wxr, Wxn), (Whz, Whr, Whn) = (np.hsplit(self.p[name], 3) for name in ("Wx", "Wh"))
        bz, br, bn = np.split(self.p["b"], 3)
        z = sigmoid(np.dot(x, Wxz) + np.dot(state, Whz) + bz)
        r = sigmoid(np.dot(x, Wxr) + np.dot(state, Whr) + br)
        n = np.tanh(np.dot(x, Wxn) + np.dot(r * state, Whn) + bn)
        self.cache = x, state, z, r, n
        return (1 - z) * state + z * n

    def backward(self, dstate):
        (Wxz, Wxr, Wxn), (Whz, Whr, Whn) = (np.hsplit(self.p[name], 3) for name in ("Wx", "Wh"))
        x, h, z, r, n = self.cache
        dn, dh = dstate * z, dstate * (1 - z)
        dt = dn * (1 - n**2)
        dn_b, dn_Wh, dn_Wx = dt.sum(axis=0), np.dot((r * h).T, dt), np.dot(x.T, dt)
        dhr, dx = np.dot(dt, Whn.T), np.dot(dt, Wxn.T)
        dh = dh + r * dhr
        dt = (dstate * n - dstate * h) * z * (1 - z)
        dz_b, dz_Wh, dz_Wx = dt.sum(axis=0), np.dot(h.T, dt), np.dot(x.T, dt)
        dh, dx = dh + np.dot(dt, Whz.T), dx + np.dot(dt, Wxz.T)
        dt = dhr * h * r * (1 - r)
        dr_b, dr_Wh, dr_Wx = dt.sum(axis=0), np.dot(h.T, dt), np.dot(x.T, dt)
        dh, dx = dh + np.dot(dt, Whr.T), dx + np.dot(dt, Wxr.T)
        grads = (
            np.hstack([dz_Wx, dr_Wx, dn_Wx]),
            np.hstack([dz_Wh, dr_Wh, dn_Wh]),
            np.hstack([dz_b, dr_b, dn_b]),
        )
        return dx, dh, grads


LAYERS = {"rnn": RnnLayer, "lstm": LstmLayer, "gru": GruLayer}


def by_layers(cell):
    """The same by an object for every step, as textbooks write it: forward, then backward."""
    trainer = trainer_of(cell)
    p = weights.initial(trainer.cell, V, H, V, 1.0, 0)
    windows, S = trainer.backward_windows(), trainer.cell.state_vectors * H

    def run():
        state = np.zeros((N, S))
        for window in windows[:UPDATES]:
            read = trainer.stream.read(window.start, window.stop, 0)
            xs, target = read.x[:, 0], read.target[:, 0]
            steps, hs = [], np.empty((K, N, H))
            for t in range(K):
                steps.append(LAYERS[cell](p))
                state = steps[t].forward(xs[t], state)
                hs[t] = state[:, :H]
            flat = hs.reshape(N * K, H)
            scores = np.dot(flat, p["Wy"]) + p["by"]
            scores = np.exp(scores - scores.max(axis=1, keepdims=True))
            dscores = (scores / scores.sum(axis=1, keepdims=True) - target.reshape(N * K, V)) / (N * K)
            grads = {"Wy": np.dot(flat.T, dscores), "by": dscores.sum(axis=0)}
            dhs, dstate = np.dot(dscores, p["Wy"].T).reshape(K, N, H), np.zeros((N, S))
            total = [np.zeros_like(p[name]) for name in ("Wx", "Wh", "b")]
            for t in reversed(range(K)):
                dstate[:, :H] += dhs[t]
                _, dstate, found = steps[t].backward(dstate)
                total = [a + b for a, b in zip(total, found, strict=True)]
            grads |= dict(zip(("Wx", "Wh", "b"), total, strict=True))
            for name, gradient in grads.items():
                p[name] = p[name] - LR * gradient
        return grads

    return run


@pytest.mark.parametrize("commit", OLDER)
@pytest.mark.parametrize("cell", CELLS)
def test_an_update_against_an_older_kernel(cell, commit, report, in_turn, tmp_path_factory):
    what = f"an update / that of {commit}{OLDER[commit]}, {cell}, {SETTING}"
    kernel = older_kernel.extract(commit, tmp_path_factory.mktemp(commit))
    if kernel is None:
        report(what, "not in this clone", f"<= {OLDER_BARS[cell]}")
        return
    for seeds in (1, 5):
        own, theirs = in_turn(ours(cell, seeds), by_older(kernel, cell, seeds), rounds=25 // seeds)
        report(f"{what}{', five seeds' * (seeds > 1)}", f"{own / theirs:.2f}", f"<= {OLDER_BARS[cell]}")


@pytest.mark.parametrize("cell", CELLS)
def test_an_update_against_pytorchs_layer(cell, report, in_turn):
    what = f"an update / torch.nn with autograd, {cell}, {SETTING}"
    if not has_torch():
        report(what, "torch is not installed", f"<= {MODULE_BARS[cell]}")
        return
    own, theirs = in_turn(ours(cell), by_module(cell))
    report(what, f"{own / theirs:.2f}", f"<= {MODULE_BARS[cell]}")


@pytest.mark.parametrize("cell", CELLS)
def test_an_update_against_pytorch(cell, report, in_turn):
    what = f"PyTorch's eager loop / an update, {cell}, {SETTING}"
    if not has_torch():
        report(what, "torch is not installed", f">= {LOOP_BARS[cell]}")
        return
    own, theirs = in_turn(ours(cell), by_torch(cell), rounds=9)
    report(what, f"{theirs / own:.2f}", f">= {LOOP_BARS[cell]}")


@pytest.mark.parametrize("cell", CELLS)
def test_an_update_against_layers(cell, report, in_turn):
    own, theirs = in_turn(ours(cell), by_layers(cell))
    report(f"an object for every step / an update, {cell}, {SETTING}", f"{theirs / own:.2f}", ">= 1.5")


@pytest.mark.parametrize("cell", CELLS)
def test_five_seeds_at_once(cell, report, in_turn):
    one, five = in_turn(ours(cell), ours(cell, seeds=5), rounds=9)
    report(f"five seeds at once / one seed, {cell}, {SETTING}", f"{five / one:.2f}", "<= 5")
