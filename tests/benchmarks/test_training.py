"""Truncated BPTT as it is trained: an update against PyTorch's eager loop and against textbook layers."""

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
from tests.benchmarks.test_kernel import has_torch

N, K, H, V, LR = 16, 25, 32, 30, 0.1
BARS = {"rnn": 3.0, "lstm": 2.5, "gru": 3.5}
UPDATES = 20


def trainer_of(cell):
    drawn = np.random.RandomState(0).randint(V, size=N * K * 40)
    symbols = [chr(97 + i) for i in [*range(V), *drawn]]
    stream = Text(make_sequence(symbols, [], len(symbols) - 1), Lanes(len(symbols) - 1, N, K))
    return Trainer(CELLS[cell](), stream, SCHEMES["blocks"](K))


def ours(cell, seeds=1):
    """So many updates, one after another."""
    trainer = trainer_of(cell)
    drawn = [weights.flatten(weights.initial(trainer.cell, V, H, V, 1.0, seed)) for seed in range(seeds)]
    updates = trainer.updates(np.stack(drawn), H, Sgd(LR))
    return lambda: [next(updates) for _ in range(UPDATES)]


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


def by_layers():
    """The same for the rnn by an object for every step, as textbooks write it: forward, then backward."""
    trainer = trainer_of("rnn")
    p = weights.initial(trainer.cell, V, H, V, 1.0, 0)
    windows = trainer.backward_windows()

    class Step:
        def forward(self, x, h):
            h_next = np.tanh(np.dot(h, p["Wh"]) + np.dot(x, p["Wx"]) + p["b"])
            self.cache = x, h, h_next
            return h_next

        def backward(self, dh_next):
            x, h, h_next = self.cache
            dt = dh_next * (1 - h_next**2)
            grads = np.dot(x.T, dt), np.dot(h.T, dt), np.sum(dt, axis=0)
            return np.dot(dt, p["Wx"].T), np.dot(dt, p["Wh"].T), grads

    def run():
        h = np.zeros((N, H))
        for window in windows[:UPDATES]:
            read = trainer.stream.read(window.start, window.stop, 0)
            xs, target = read.x[:, 0], read.target[:, 0]
            steps, hs = [], np.empty((K, N, H))
            for t in range(K):
                steps.append(Step())
                h = hs[t] = steps[t].forward(xs[t], h)
            flat = hs.reshape(N * K, H)
            scores = np.dot(flat, p["Wy"]) + p["by"]
            scores = np.exp(scores - scores.max(axis=1, keepdims=True))
            dscores = (scores / scores.sum(axis=1, keepdims=True) - target.reshape(N * K, V)) / (N * K)
            grads = {"Wy": np.dot(flat.T, dscores), "by": dscores.sum(axis=0)}
            dhs, dh = np.dot(dscores, p["Wy"].T).reshape(K, N, H), 0
            total = [np.zeros_like(p[name]) for name in ("Wx", "Wh", "b")]
            for t in reversed(range(K)):
                _, dh, found = steps[t].backward(dhs[t] + dh)
                total = [a + b for a, b in zip(total, found, strict=True)]
            grads |= dict(zip(("Wx", "Wh", "b"), total, strict=True))
            for name, gradient in grads.items():
                p[name] = p[name] - LR * gradient

    return run


@pytest.mark.parametrize("cell", CELLS)
def test_an_update_against_pytorch(cell, report, in_turn):
    what = f"PyTorch's eager loop / an update, {cell}, N=16, k=25, H=32, V=30"
    if not has_torch():
        report(what, "torch is not installed", f">= {BARS[cell]}")
        return
    own, theirs = in_turn(ours(cell), by_torch(cell), rounds=9)
    report(what, f"{theirs / own:.2f}", f">= {BARS[cell]}")


def test_an_update_against_layers(report, in_turn):
    own, theirs = in_turn(ours("rnn"), by_layers(), rounds=9)
    report("an object for every step / an update, rnn, N=16, k=25, H=32, V=30", f"{theirs / own:.2f}", ">= 2")


@pytest.mark.parametrize("cell", CELLS)
def test_five_seeds_at_once(cell, report, in_turn):
    one, five = in_turn(ours(cell), ours(cell, seeds=5), rounds=9)
    report(f"five seeds at once / one seed, {cell}, N=16, k=25, H=32", f"{five / one:.2f}", "<= 5")
