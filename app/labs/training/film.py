"""Film: one pass of truncated BPTT over a text, block by block, for lane 1 and the first seed."""

import math
from itertools import islice
from typing import Any, cast

import numpy as np

from ...bptt.arrays import Array, norm
from ...bptt.backward_pass import hidden_gradient_from_output
from ...bptt.cells import at_step
from ...bptt.losses import softmax
from ...bptt.optimizers import Sgd
from ...bptt.tasks import Text
from ...bptt.training import Update
from ...bptt.weights import unflatten
from ..parameters import IncompatibleParameters
from ..sensitivity import difference, is_sensitive
from .cost_model import affordable, seconds_of
from .params import TrainingParams
from .schedule import passes, schedule
from .setup import lab_itself, sequence_of_text, setup

FRAMES = 12  # in one result
MAX_NUMBERS = 4096  # of Wh; above, the result has every second, third … row and column


def run(params: TrainingParams, number: int = 1, first: int = 0) -> dict[str, Any]:
    """Up to 12 frames of pass ``number`` from block ``first`` on, and the losses of all blocks.

    Raises:
        IncompatibleParameters: the task has no text, or the run has no such pass.

    """
    if params.task != "text":
        raise IncompatibleParameters("task", "no_film", "text", params.task)
    last = min(passes(params), max(1, affordable(params) // params.series.iterations))
    if number > last:
        raise IncompatibleParameters("pass", "no_such_pass", last, number)
    sequence = sequence_of_text(params)
    with np.errstate(all="ignore"):
        return {
            "params": params.resolved(),
            "schedule": schedule(params),
            "vocabulary": sequence.vocabulary,
            "tokens": sequence.tokens,
            "targets": sequence.targets,
            "pass": number,
            "passes": last,
            **_Recorder(params).record(number, first),
        }


def seconds(params: TrainingParams, number: int) -> float:
    """About how long the film of pass ``number`` takes on one core."""
    return seconds_of(params, params.lanes, number * params.series.iterations, seeds=1)


class _Recorder:
    """Runs the training up to the pass, and records the pass."""

    def __init__(self, params: TrainingParams) -> None:
        self.params, self.H = params, params.hidden
        self.ready = setup(params, seeds=1, twins=1)
        self.trainer = self.ready.trainer(lab_itself(params))
        self.text = cast(Text, self.trainer.stream)
        self.blocks = len(self.trainer.backward_windows())
        self.every = max(1, math.ceil(math.sqrt(math.prod(self.trainer.shapes(self.H)["Wh"]) / MAX_NUMBERS)))
        self.ends: dict[int, Array] = {}  # by block: the state after its last run

    def record(self, number: int, first: int) -> dict[str, Any]:
        row, state, before = self.ready.first_weights(self.trainer), None, -1
        updates = self.trainer.updates(row, self.H, self.ready.optimizer())
        for update in islice(updates, (number - 1) * self.blocks):
            row, before = update.new_weights, update.window_index
            self.ends[before] = state = update.run.state_after(-1)
        first = min(first, self.blocks - 1)
        keeps_state = self.params.reset == "never"
        ghosts = self.trainer.updates(row, self.H, Sgd(0.0), state if keeps_state else None, number - 1)
        if not keeps_state:
            before = -1
        ghosts = islice(ghosts, first, None)
        order, losses, changes = [], [], []
        frames: list[dict[str, Any]] = []
        for update in islice(updates, self.blocks):
            loss = self._loss(update)
            order.append(update.window_index)
            losses.append(self._mean(update, loss))
            changes.append(norm(update.change)[0])
            if first <= update.position < first + FRAMES:
                frames.append(self._frame(update, next(ghosts), before, loss))
                row = update.new_weights
            before, final = update.window_index, update.new_weights
            self.ends[before] = update.run.state_after(-1)
        last = frames[-1]["W"]["number"] + 1
        return {
            "from": first,
            "order": order,
            "losses": losses,
            "changes": changes,
            "every": self.every,
            "first_update": (number - 1) * self.blocks,
            "frames": frames,
            "sensitive": is_sensitive(difference(final[:1], final[1:])),
            "after": {"number": last, "Wh": self._subset(self._views(row)["Wh"][0])},
        }

    def _frame(self, update: Update, ghost: Update, before: int, loss: Array) -> dict[str, Any]:
        H, window, run = self.H, update.window, update.run
        start = int(self.text.lanes.positions(window.start, window.start + 1, update.epoch)[0, 0])
        h, frozen = run.h[:, 0, 0], ghost.run.h[:, 0, 0]
        from_output = hidden_gradient_from_output(update.params, update.d_output)[:, 0, 0]
        total = update.dstate[:, 0, 0, 0]
        return {
            "frame": update.position,
            "block": update.window_index,
            "start": start,
            "stop": start + len(window),
            **self._entered(update, before),
            "h_in": update.initial_state[0, 0, :H],
            "h": h,
            "ghost": frozen,
            "drift": np.abs(h - frozen).max(axis=-1),
            "p": softmax(run.outputs[:, 0, 0]),
            "loss": loss[:, 0, 0],
            "loss_mean": self._mean(update, loss),
            "from_output": norm(from_output),
            "from_future": norm(total - from_output),
            "dh": norm(total),
            "handed_out": self._to_previous_block(update),
            "W": {"number": update.number - 1, "Wh": self._subset(update.params["Wh"][0])},
            "update": self._update(update),
        }

    def _entered(self, update: Update, before: int) -> dict[str, Any]:
        """Where the state that enters the block comes from, and how far it is from the expected state."""
        arriving = update.initial_state[0, 0]
        if not self.trainer.settings.carried or before < 0:
            return {"state": "zeros", "came_from": None, "gap": None, "carried_difference": None}
        left, never_reset = self.ends[before][0, 0], self.params.reset == "never"
        origin = {"came_from": before, "carried_difference": np.abs(arriving - left).max()}
        if update.window_index == (0 if never_reset and before + 1 == self.blocks else before + 1):
            return {"state": "carried", "gap": None} | origin
        expected = self.ends.get(update.window_index - 1)
        if update.window_index == 0:
            expected = (
                self.ends.get(self.blocks - 1)
                if never_reset and update.epoch
                else np.zeros_like(update.initial_state)
            )
        gap = None if expected is None else norm(arriving - expected[0, 0])
        return {"state": "wrong", "gap": gap} | origin

    def _update(self, update: Update) -> dict[str, Any]:
        change, gradient = (self._views(row)["Wh"][0] for row in (update.change, update.gradient))
        before, after = update.params["Wh"][0], self._views(update.new_weights)["Wh"][0]
        i, j = np.unravel_index(np.argmax(np.abs(change)), change.shape)
        raw, clipped = norm(update.raw_gradient)[0], norm(update.gradient)[0]
        return {
            "number": update.number,
            "norm": norm(update.change)[0],
            "gradient_norm": raw,
            "clip_rate": clipped / raw if clipped < raw else None,
            "dWh": self._subset(change),
            "largest": {
                "row": int(i),
                "column": int(j),
                "before": before[i, j],
                "gradient": gradient[i, j],
                "change": change[i, j],
                "after": after[i, j],
            },
        }

    def _to_previous_block(self, update: Update) -> Array:
        """Norm of the gradient that the first step would pass to the previous block without truncation."""
        cell, Wh, first = self.trainer.cell, update.params["Wh"], at_step(update.run.residuals, 0)
        _, before = cell.vjp(Wh, cell.factors(first), update.dstate[0])
        return norm(before[0, 0, 0])

    def _mean(self, update: Update, loss: Array) -> float:
        """The mean of the losses (n, P, N) of the first network, of padded lanes those that count."""
        of_network = loss[:, 0]
        if self.text.lanes.lengths:
            of_network = of_network[update.task.factors[:, 0] > 0]
        return float(of_network.mean())

    def _loss(self, update: Update) -> Array:
        return update.task.loss.value(update.run.outputs, update.task.target)

    def _subset(self, matrix: Array) -> Array:
        """Every ``every``-th row and column."""
        return matrix[:: self.every, :: self.every]

    def _views(self, row: Array) -> dict[str, Array]:
        return unflatten(row, self.trainer.shapes(self.H))
