"""What lesson 1 says, by the chain rule of probability and by moving a value a little."""

from itertools import pairwise

import numpy as np

from tests.lessons.answers import Answers, Claim

H = 3


def chances(a: Answers, text: str):
    """The probability of every next letter, the network run by hand from the weights of the link."""
    W = [float(one) for one in a.query.split("weights=")[1].split("&")[0].split("%2C")]
    Wx, W = np.reshape(W[:12], (4, H)), W[12:]
    Wh, b, W = np.reshape(W[:9], (H, H)), np.array(W[9:12]), W[12:]
    Wy, by = np.reshape(W[:12], (H, 4)), np.array(W[12:])
    h, found = np.zeros(H), []
    for letter, target in pairwise(text):
        h = np.tanh(h @ Wh + Wx["helo".index(letter)] + b)
        scores = np.exp(h @ Wy + by)
        found.append(scores["helo".index(target)] / scores.sum())
    return found


def moment_1(a: Answers, b: Answers | None) -> Claim:
    P, other = np.prod(chances(a, "hello")), np.prod(chances(b, "helol"))
    assert other < P
    return Claim(right=["first"], values={"P": P, "other": other})


def moment_2(a: Answers, b: Answers | None) -> Claim:
    factors = chances(a, "hello")
    assert abs(a.bptt["forward"]["total_loss"] + np.log(np.prod(factors))) < 1e-12
    return Claim(values={"P": np.prod(factors), "sum": -np.log(factors).sum()})


def moment_3(a: Answers, b: Answers | None) -> Claim:
    seen = {name: value for name, value in a.graph["value"].items() if name.startswith("x.")}
    weights = [a.graph["value"][f"w.{i}"] for i in (1, 2)]
    by_hand = weights[0] * seen["x.4"] + weights[1] * seen["x.3"]
    assert abs(by_hand - a.graph["value"][a.graph["output"]]) < 1e-12
    return Claim(right=["still"], numbers=[8], values={"grad": 0, "n": len(seen), "tau": len(weights)})


def moment_4(a: Answers, b: Answers | None) -> Claim:
    value = a.graph["value"]

    def prediction(first: float) -> float:
        h = 0.0
        for x in (first, *(value[f"x.{t}"] for t in range(1, 5))):
            h = np.tanh(value["w"] * h + value["u"] * x)
        return value["v"] * h

    grad = (prediction(value["x.0"] + 1e-5) - prediction(value["x.0"] - 1e-5)) / 2e-5
    assert abs(grad) > 1e-6
    return Claim(right=["yes"], numbers=[0], values={"grad": grad})


def moment_5(a: Answers, b: Answers | None) -> Claim:
    h, p, other = a.bptt["forward"]["h"], a.bptt["forward"]["p"], b.bptt["forward"]["h"]
    assert (h[2] == h[3]).all()
    assert (p[2] == p[3]).all()
    assert len({tuple(state) for state in h}) == 3
    least = min(-np.log(q) - np.log(1 - q) for q in np.linspace(0.001, 0.999, 999))
    values = {"same": 0, "least": least, "apart": np.linalg.norm(other[2] - other[3])}
    return Claim(right=["h₂, h₃"], numbers=[0, 2], values=values)
