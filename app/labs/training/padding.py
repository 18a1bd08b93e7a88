"""A forgotten mask: the loss and gradient of padded lanes, and what is learned, with the padding counted."""

from collections.abc import Iterator
from itertools import islice
from typing import Any, Literal

import numpy as np

from ...bptt.arrays import Array, norm
from ...bptt.forward_pass import Task, forward
from ...bptt.metrics import similarity
from ...bptt.optimizers import Sgd
from ...bptt.tasks import Text
from ...bptt.training import Trainer, Update
from ...bptt.weights import unflatten
from ..sensitivity import TWINS
from .cost_model import MAX_SECONDS, plan, seconds_of
from .loss_after import loss_after
from .params import TrainingParams
from .setup import lab_itself, setup

Padding = Literal["masked", "counted"]
PADDINGS: tuple[Padding, Padding] = ("masked", "counted")


class ForgottenMask:
    """The lab's own run on lanes of unequal length, with the losses of the padding masked and counted."""

    def __init__(self, params: TrainingParams) -> None:
        self.params, self.updates = params, plan(params, lab_itself(params)).updates
        self.of = {name: params.model_copy(update={"padding": name}) for name in PADDINGS}
        self.rows: dict[Padding, Array] = {}
        self.made = 0
        self.seconds = len(PADDINGS) * seconds_of(params, params.lanes, self.updates)
        self.planned = PADDINGS if self.seconds <= MAX_SECONDS else ()
        if not self.planned:
            self.seconds = 0.0

    def events(self) -> Iterator[None]:
        """Train both; yield wherever the work may be stopped."""
        for name in self.planned:
            params, ready = self.of[name], setup(self.of[name], twins=TWINS)
            trainer = ready.trainer(lab_itself(params))
            row = ready.first_weights(trainer)
            for update in islice(trainer.updates(row, params.hidden, ready.optimizer()), self.updates):
                row = update.new_weights
                self.made += 1
                yield None
            self.rows[name] = row

    @property
    def progress(self) -> float:
        """The share of the updates that is done."""
        return self.made / (len(PADDINGS) * self.updates)

    @property
    def result(self) -> dict[str, Any]:
        """The result as far as it is computed."""
        series, text = self.params.series, setup(self.params, seeds=1).stream
        assert isinstance(text, Text)
        return {
            "lengths": series.lane_lengths,
            "symbol": text.sequence.vocabulary[0],
            "blocks": self._blocks(),
            "runs": [self._run(name, row) for name, row in self.rows.items()],
        }

    def _blocks(self) -> list[dict[str, Any]]:
        """Every block at the initial weights of the first seed, counted in both ways."""
        inside = self.params.series.inside()
        both = zip(*(self._first_epoch(params) for params in self.of.values()), strict=True)
        blocks = []
        for masked, counted in both:
            window = slice(masked.window.start, masked.window.stop)
            right, wrong = masked.raw_gradient[0], counted.raw_gradient[0]
            like = similarity(wrong, right)
            blocks.append(
                {
                    "start": window.start,
                    "stop": window.stop,
                    "padded": int((~inside[window]).sum()),
                    "steps": inside[window].size,
                    "masked": _counted(masked),
                    "counted": _counted(counted),
                    "cosine": like.cosine,
                    "relative_error": like.relative_error,
                }
            )
        return blocks

    def _first_epoch(self, params: TrainingParams) -> list[Update]:
        """The blocks of an epoch in order of time, without an update between them."""
        ready = setup(params, seeds=1)
        one = lab_itself(params.model_copy(update={"shuffle": "0"}))
        trainer = ready.trainer(one)
        updates = trainer.updates(ready.first_weights(trainer), params.hidden, Sgd(0.0))
        return list(islice(updates, params.series.iterations))

    def _run(self, name: Padding, row: Array) -> dict[str, Any]:
        """The final losses of a run over its lanes, as it counts them and without padding."""
        ready = setup(self.of[name], twins=TWINS)
        trainer = ready.trainer(lab_itself(self.of[name]))
        losses, inside = _over_lanes(trainer, row, self.params.hidden), self.params.series.inside()
        real = losses.swapaxes(0, 1)[:, inside].mean(axis=-1)
        reported = real if name == "masked" else losses.mean(axis=(0, 2))
        spread = {"reported": reported, "real": real}
        S = len(ready.seeds)
        return {"padding": name} | {
            kind: loss_after(each, row, S, self.updates) for kind, each in spread.items()
        }


def _counted(update: Update) -> dict[str, Any]:
    losses = update.task.loss.value(update.run.outputs, update.task.target)
    return {"loss": (update.task.factors * losses)[:, 0].sum(), "norm": norm(update.raw_gradient)[0]}


def _over_lanes(trainer: Trainer, row: Array, H: int) -> Array:
    """The losses of all steps of all lanes, each begun with zeros, (length, P, N), for weights (P, n)."""
    stream = trainer.stream
    segment = stream.read(0, stream.length, 0)
    task = Task(trainer.cell, stream.loss, segment.inputs, segment.targets, np.ones(segment.counts.shape))
    with np.errstate(all="ignore"):
        return forward(task, unflatten(row, trainer.shapes(H))).losses
