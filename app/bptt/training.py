"""Training loop of truncated BPTT: forward, backward, update, carry the state over, window by window.

Every backward window of a truncation scheme ends in an update (Williams & Peng 1990). Blocks, sliding
windows, TBPTT(k1, k2) and random segments therefore share this loop, and use the same passes as the
explorer. P networks with separate weights are trained at once.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count

import numpy as np

from .arrays import Array, Params
from .backward_pass import (
    backward,
    output_gradient,
    parameter_gradients_summed,
)
from .cells import Cell
from .forward_pass import Forward, Task, forward
from .optimizers import Optimizer
from .tasks.stream import Segment, Stream
from .truncation import BackwardWindow, Scheme
from .weights import flatten, held_at_zero, shapes, unflatten


@dataclass(frozen=True)
class Settings:
    """How training continues from window to window.

    ``carried``: a window starts from the state left by the steps before it, otherwise from zeros. ``reset``:
    every epoch starts from zeros. ``shuffle``: seed of a random order of the windows in each epoch, None for
    the order of time. ``divisor``: number of losses per lane by which the sum is divided, None for the
    actual number. ``held`` are the names of parameters that no update changes; their gradient counts as 0.
    ``clip`` maps gradients (P, n) to clipped ones.
    """

    carried: bool = True
    reset: bool = True
    shuffle: int | None = None
    divisor: int | None = None
    held: frozenset[str] = frozenset()
    clip: Callable[[Array], Array] = field(default=lambda gradient: gradient)


@dataclass(frozen=True)
class Update:
    """One update and everything computed for it.

    ``task``, ``initial_state`` (P, B, S), ``run``, ``d_output`` (steps, P, B, V) and ``dstate``
    (steps, C, P, B, H) belong to the steps of the window. ``weights``, ``raw_gradient`` (before clipping),
    ``gradient`` and ``change`` are vectors (P, n), and ``params`` are the same weights by name. ``number``
    counts updates from 1, ``window_index`` the windows of an epoch in order of time, ``position`` in the
    order in which they run.
    """

    number: int
    epoch: int
    position: int
    window_index: int
    window: BackwardWindow
    task: Task
    initial_state: Array
    run: Forward
    d_output: Array
    dstate: Array
    params: Params
    weights: Array
    raw_gradient: Array
    gradient: Array
    change: Array

    @property
    def new_weights(self) -> Array:
        """The weights after the update, (P, n)."""
        return self.weights + self.change


@dataclass(frozen=True)
class Trainer:
    """A cell, the data it reads, the truncation scheme, and the settings of training."""

    cell: Cell
    stream: Stream
    scheme: Scheme
    settings: Settings = Settings()

    def shapes(self, H: int) -> dict[str, tuple[int, ...]]:
        """The shape of every parameter at hidden size H."""
        D, V = self.stream.sizes
        return shapes(self.cell, D, H, V)

    def backward_windows(self, epoch: int = 0) -> list[BackwardWindow]:
        """The backward windows of an epoch in order of time; one update follows each."""
        windows = self.scheme.for_epoch(epoch).backward_windows(self.stream.length)
        return windows[-1:] if self.stream.episodic else windows

    def updates(
        self, weights: Array, H: int, optimizer: Optimizer, state: Array | None = None, first_epoch: int = 0
    ) -> Iterator[Update]:
        """Train without end from ``weights`` (P, n) and the state ``state`` (P, B, S), by default zeros."""
        shapes_of_params = self.shapes(H)
        zeros = np.zeros((len(weights), self.stream.batch_size, self.cell.state_vectors * H))
        before, numbers = WindowStates(zeros if state is None else state), count(1)
        for epoch in count(first_epoch):
            scheme = self.scheme.for_epoch(epoch)
            windows = self.backward_windows(epoch)
            fresh = self.settings.reset and epoch > first_epoch
            before = WindowStates(zeros if fresh else before.last)
            for position, window_index in enumerate(self._order(len(windows), epoch)):
                window, params = windows[window_index], unflatten(weights, shapes_of_params)
                initial_state = (
                    self._state_before(window, epoch, before, params) if self.settings.carried else zeros
                )
                task = self._task(self.stream.read(window.start, window.stop, epoch), window)
                run = forward(task, params, initial_state, with_losses=False)
                d_output = output_gradient(task, run)
                dstate, da = backward(task, params, run, d_output, scheme.edge_scale)
                gradients = parameter_gradients_summed(task, params, run, d_output, da)
                raw_gradient = flatten(held_at_zero(gradients, self.settings.held), len(weights))
                gradient = self.settings.clip(raw_gradient)
                change = optimizer.change(gradient)
                place_in_run = (next(numbers), epoch, position, window_index, window)
                yield Update(
                    *place_in_run,
                    task,
                    initial_state,
                    run,
                    d_output,
                    dstate,
                    params,
                    weights,
                    raw_gradient,
                    gradient,
                    change,
                )
                weights = weights + change
                before = WindowStates(initial_state, run, window.start)

    def _order(self, windows: int, epoch: int) -> list[int]:
        if self.settings.shuffle is None:
            return list(range(windows))
        order: list[int] = np.random.RandomState([self.settings.shuffle, epoch]).permutation(windows).tolist()
        return order

    def _state_before(
        self, window: BackwardWindow, epoch: int, before: "WindowStates", params: Params
    ) -> Array:
        """The state from which the window starts, (P, B, S).

        In an episode, the steps before the window are run forward with the current weights.
        """
        if self.stream.episodic:
            if window.start == 0:
                return np.zeros_like(before.initial_state)
            ahead = self._task(self.stream.read(0, window.start, epoch), window)
            run = forward(ahead, params, np.zeros_like(before.initial_state), with_losses=False)
            return run.state_after(-1)
        return before.last if self.settings.shuffle is not None else before.at(window.start)

    def _task(self, segment: Segment, window: BackwardWindow) -> Task:
        """The task of a window: each loss that counts has the factor 1/n of a mean, (T, P or 1, B)."""
        counts, without_loss = segment.counts, window.newest_from - window.start
        if without_loss:
            counts = counts.copy()
            counts[:without_loss] = False
        n = (
            counts.sum(axis=(0, 2), keepdims=True)
            if self.settings.divisor is None
            else self.stream.batch_size * self.settings.divisor
        )
        factors = counts / np.maximum(n, 1)
        return Task(self.cell, self.stream.loss, segment.inputs, segment.targets, factors)


@dataclass(frozen=True)
class WindowStates:
    """The state before a window, and those of its run from ``first_step`` on, if it has one."""

    initial_state: Array
    run: Forward | None = None
    first_step: int = 0

    @property
    def last(self) -> Array:
        """The state after the last step."""
        return self.run.state_after(-1) if self.run else self.initial_state

    def at(self, step: int) -> Array:
        """The state before ``step``."""
        if not self.run or step == self.first_step:
            return self.initial_state
        return self.run.state_after(step - self.first_step - 1)
