"""What lesson 8 says, by running blocks one by one instead of by a table of what is kept."""

import numpy as np

from tests.lessons.answers import Answers, Claim

norm = np.linalg.norm


def backward(a: Answers, k: int):
    """What reaches every state from its output and from the future, where every k steps the walk ends."""
    W, h, T = a.bptt["weights"], a.bptt["forward"]["h"], len(a.bptt["tokens"])
    e = a.bptt["forward"]["p"].copy()
    for t, target in enumerate(a.bptt["targets"]):
        e[t, a.bptt["vocabulary"].index(target)] -= 1
    out = e / T @ W["Wy"].T
    fut = np.zeros_like(out)
    for t in range(T - 1, 0, -1):
        if t % k:
            fut[t - 1] = ((out[t] + fut[t]) * (1 - h[t] ** 2)) @ W["Wh"].T
    return out, fut


def recurrent(a: Answers, k: int):
    """The gradient of Wh alone, and of all recurrent weights as one vector."""
    out, fut = backward(a, k)
    h = a.bptt["forward"]["h"]
    da = (out + fut) * (1 - h**2)
    Wh = np.vstack([np.zeros_like(h[:1]), h[:-1]]).T @ da
    Wx = np.stack([da[[s == t for s in a.bptt["tokens"]]].sum(0) for t in a.bptt["vocabulary"]])
    return Wh, np.concatenate([Wx.ravel(), Wh.ravel(), da.sum(0)])


def cosine(one, other) -> float:
    return float(one @ other / norm(one) / norm(other))


def pairs(T: int, k: int) -> int:
    """Pairs of loss and step within blocks of k."""
    return sum(t % k + 1 for t in range(T))


def moment_1(a: Answers, b: Answers | None) -> Claim:
    return Claim(values={"T": 40, "pairs": 40 * 41 // 2})


def moment_2(a: Answers, b: Answers | None) -> Claim:
    off = [
        round(100 * norm(cut - whole) / norm(whole))
        for cut, whole in zip(recurrent(a, 2), recurrent(a, 4), strict=True)
    ]
    return Claim(right=["dWh"], numbers=[0], values={"error": off[0], "together": off[1]})


def moment_3(a: Answers, b: Answers | None) -> Claim:
    (out, fut), (_, exact) = backward(a, 10), backward(a, 40)
    assert not fut[9].any()
    assert out[9].any()
    return Claim(right=["1"], numbers=[0, 9], values={"own": norm(out[9]), "thrown": norm(exact[9])})


def moment_4(a: Answers, b: Answers | None) -> Claim:
    assert b
    moved = {}
    for k in (2, 4):
        one, other = (np.sum(backward(each, k), axis=0)[:2] for each in (a, b))
        moved[k] = np.abs(one - other).max()
    assert moved[2] == 0 < moved[4]
    return Claim(right=["whole"], values={"same": 0, "moved": moved[4]})


def moment_5(a: Answers, b: Answers | None) -> Claim:
    (out, cut), (_, exact) = backward(a, 2), backward(a, 4)
    full, short = norm(out[0] + exact[0]), norm(out[0] + cut[0])
    assert short > full
    values = {"total": pairs(4, 4), "kept": pairs(4, 2), "thrown": norm(exact[1]), "full": full, "cut": short}
    values["cosine"] = cosine(recurrent(a, 2)[1], recurrent(a, 4)[1])
    return Claim(right=["longer"], values=values)


def moment_6(a: Answers, b: Answers | None) -> Claim:
    walks = [range(start, start + 10) for start in range(0, 40, 10)]
    steps = sum(map(len, walks))
    values = {"T": 40, "k": 10, "cached": max(map(len, walks)), "blocks": len(walks), "steps": steps}
    return Claim(right=["0"], values=values | {"saved": 40 - steps})


def moment_7(a: Answers, b: Answers | None) -> Claim:
    full = recurrent(a, 40)[1]
    near = {k: cosine(recurrent(a, k)[1], full) for k in range(2, 41)}
    assert min(near, key=lambda k: near[k] - near.get(k - 1, 0)) == 20, "the largest drop of all"
    values = {"k": 19, "k2": 20, "pairs": pairs(40, 19), "pairs2": pairs(40, 20)}
    values |= {"cosine": near[19], "cosine2": near[20]}
    return Claim(right=["farther"], numbers=[30], values=values)  # of 30: counted
