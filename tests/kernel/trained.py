"""Trainers to test on, and the loss whose gradient an update is by definition."""

from dataclasses import dataclass
from itertools import islice

import numpy as np
from autograd import grad

from app.bptt.arrays import Array, Params
from app.bptt.forward_pass import Task, forward
from app.bptt.optimizers import Optimizer, Sgd
from app.bptt.tasks.stream import Segment, Stream
from app.bptt.training import Settings, Trainer, Update
from app.bptt.weights import flatten, unflatten
from tests.kernel import textbook
from tests.kernel.cases import D, H, V, random_weights


@dataclass(frozen=True)
class Dense(Stream):
    """Inputs without a zero, other ones for each of P networks, in every lane and in every epoch."""

    steps: int
    lanes: int = 2
    networks: int = 1
    often: float = 1.0

    @property
    def sizes(self) -> tuple[int, int]:
        return D, V

    @property
    def batch_size(self) -> int:
        return self.lanes

    @property
    def length(self) -> int:
        return self.steps

    def read(self, start: int, stop: int, epoch: int) -> Segment:
        shape = self.steps, self.networks, self.lanes
        drawn = np.random.RandomState(epoch)
        x = drawn.standard_normal((*shape, D))
        wanted = np.eye(V)[drawn.randint(V, size=shape)]
        counts = drawn.random_sample(shape) < self.often
        return Segment(x[start:stop], wanted[start:stop], counts[start:stop])


class OneEpisode(Dense):
    """The same as episodes: only the last output counts."""

    @property
    def episodic(self) -> bool:
        return True

    def read(self, start: int, stop: int, epoch: int) -> Segment:
        x, wanted, counts = super().read(0, self.steps, epoch)
        counts = counts & (np.arange(self.steps) == self.steps - 1)[:, None, None]
        return Segment(x[start:stop], wanted[start:stop], counts[start:stop])


def first_row(cell, networks: int = 1) -> Array:
    """Weights without a zero, (P, n)."""
    return np.stack([flatten(random_weights(cell, seed)) for seed in range(networks)])


def updates(
    cell,
    stream: Stream,
    scheme,
    n: int,
    optimizer: Optimizer | None = None,
    row: Array | None = None,
    **settings,
) -> list[Update]:
    """The first n of them."""
    trainer = Trainer(cell, stream, scheme, Settings(**settings))
    networks = getattr(stream, "networks", 1)
    start = first_row(cell, networks) if row is None else row
    return list(islice(trainer.updates(start, H, optimizer or Sgd(0.3)), n))


def by_definition(update: Update, stream: Stream, edge_scale: float, p: int) -> Params:
    """The gradient of network p: that of its mean loss, what entered the walk held constant.

    By automatic differentiation of the textbook's network, with the data read anew.
    """
    window, cell = update.window, update.task.cell
    read = stream.read(window.start, window.stop, update.epoch)
    x, wanted, counts = (part[:, p] for part in (read.x, read.target, read.counts))
    counts = counts.copy()
    counts[: window.newest_from - window.start] = False
    factors = counts / counts.sum()
    start, held = update.initial_state[p], update.run.states[:, p]

    def mean_loss(W):
        total = 0.0
        for lane in range(x.shape[1]):
            task = Task(cell, update.task.loss, x[:, lane], wanted[:, lane], factors[:, lane])
            state = start[lane]
            for t in range(len(window)):
                if t > 0:  # the value as it is, `edge_scale` times its gradient
                    state = held[t - 1, lane] + edge_scale * (state - held[t - 1, lane])
                state = textbook.step(cell, W, task.x[t], state)
                if counts[t, lane]:
                    total = total + textbook.loss(task, W, t, state)
        return total

    return grad(mean_loss)(unflatten(update.weights[p], shapes_of(update)))


def shapes_of(update: Update) -> dict[str, tuple[int, ...]]:
    """Of the weights of one network."""
    biases = ("b", "bh", "by")
    return {name: w.shape[2:] if name in biases else w.shape[1:] for name, w in update.params.items()}


def measured(update: Update, by: float = 1e-6) -> Array:
    """The same of the only network by central differences, all weights at once as networks side by side."""
    row, task = update.weights[0], update.task
    moved = np.concatenate([row + by * np.eye(len(row)), row - by * np.eye(len(row))])
    run = forward(task, unflatten(moved, shapes_of(update)), update.initial_state)
    ahead, back = np.split((task.factors * run.losses).sum(axis=(0, 2)), 2)
    return (ahead - back) / (2 * by)
