"""What lesson 4 says, counted and measured."""

import numpy as np

from tests.lessons.answers import Answers, Claim


def moment_1(a: Answers, b: Answers | None) -> Claim:
    return Claim()


def moment_2(a: Answers, b: Answers | None) -> Claim:
    D = V = len(set("hello"))
    H = 8
    count = D * H + H * H + H + H * V + V
    for answers, T in ((a, 4), (b, 8)):
        assert sum(np.size(weight) for weight in answers.bptt["weights"].values()) == count
        assert answers.bptt["forward"]["h"].shape == (T, H)
    return Claim(right=["0"], numbers=[4], values={"H": H, "count": count, "more": 0})


def moment_3(a: Answers, b: Answers | None) -> Claim:
    """Both networks, run by hand: every state is one number."""
    Wx, Wh, found = {"h": 1, "e": -0.5, "l": 0.8, "o": 0.3}, 0.6, []
    for Wy in ((1, -1, 0.5, 2), (-1, 2, 1, -0.5)):
        h, states, chances, losses = 0.0, [], [], []
        for letter, target in zip("hell", "ello", strict=True):
            h = np.tanh(h * Wh + Wx[letter])
            p = np.exp(h * np.array(Wy)) / np.exp(h * np.array(Wy)).sum()
            states.append(h)
            chances.append(p)
            losses.append(-np.log(p["helo".index(target)]))
        found.append((np.array(states), np.array(chances), np.array(losses)))
    h, y, L = (abs(one - other).max() for one, other in zip(*found, strict=True))
    assert h == 0
    return Claim(right=["y", "L"], values={"h": h, "y": y, "L": L})


def moment_4(a: Answers, b: Answers | None) -> Claim:
    T, D, H, V = 4, 4, 8, 4
    assert a.bptt["forward"]["h"].shape == (T, H)
    assert a.bptt["forward"]["o"].shape == (T, V)
    values = {"T": T, "H": H, "xs": f"({T},{D})", "hs": f"({T},{H})", "os": f"({T},{V})"}
    return Claim(values=values | {"osN": f"(N,{T},{V})", "lastN": f"(N,{V})"})


def moment_5(a: Answers, b: Answers | None) -> Claim:
    assert (a.bptt["forward"]["h"] == b.bptt["forward"]["h"][:2]).all()
    return Claim(right=["none"], values={"moved": 0})


def moment_6(a: Answers, b: Answers | None) -> Claim:
    h, da = a.bptt["forward"]["h"], a.bptt["full"]["da"]
    before = np.vstack([np.zeros(h.shape[1]), h[:-1]])
    terms = [np.outer(one, other) for one, other in zip(before, da, strict=True)]
    parts, together = sum(np.linalg.norm(term) for term in terms), np.linalg.norm(sum(terms))
    assert together < parts
    return Claim(
        right=["shorter"], numbers=[0, 59, 60, 5], values={"terms": 4, "parts": parts, "sum": together}
    )
