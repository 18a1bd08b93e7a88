"""Small networks on small texts, and the kernel's own answer for them."""

from dataclasses import dataclass

import numpy as np

from app.bptt import sequences, weights
from app.bptt.arrays import RECURRENT, Array, Params
from app.bptt.cells import CELLS
from app.bptt.losses import LOSSES, loss_factors
from app.bptt.passes import (
    Backward,
    Forward,
    Gradients,
    Task,
    forward,
    from_output,
    output_gradient,
    parameter_gradients,
    sweep,
)
from app.bptt.truncation import SCHEMES, Scheme, build

TEXT = "the rain in spain"
PARAMETERS = {"k": 3, "k1": 2, "cut": 0.4, "cut_seed": 1, "activation": "tanh"}


def scheme(name: str, **changes: object) -> Scheme:
    return build(SCHEMES[name], PARAMETERS | changes)


def network(
    T: int = 7,
    H: int = 4,
    cell: str = "rnn",
    activation: str = "tanh",
    loss: str = "cross_entropy",
    at: str = "every",
    reduction: str = "mean",
    gain: float = 1.0,
    seed: int = 0,
    text: str = TEXT,
) -> tuple[Task, Params]:
    kind = build(CELLS[cell], PARAMETERS | {"activation": activation})
    sequence = sequences.next_symbol(sequences.graphemes(text), T)
    V = len(sequence.vocabulary)
    x, wanted = sequence.one_hot(sequence.tokens), sequence.one_hot(sequence.targets)
    params = weights.initial(kind, V, H, V, gain, seed)
    stream = np.random.RandomState(seed + 1)
    params |= {bias: 0.1 * stream.standard_normal(params[bias].shape) for bias in ("b", "by")}
    return Task(kind, LOSSES[loss], x, wanted, loss_factors(T, at, reduction)), params


@dataclass(frozen=True)
class Run:
    """One network run forward and back under several schemes at once."""

    task: Task
    params: Params
    forward: Forward
    e: Array
    J: Array
    backward: Backward
    gradients: Gradients

    def totals(self, i: int) -> Params:
        """The i-th scheme's gradient."""
        return {n: dW[i] if n in RECURRENT else dW for n, dW in self.gradients.totals.items()}


def run(task: Task, params: Params, *schemes: Scheme) -> Run:
    T = len(task.x)
    ahead = forward(task, params)
    e = output_gradient(task, ahead)
    J = task.cell.jacobians(params["Wh"], ahead.tape)
    kept = np.stack([s.kept(T) for s in schemes])
    back = sweep(J, from_output(task, params, e), kept, task.factors != 0)
    return Run(task, params, ahead, e, J, back, parameter_gradients(task, params, ahead, e, back.dh))


def total_loss(task: Task, params: Params) -> float:
    return float(task.factors @ forward(task, params).losses)
