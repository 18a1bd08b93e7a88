"""Truncated BPTT as it is really run: forward a stretch, back over it, update, carry the state on.

Every walk of a truncation scheme ends in an update (Williams & Peng 1990), so blocks, windows, chunks of
losses and drawn segments train by the same loop, and their gradients by the same passes, as the explorer's.
P networks are trained at once, each with weights of its own.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count

import numpy as np

from .arrays import Array, Params
from .backward_pass import from_output, output_gradient, recursion, summed
from .cells import Cell
from .forward_pass import Forward, Task, forward
from .optimizers import Optimizer
from .tasks.stream import Stream, Stretch
from .truncation import BackwardWindow, Scheme
from .weights import from_row, shapes, to_row


@dataclass(frozen=True)
class Settings:
    """How training goes on from walk to walk.

    ``carried``: a walk begins with the state that the steps before it left, else with zeros. ``reset``: an
    epoch begins with zeros. ``shuffle``: the seed of the order of walks, None for their own order.
    ``nominal``: by how many losses a lane's part is divided; None for as many as there are.
    """

    carried: bool = True
    reset: bool = True
    shuffle: int | None = None
    nominal: int | None = None
    clip: Callable[[Array], Array] = field(default=lambda gradient: gradient)


@dataclass(frozen=True)
class Update:
    """One update and all that led to it; arrays have the axes (steps, P, B, ...), rows are (P, n).

    ``number`` counts updates from 1, ``place`` walks of an epoch in the order of time, ``turn`` in the
    order in which they are played. ``raw`` is the gradient before clipping.
    """

    number: int
    epoch: int
    turn: int
    place: int
    window: BackwardWindow
    task: Task
    start: Array
    run: Forward
    own: Array
    dstate: Array
    params: Params
    row: Array
    raw: Array
    gradient: Array
    change: Array

    @property
    def after(self) -> Array:
        """The weights from now on, (P, n)."""
        return self.row + self.change


@dataclass(frozen=True)
class Trainer:
    """A cell, what it reads, the scheme by which its gradients are truncated, and how it goes on."""

    cell: Cell
    stream: Stream
    scheme: Scheme
    settings: Settings = Settings()

    def shapes(self, H: int) -> dict[str, tuple[int, ...]]:
        """Of every parameter at hidden size H."""
        D, V = self.stream.sizes
        return shapes(self.cell, D, H, V)

    def backward_windows(self, epoch: int = 0) -> list[BackwardWindow]:
        """Those of an epoch that end in an update, in the order of time."""
        windows = self.scheme.for_epoch(epoch).backward_windows(self.stream.length)
        return windows[-1:] if self.stream.in_episodes else windows

    def updates(
        self, row: Array, H: int, optimizer: Optimizer, state: Array | None = None, first_epoch: int = 0
    ) -> Iterator[Update]:
        """Train on and on from the weights ``row`` (P, n), first from ``state`` (P, B, S), usually zeros."""
        wanted, zeros = self.shapes(H), np.zeros((len(row), self.stream.width, self.cell.state_vectors * H))
        before, numbers = Passed(0, zeros if state is None else state, zeros[None][:0]), count(1)
        for epoch in count(first_epoch):
            scheme = self.scheme.for_epoch(epoch)
            windows = self.backward_windows(epoch)
            fresh = self.settings.reset and epoch > first_epoch
            before = Passed(windows[0].start, zeros if fresh else before.last, before.states[:0])
            for turn, place in enumerate(self._order(len(windows), epoch)):
                window, params = windows[place], from_row(row, wanted)
                start = self._entered(window, epoch, before, params) if self.settings.carried else zeros
                task = self._task(self.stream.read(window.start, window.stop, epoch), window)
                run = forward(task, params, start, scored=False)
                e = output_gradient(task, run)
                own = from_output(task, params, e)
                dstate, da = recursion(task, params, run, own, scheme.edge_scale)
                raw = to_row(summed(task, params, run, e, da), len(row))
                gradient = self.settings.clip(raw)
                change = optimizer.change(gradient)
                place_in_run = (next(numbers), epoch, turn, place, window)
                yield Update(*place_in_run, task, start, run, own, dstate, params, row, raw, gradient, change)
                row = row + change
                before = Passed(window.start, start, run.states)

    def _order(self, windows: int, epoch: int) -> list[int]:
        if self.settings.shuffle is None:
            return list(range(windows))
        drawn: list[int] = np.random.RandomState([self.settings.shuffle, epoch]).permutation(windows).tolist()
        return drawn

    def _entered(self, window: BackwardWindow, epoch: int, before: "Passed", params: Params) -> Array:
        """The state in which the walk begins, (P, B, S)."""
        if self.stream.in_episodes:
            if window.start == 0:
                return np.zeros_like(before.start)
            ahead = self._task(self.stream.read(0, window.start, epoch), window)
            return np.asarray(forward(ahead, params, np.zeros_like(before.start), scored=False).states[-1])
        return before.last if self.settings.shuffle is not None else before.at(window.start)

    def _task(self, read: Stretch, window: BackwardWindow) -> Task:
        """Every loss that counts by its share of the mean over those of a network, (T, P or 1, B)."""
        counts = read.counts.copy()
        counts[: window.newest_from - window.start] = False
        n = (
            counts.sum(axis=(0, 2), keepdims=True)
            if self.settings.nominal is None
            else self.stream.width * self.settings.nominal
        )
        factors = counts / np.maximum(n, 1)
        return Task(self.cell, self.stream.loss, read.x, read.wanted, factors)


@dataclass(frozen=True)
class Passed:
    """The states of a walk: ``start`` before step ``begun``, ``states`` after each step from there on."""

    begun: int
    start: Array
    states: Array

    @property
    def last(self) -> Array:
        """The newest of them."""
        return self.states[-1] if len(self.states) else self.start

    def at(self, step: int) -> Array:
        """The state before a step."""
        return self.start if step == self.begun else np.asarray(self.states[step - self.begun - 1])
