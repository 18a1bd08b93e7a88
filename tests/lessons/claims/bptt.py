"""What lesson 6 says, worked out from weights and states by the formulas of backpropagation."""

import numpy as np

from tests.lessons.answers import Answers, Claim

norm = np.linalg.norm


def errors(a: Answers):
    """p_t - onehot(target_t), divided by the number of steps: the gradient at every output."""
    found = a.bptt["forward"]["p"].copy()
    for t, target in enumerate(a.bptt["targets"]):
        found[t, a.bptt["vocabulary"].index(target)] -= 1
    return found / len(found)


def backward(a: Answers, e):
    """What reaches every state from its output and from the future, and what goes on to W, for tanh."""
    W, h = a.bptt["weights"], a.bptt["forward"]["h"]
    out, fut, da = e @ W["Wy"].T, np.zeros_like(h), np.zeros_like(h)
    for t in reversed(range(len(h))):
        da[t] = (out[t] + fut[t]) * (1 - h[t] ** 2)
        if t:
            fut[t - 1] = da[t] @ W["Wh"].T
    return out, fut, da


def terms(a: Answers, e):
    """What every step adds to dWh: the state before it times its da."""
    before = np.vstack([np.zeros_like(a.bptt["forward"]["h0"]), a.bptt["forward"]["h"][:-1]])
    _, _, da = backward(a, e)
    return [np.outer(h, d) for h, d in zip(before, da, strict=True)]


def moment_1(a: Answers, b: Answers | None) -> Claim:
    out, fut, _ = backward(a, errors(a))
    assert not fut[3].any()
    return Claim(right=["none"], numbers=[0, 3], values={"out": norm(out[3])})


def moment_2(a: Answers, b: Answers | None) -> Claim:
    out, fut, _ = (part[2] for part in backward(a, errors(a)))
    lengths, together = norm(out) + norm(fut), norm(out + fut)
    angle = np.degrees(np.arccos(out @ fut / norm(out) / norm(fut)))
    assert max(norm(out), norm(fut)) < together < lengths
    values = {"sum": together, "longer": max(norm(out), norm(fut)), "angle": round(angle), "lengths": lengths}
    return Claim(right=["yes"], values=values)


def moment_3(a: Answers, b: Answers | None) -> Claim:
    x, target, (Wx, Wh, Wy) = (1.0, 2.0), (1.0, 2.0), (0.5, 0.1, 2.0)
    h0 = np.tanh(x[0] * Wx)
    h1 = np.tanh(h0 * Wh + x[1] * Wx)
    da = (h1 * Wy - target[1]) * Wy * (1 - h1**2)
    out, fut = (h0 * Wy - target[0]) * Wy, da * Wh
    values = {"out": out, "fut": fut, "sum": out + fut, "da": da, "weight": Wh}
    return Claim(values=values)


def moment_4(a: Answers, b: Answers | None) -> Claim:
    idle = [t for t, term in enumerate(terms(a, errors(a))) if not term.any()]
    return Claim(right=[f"t = {t}" for t in idle], numbers=[0])


def moment_5(a: Answers, b: Answers | None) -> Claim:
    only = errors(a)
    only[[0, 1, 3]] = 0
    of_wh = terms(a, only)
    of_wy = [np.outer(h, e) for h, e in zip(a.bptt["forward"]["h"], only, strict=True)]
    used = [t for t, term in enumerate(of_wh) if term.any()]
    assert used == [1, 2]
    return Claim(
        right=[str(sum(term.any() for term in of_wy))], numbers=[0, 2], values={"steps": used[-1] + 1}
    )


def moment_6(a: Answers, b: Answers | None) -> Claim:
    w = 0.2
    together = w - 3 * w**2 * 0.9
    overwritten, upstream = w, 1.0
    for inner in (w**2 * 0.9, w * 0.9, 0.9):  # h3 = w·h2, h2 = w·h1, h1 = w·0.9, the last use first
        overwritten -= upstream * inner
        upstream *= overwritten
    return Claim(numbers=[together, overwritten], values={"terms": len(a.bptt["tokens"])})
