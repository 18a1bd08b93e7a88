"""The kernel against PyTorch, and against itself at another length."""

import gzip

import numpy as np
import pytest
from starlette.testclient import TestClient

from app.bptt import sequences, weights
from app.bptt.backward_pass import (
    backward_per_loss,
    gradient_from_output,
    output_gradient,
    parameter_gradients,
)
from app.bptt.cells import Elman
from app.bptt.forward_pass import Task, forward
from app.bptt.losses import LOSSES, loss_factors
from app.bptt.truncation import SCHEMES, Full
from app.main import create_app

TEXT = "the quick brown fox jumps over the lazy dog "
SAMPLED = range(5, 200, 10)  # losses as far from the start, on average, as all 200


def network(T: int, H: int):
    sequence = sequences.make_sequence(list(TEXT), [], T)
    x, wanted = sequence.rows(sequence.tokens), sequence.rows(sequence.targets)
    V = x.shape[1]
    task = Task(Elman(), LOSSES["cross_entropy"], x, wanted, loss_factors(T, "every", "mean"))
    return task, weights.initial(task.cell, V, H, V, 1.0, 0)


def everything(task, params, schemes):
    """Forward, the whole credit matrix, exact and truncated gradients."""
    ahead = forward(task, params)
    e = output_gradient(task, ahead)
    kept = [scheme.weights_table(len(task.x)) for scheme in schemes]
    kept = np.stack(kept) if len(kept) > 1 else kept[0][None]
    J = task.cell.jacobians(params["Wh"], ahead.residuals)
    back = backward_per_loss(J, gradient_from_output(task, params, e), kept, task.factors != 0)
    return back.credit if len(kept) > 1 else back, parameter_gradients(task, params, ahead, e, back.dh)


def test_all_gradients_and_the_credit_matrix_against_pytorch(report, in_turn):
    what = "all gradients + full credit matrix, T=200, H=32 / PyTorch"
    torch = pytest.importorskip("torch", reason="torch is not installed") if has_torch() else None
    if torch is None:
        report(f"{what} single", "torch is not installed", "<= 0.35")
        report(f"{what} all pairs, from every 10th", "torch is not installed", "<= 0.02")
        return
    torch.set_num_threads(1)
    task, params = network(200, 32)
    x, wanted = torch.tensor(task.x), torch.tensor(task.target.argmax(1))

    def losses():
        p = {name: torch.tensor(W, requires_grad=True) for name, W in params.items()}
        h, found, states = torch.zeros(1, 32, dtype=torch.float64), [], []
        for t in range(200):
            h = torch.tanh(h @ p["Wh"] + x[t : t + 1] @ p["Wx"] + p["b"])
            states.append(h)
            found.append(torch.nn.functional.cross_entropy(h @ p["Wy"] + p["by"], wanted[t : t + 1]))
        return found, states

    def single():
        found, _ = losses()
        (sum(found) / 200).backward()

    def all_pairs():
        found, states = losses()
        for s in SAMPLED:  # one loss in ten; multiplied below
            torch.autograd.grad(found[s], states[: s + 1], retain_graph=True)

    ours, theirs, pairs, ahead = in_turn(
        lambda: everything(task, params, [Full(), SCHEMES["blocks"](10)]), single, all_pairs, losses, rounds=9
    )
    every_pair = ahead + 10 * (pairs - ahead)
    report(f"{what} single", f"{ours / theirs:.2f}", "<= 0.35")
    report(f"{what} all pairs, from every 10th", f"{ours / every_pair:.3f}", "<= 0.02")


def has_torch() -> bool:
    try:
        import torch  # noqa: F401
    except ImportError:
        return False
    return True


def test_blocks_grow_in_proportion_to_the_length(report, in_turn):
    def work(T: int):
        task, params = network(T, 32)
        return lambda: everything(task, params, [SCHEMES["blocks"](10)])

    def back_alone(T: int):
        task, params = network(T, 32)
        ahead = forward(task, params)
        J = task.cell.jacobians(params["Wh"], ahead.residuals)
        dh_output = gradient_from_output(task, params, output_gradient(task, ahead))
        kept = SCHEMES["blocks"](10).weights_table(T)[None]
        return lambda: backward_per_loss(J, dh_output, kept, task.factors != 0)

    short, long, short_back, long_back = in_turn(work(200), work(1000), back_alone(200), back_alone(1000))
    report("blocks(10): T=1000 / T=200, H=32, forward to gradients", f"{long / short:.1f}", "<= 6")
    report("blocks(10): T=1000 / T=200, H=32, the sweep alone", f"{long_back / short_back:.1f}", "<= 6")


def test_the_answer_on_the_wire(report):
    asked = {"text": TEXT * 2, "steps": 50, "hidden": 16, "k": 10}
    response = TestClient(create_app()).get("/api/bptt", params=asked)
    sent = int(response.headers["content-length"])
    coding = response.headers.get("content-encoding", "not compressed")
    report("answer, T=50, H=16, as sent", f"{sent / 1000:.0f} kB, {coding}", "<= 50 kB")
    gzipped = len(gzip.compress(response.content))
    report("answer, T=50, H=16, if gzipped", f"{gzipped / 1000:.0f} kB", "<= 50 kB")
