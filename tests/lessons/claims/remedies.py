"""What lesson 12 says, out of clipping by hand, of gates, and of networks trained once more."""

import numpy as np

from tests.lessons.answers import Answers, Claim
from tests.lessons.claims.blocks import first_weights, train
from tests.lessons.claims.truncated import cosine, recurrent

norm = np.linalg.norm
FOX = "the quick brown fox jumps over lazy dogs!"


def moment_1(a: Answers, b: Answers | None) -> Claim:
    W = first_weights(len(dict.fromkeys(FOX)), 16, 3.0)
    gradient = train(FOX, 10, 0.1, W=W).gradients[0]
    length = np.sqrt(sum(norm(part.ravel()) ** 2 for part in gradient.values()))
    trimmed = gradient["Wh"].clip(-0.05, 0.05)
    values = {"limit": 0.05, "length": length, "rate": 0.05 / (length + 1e-6)}
    values["cosine"] = cosine(trimmed.ravel(), gradient["Wh"].ravel())
    return Claim(right=["norm"], values=values)


def sigmoid(b: float) -> float:
    return 1 / (1 + np.exp(-b))


def moment_2(a: Answers, b: Answers | None) -> Claim:
    dc, closed = a.bptt["truncated"]["dc"], a.bptt["weights"]["Wh"]
    assert np.isclose(dc[0, 0] / dc[19, 0], sigmoid(3) ** 19), "what the row of the lab says"
    assert not a.bptt["truncated"]["dh"][:19].any()
    values = {"bias": 3, "gate": sigmoid(3), "hops": 19, "kept": sigmoid(3) ** 19, "wh": abs(closed).max()}
    numbers = [1, 0, 3, 19, sigmoid(1) ** 19, sigmoid(0) ** 19, 2e-6, 0.003, 0.4]
    return Claim(right=["0.4"], numbers=numbers, values=values)


def left(a: Answers) -> float:
    """Of the last loss's gradient at the first step, of h and c together."""
    size = norm(
        [np.nan_to_num(a.bptt[name][-1]) for name in ("credit", "credit_c") if a.bptt.get(name) is not None],
        axis=0,
    )
    return size[0] / size[-1]


def moment_3(a: Answers, b: Answers | None) -> Claim:
    assert b
    rnn, lstm, open_ = left(a), left(b), left(b.with_(gate_bias=None))
    assert lstm < rnn < open_
    values = {"hops": 39, "rnn": rnn, "lstm": lstm}
    return Claim(right=["rnn"], numbers=[0, 1, 29, 30], values=values)  # of 30: counted


def moment_4(a: Answers, b: Answers | None) -> Claim:
    right = {}
    for name, carried in (("carried", True), ("zeros", False)):
        W = None
        for _ in range(60):
            loop = train("hello", 1, 0.3, carried=carried, W=W)
            W = loop.weights[-1]
        right[name] = loop
    together = right["zeros"].losses[2] + right["zeros"].losses[3]
    assert max(right["carried"].losses.values()) < np.log(2) < together / 2
    values = {"updates": 59 * 4, "together": together}
    return Claim(right=["carried"], numbers=[1, 2, 30, 2 * np.log(2)], values=values)  # of 30: counted


def moment_5(a: Answers, b: Answers | None) -> Claim:
    assert b
    one, two = (cosine(recurrent(each, 10)[1], recurrent(each, 40)[1]) for each in (a, b))
    assert two < one
    values = {"k": 10, "gain": 1, "gain2": 2, "cosine": one, "cosine2": two}
    return Claim(right=["down"], numbers=[60, 58, 2, 1], values=values)  # of 60: counted


def moment_6(a: Answers, b: Answers | None) -> Claim:
    learnt = {one["entry"]: sum(one["final"]["each"] >= 0.95) for one in a.race["contestants"]}
    values = {"lag": 8, "seeds": 5, "updates": 300, "one": learnt["1"]}
    values |= {"four": learnt["4"], "full": learnt["full"]}
    assert all(len(one["final"]["each"]) == 5 for one in a.race["contestants"])
    return Claim(right=[str(learnt["4"])], numbers=[1, 4, 100 * 0.95], values=values)
