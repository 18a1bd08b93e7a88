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
from .backward_pass import backward, gradient_from_output, output_gradient, parameter_gradients_summed
from .cells import Cell
from .forward_pass import Forward, Task, forward
from .optimizers import Optimizer
from .tasks.stream import Segment, Stream
from .truncation import BackwardWindow, Scheme
from .weights import flatten, shapes, unflatten


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
    divisor: int | None = None
    clip: Callable[[Array], Array] = field(default=lambda gradient: gradient)


@dataclass(frozen=True)
class Update:
    """One update and all that led to it; arrays have the axes (steps, P, B, ...), rows are (P, n).

    ``number`` counts updates from 1, ``place`` walks of an epoch in the order of time, ``turn`` in the
    order in which they are played. ``raw`` is the gradient before clipping.
    """

    number: int
    epoch: int
    position: int
    window_index: int
    window: BackwardWindow
    task: Task
    initial_state: Array
    run: Forward
    from_output: Array
    dstate: Array
    params: Params
    weights: Array
    raw_gradient: Array
    gradient: Array
    change: Array

    @property
    def new_weights(self) -> Array:
        """The weights from now on, (P, n)."""
        return self.weights + self.change


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
        return windows[-1:] if self.stream.episodic else windows

    def updates(
        self, weights: Array, H: int, optimizer: Optimizer, state: Array | None = None, first_epoch: int = 0
    ) -> Iterator[Update]:
        """Train on and on from the weights ``row`` (P, n), first from ``state`` (P, B, S), usually zeros."""
        shapes_of_params, zeros = (
            self.shapes(H),
            np.zeros((len(weights), self.stream.batch_size, self.cell.state_vectors * H)),
        )
        before, numbers = WindowStates(0, zeros if state is None else state, zeros[None][:0]), count(1)
        for epoch in count(first_epoch):
            scheme = self.scheme.for_epoch(epoch)
            windows = self.backward_windows(epoch)
            fresh = self.settings.reset and epoch > first_epoch
            before = WindowStates(windows[0].start, zeros if fresh else before.last, before.states[:0])
            for position, window_index in enumerate(self._order(len(windows), epoch)):
                window, params = windows[window_index], unflatten(weights, shapes_of_params)
                initial_state = (
                    self._state_before(window, epoch, before, params) if self.settings.carried else zeros
                )
                task = self._task(self.stream.read(window.start, window.stop, epoch), window)
                run = forward(task, params, initial_state, with_losses=False)
                d_output = output_gradient(task, run)
                from_output = gradient_from_output(task, params, d_output)
                dstate, da = backward(task, params, run, from_output, scheme.edge_scale)
                raw_gradient = flatten(
                    parameter_gradients_summed(task, params, run, d_output, da), len(weights)
                )
                gradient = self.settings.clip(raw_gradient)
                change = optimizer.change(gradient)
                place_in_run = (next(numbers), epoch, position, window_index, window)
                yield Update(
                    *place_in_run,
                    task,
                    initial_state,
                    run,
                    from_output,
                    dstate,
                    params,
                    weights,
                    raw_gradient,
                    gradient,
                    change,
                )
                weights = weights + change
                before = WindowStates(window.start, initial_state, run.states)

    def _order(self, windows: int, epoch: int) -> list[int]:
        if self.settings.shuffle is None:
            return list(range(windows))
        order: list[int] = np.random.RandomState([self.settings.shuffle, epoch]).permutation(windows).tolist()
        return order

    def _state_before(
        self, window: BackwardWindow, epoch: int, before: "WindowStates", params: Params
    ) -> Array:
        """The state in which the walk begins, (P, B, S)."""
        if self.stream.episodic:
            if window.start == 0:
                return np.zeros_like(before.initial_state)
            ahead = self._task(self.stream.read(0, window.start, epoch), window)
            return np.asarray(
                forward(ahead, params, np.zeros_like(before.initial_state), with_losses=False).states[-1]
            )
        return before.last if self.settings.shuffle is not None else before.at(window.start)

    def _task(self, segment: Segment, window: BackwardWindow) -> Task:
        """Every loss that counts by its share of the mean over those of a network, (T, P or 1, B)."""
        counts = segment.counts.copy()
        counts[: window.newest_from - window.start] = False
        n = (
            counts.sum(axis=(0, 2), keepdims=True)
            if self.settings.divisor is None
            else self.stream.batch_size * self.settings.divisor
        )
        factors = counts / np.maximum(n, 1)
        return Task(self.cell, self.stream.loss, segment.x, segment.target, factors)


@dataclass(frozen=True)
class WindowStates:
    """The states of a walk: ``start`` before step ``begun``, ``states`` after each step from there on."""

    first_step: int
    initial_state: Array
    states: Array

    @property
    def last(self) -> Array:
        """The newest of them."""
        return self.states[-1] if len(self.states) else self.initial_state

    def at(self, step: int) -> Array:
        """The state before a step."""
        return (
            self.initial_state
            if step == self.first_step
            else np.asarray(self.states[step - self.first_step - 1])
        )
