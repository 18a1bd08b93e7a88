"""What overlooking a convention of a framework would cost for one file: errors of states and gradients."""

from typing import Any

import numpy as np

from ...bptt.arrays import Array
from ...bptt.backward_pass import backward, output_gradient
from ...bptt.cells import Cell, cell_type
from ...bptt.cells.rnn import Elman
from ...bptt.forward_pass import Task, forward
from ...bptt.losses import LOSSES, loss_factors
from ...interchange.misreadings import misread
from ...interchange.network import Network, Recurrent
from ...interchange.recognition import Recognized, with_one_hot_inputs

STEPS = 24


def costs(recognized: Recognized) -> list[dict[str, Any]]:
    """The errors under every convention that could be overlooked, with the fields of ``Misreading``."""
    network, embedding = recognized.network, recognized.embedding
    with np.errstate(all="ignore"):
        states, gradients = _run(network, network.recurrent)
        found = []
        for what, layer in misread(recognized.layout, recognized.arrays).items():
            wrong = layer if embedding is None else with_one_hot_inputs(layer, embedding)
            wrong_states, wrong_gradients = _run(network, wrong)
            off = np.linalg.norm(wrong_gradients - gradients) / np.linalg.norm(gradients)
            found.append(
                {"what": what, "states": float(np.abs(wrong_states - states).max()), "gradients": float(off)}
            )
        return found


def _run(network: Network, layer: Recurrent) -> tuple[Array, Array]:
    """Hidden states and their gradients, (T, H) each, over symbols that are drawn by lot."""
    rows = np.eye(len(layer.Wx))
    tokens = np.random.default_rng(0).integers(len(rows), size=STEPS + 1)
    factors = loss_factors(STEPS, "every", "mean")
    task = Task(_cell(network, layer), LOSSES["cross_entropy"], rows[tokens[:-1]], rows[tokens[1:]], factors)
    inside = {} if layer.bh is None else {"bh": layer.bh}
    W = {"Wx": layer.Wx, "Wh": layer.Wh, "b": layer.b, **inside, "Wy": network.Wy, "by": network.by}
    run = forward(task, W)
    dstate, _ = backward(task, W, run, output_gradient(task, run))
    return run.h, dstate[:, 0]


def _cell(network: Network, layer: Recurrent) -> Cell:
    if layer.cell == "rnn":
        return Elman(network.activation)
    return cell_type(layer.cell, layer.reset or "before")()
