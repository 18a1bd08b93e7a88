"""What lesson 9 says, by training hello and other texts once more with a loop of its own."""

from dataclasses import dataclass, field

import numpy as np

from tests.lessons.answers import Answers, Claim

norm = np.linalg.norm


@dataclass
class Loop:
    """Truncated backpropagation of a tanh network by plain gradient descent, one pass."""

    states: dict = field(default_factory=dict)
    losses: dict = field(default_factory=dict)
    weights: list = field(default_factory=list)
    gradients: list = field(default_factory=list)
    zero_terms: int = 0


def first_weights(D: int, H: int = 8, gain: float = 1.0, seed: int = 0):
    """Of an rnn as the maths of the project draws them; D symbols come in and go out."""
    draw = np.random.RandomState(seed).standard_normal
    W = {"Wx": 0.5 * draw((D, H)), "Wh": draw((H, H)), "b": np.zeros(H)}
    W |= {"Wy": draw((H, D)) / np.sqrt(H), "by": np.zeros(D)}
    W["Wh"] *= gain / np.abs(np.linalg.eigvals(W["Wh"])).max()
    return W


def train(text, k, lr, order=None, carried=True, W=None) -> Loop:
    vocabulary = list(dict.fromkeys(text))
    tokens = [vocabulary.index(s) for s in text]
    L, x = len(text) - 1, np.eye(len(vocabulary))
    W = W or first_weights(len(vocabulary))
    loop, state = Loop(), np.zeros(len(W["b"]))
    for block in order or range(-(-L // k)):
        start = state if carried else 0 * state
        hs, es, steps = [start], [], range(block * k, min(block * k + k, L))
        for t in steps:
            hs.append(np.tanh(hs[-1] @ W["Wh"] + x[tokens[t]] @ W["Wx"] + W["b"]))
            p = np.exp(hs[-1] @ W["Wy"] + W["by"])
            p /= p.sum()
            loop.losses[t] = -np.log(p[tokens[t + 1]])
            es.append((p - x[tokens[t + 1]]) / len(steps))
        d, r = {name: 0 * w for name, w in W.items()}, 0 * state
        for i in reversed(range(len(steps))):
            da = (es[i] @ W["Wy"].T + r) * (1 - hs[i + 1] ** 2)
            loop.zero_terms += not np.outer(hs[i], da).any()
            d["Wh"] = d["Wh"] + np.outer(hs[i], da)
            d["Wx"] = d["Wx"] + np.outer(x[tokens[steps[i]]], da)
            d["b"] = d["b"] + da
            d["Wy"] = d["Wy"] + np.outer(hs[i + 1], es[i])
            d["by"] = d["by"] + es[i]
            r = da @ W["Wh"].T
        loop.states |= dict(zip(steps, hs[1:], strict=True))
        loop.weights.append(W)
        loop.gradients.append(d)
        W = {name: w - lr * d[name] for name, w in W.items()}
        state = hs[-1]
    loop.weights.append(W)
    return loop


def moment_1(a: Answers, b: Answers | None) -> Claim:
    one, two = a.film["frames"]
    return Claim(values={"difference": np.abs(one["h"][-1] - two["h_in"]).max()})


def moment_2(a: Answers, b: Answers | None) -> Claim:
    loop = train("hello", 2, 0.5)
    before, gradient, after = loop.weights[0]["Wh"], loop.gradients[0]["Wh"], loop.weights[1]["Wh"]
    at = np.unravel_index(np.abs(gradient).argmax(), gradient.shape)
    one, slope, other = (float(f"{number[at]:.4f}") for number in (before, gradient, after))
    assert round(one - 0.5 * slope, 4) == other, "the sum comes out in the digits shown"
    values = {"before": f"{one:.4f}", "gradient": f"{slope:.4f}", "after": f"−{-other:.4f}", "lr": 0.5}
    return Claim(values=values)


def moment_3(a: Answers, b: Answers | None) -> Claim:
    moving, still = train("hello", 2, 0.5), train("hello", 2, 0)
    drift = [np.abs(moving.states[t] - still.states[t]).max() for t in range(4)]
    right = [f"t = {t}" for t in range(4) if drift[t] == 0]
    assert len(right) == 2
    return Claim(right=right, numbers=[8, 0], values={"drift": max(drift)})


def moment_4(a: Answers, b: Answers | None) -> Claim:
    carried = train("hello", 2, 0.5).zero_terms
    zeros = train("hello", 2, 0.5, carried=False).zero_terms
    return Claim(right=[str(zeros)], numbers=[0], values={"carried": carried, "zeros": zeros})


def moment_5(a: Answers, b: Answers | None) -> Claim:
    assert b
    text, order = "hello world", [int(one) for one in b.film["order"]]
    assert order != sorted(order)
    straight, mixed = train(text, 2, 0), train(text, 2, 0, order)
    moved = max(np.abs(straight.states[t] - mixed.states[t]).max() for t in range(10))
    ordered, shuffled = (np.mean(list(loop.losses.values())) for loop in (straight, mixed))
    return Claim(
        right=["yes"], numbers=[0], values={"moved": moved, "ordered": ordered, "shuffled": shuffled}
    )


def moment_6(a: Answers, b: Answers | None) -> Claim:
    steps, minutes = 20, 5
    assert len(a.film["tokens"]) == steps
    assert not any(frame["carried_difference"] for frame in a.film["frames"][1:])
    return Claim(numbers=[5, 1], values={"minute": steps // minutes, "updates": minutes})


def moment_7(a: Answers, b: Answers | None) -> Claim:
    assert b
    W, first = b.bptt["weights"], a.film["frames"][0]
    e = first["p"][0] - (np.array(a.film["vocabulary"]) == a.film["targets"][0])
    by_block, by_all = norm(e @ W["Wy"].T / 2), norm(e @ W["Wy"].T / 4)
    assert np.isclose(by_all, norm(b.bptt["truncated"]["dh_output"][0]), rtol=1e-9)
    ratio = round(by_block / by_all)
    return Claim(right=[str(ratio)], numbers=[0], values={"k": 2, "T": 4, "ratio": ratio})
