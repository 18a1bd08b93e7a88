"""The schedule of truncated BPTT on a text, block by block: one pass, lane 1, the first seed's weights."""

import math
from itertools import islice
from typing import Any, cast

import numpy as np

from ...bptt.arrays import Array, norm
from ...bptt.cells import at_step
from ...bptt.losses import softmax
from ...bptt.optimizers import Sgd
from ...bptt.tasks import Text
from ...bptt.training import Update
from ...bptt.weights import unflatten
from ..parameters import Unfit
from .cost_model import affordable, seconds_of
from .params import TrainingParams
from .schedule import passes, schedule
from .setup import lab_itself, sequence_of_text, setup

FRAMES = 12  # in one answer
MANY = 4096  # numbers of Wh beyond which only some rows and columns are given


def run(params: TrainingParams, number: int = 1, first: int = 0) -> dict[str, Any]:
    """Up to 12 frames of pass ``number`` from block ``first`` on, and what every block of the pass did.

    Raises:
        Unfit: there is no text to be filmed, or no such pass.

    """
    if params.task != "text":
        raise Unfit("task", "no_film", "text", params.task)
    most = min(passes(params), max(1, affordable(params) // params.series.iterations))
    if number > most:
        raise Unfit("pass", "no_such_pass", most, number)
    sequence = sequence_of_text(params)
    with np.errstate(all="ignore"):
        return {
            "params": params.resolved(),
            "schedule": schedule(params),
            "vocabulary": sequence.vocabulary,
            "tokens": sequence.tokens,
            "targets": sequence.targets,
            "pass": number,
            "passes": most,
            **_Camera(params).shoot(number, first),
        }


def seconds(params: TrainingParams, number: int) -> float:
    """About how long the film of pass ``number`` takes on one core."""
    return seconds_of(params, params.lanes, number * params.series.iterations, seeds=1)


class _Camera:
    """Runs the training up to the pass, and records it."""

    def __init__(self, params: TrainingParams) -> None:
        self.params, self.H = params, params.hidden
        self.ready = setup(params, seeds=1)
        self.trainer = self.ready.trainer(lab_itself(params))
        self.text = cast(Text, self.trainer.stream)
        self.blocks = len(self.trainer.backward_windows())
        self.every = max(1, math.ceil(math.sqrt(math.prod(self.trainer.shapes(self.H)["Wh"]) / MANY)))
        self.ends: dict[int, Array] = {}  # the state at the end of every block, when it was last run

    def shoot(self, number: int, first: int) -> dict[str, Any]:
        row, state, before = self.ready.first_weights(self.trainer), None, -1
        updates = self.trainer.updates(row, self.H, self.ready.optimizer())
        for update in islice(updates, (number - 1) * self.blocks):
            row, before = update.new_weights, update.window_index
            self.ends[before] = state = update.run.states[-1]
        first = min(first, self.blocks - 1)
        kept_on = self.params.reset == "never"
        ghosts = self.trainer.updates(row, self.H, Sgd(0.0), state if kept_on else None, number - 1)
        if not kept_on:
            before = -1
        ghosts = islice(ghosts, first, None)
        order, losses, changes = [], [], []
        frames: list[dict[str, Any]] = []
        for update in islice(updates, self.blocks):
            loss = self._loss(update)
            order.append(update.window_index)
            losses.append(loss.mean())
            changes.append(norm(update.change)[0])
            if first <= update.position < first + FRAMES:
                frames.append(self._frame(update, next(ghosts), before, loss))
                row = update.new_weights
            before = update.window_index
            self.ends[before] = update.run.states[-1]
        last = frames[-1]["W"]["number"] + 1
        return {
            "from": first,
            "order": order,
            "losses": losses,
            "changes": changes,
            "every": self.every,
            "first_update": (number - 1) * self.blocks,
            "frames": frames,
            "after": {"number": last, "Wh": self._some(self._views(row)["Wh"][0])},
        }

    def _frame(self, update: Update, ghost: Update, before: int, loss: Array) -> dict[str, Any]:
        H, window, run = self.H, update.window, update.run
        start = int(self.text.lanes.positions(window.start, window.start + 1, update.epoch)[0, 0])
        h, pale = run.h[:, 0, 0], ghost.run.h[:, 0, 0]
        from_output, total = update.from_output[:, 0, 0, :H], update.dstate[:, 0, 0, :H]
        return {
            "frame": update.position,
            "block": update.window_index,
            "start": start,
            "stop": start + len(window),
            **self._entered(update, before),
            "h_in": update.initial_state[0, 0, :H],
            "h": h,
            "ghost": pale,
            "drift": np.abs(h - pale).max(axis=-1),
            "p": softmax(run.outputs[:, 0, 0]),
            "loss": loss[:, 0, 0],
            "loss_mean": loss.mean(),
            "from_output": norm(from_output),
            "from_future": norm(total - from_output),
            "dh": norm(total),
            "handed_out": self._handed_out(update),
            "W": {"number": update.number - 1, "Wh": self._some(update.params["Wh"][0])},
            "update": self._update(update),
        }

    def _entered(self, update: Update, before: int) -> dict[str, Any]:
        """Where the state came from, and how far it is from the one that belongs there."""
        arriving = update.initial_state[0, 0]
        if not self.trainer.settings.carried or before < 0:
            return {"state": "zeros", "came_from": None, "gap": None, "carried_difference": None}
        left, runs_on = self.ends[before][0, 0], self.params.reset == "never"
        came = {"came_from": before, "carried_difference": np.abs(arriving - left).max()}
        if update.window_index == (0 if runs_on and before + 1 == self.blocks else before + 1):
            return {"state": "carried", "gap": None} | came
        belongs = self.ends.get(update.window_index - 1)
        if update.window_index == 0:
            belongs = (
                self.ends.get(self.blocks - 1)
                if runs_on and update.epoch
                else np.zeros_like(update.initial_state)
            )
        gap = None if belongs is None else norm(arriving - belongs[0, 0])
        return {"state": "wrong", "gap": gap} | came

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
            "dWh": self._some(change),
            "largest": {
                "row": int(i),
                "column": int(j),
                "before": before[i, j],
                "gradient": gradient[i, j],
                "change": change[i, j],
                "after": after[i, j],
            },
        }

    def _handed_out(self, update: Update) -> Array:
        """What the first step would hand to the block before, if nothing were cut."""
        cell, Wh, first = self.trainer.cell, update.params["Wh"], at_step(update.run.residuals, 0)
        da = cell.vjp_preactivation(Wh, first, update.dstate[0])
        return norm(cell.vjp_state(Wh, first, update.dstate[0], da)[0, 0, : self.H])

    def _loss(self, update: Update) -> Array:
        return update.task.loss.value(update.run.outputs, update.task.target)

    def _some(self, matrix: Array) -> Array:
        """Of a large matrix as much as can be seen in a small picture."""
        return matrix[:: self.every, :: self.every]

    def _views(self, row: Array) -> dict[str, Array]:
        return unflatten(row, self.trainer.shapes(self.H))
