"""What lesson 11 says, by counting pairs and by drawing every pattern of cuts."""

from itertools import product

import numpy as np

from tests.lessons.answers import Answers, Claim
from tests.lessons.claims.truncated import pairs, recurrent

norm = np.linalg.norm
T, K = 40, 10


def by_table(a: Answers, kept):
    """The recurrent gradient where loss s has weight kept[s, t] at step t, a walk for every loss."""
    W, h, n = a.bptt["weights"], a.bptt["forward"]["h"], len(a.bptt["tokens"])
    e = a.bptt["forward"]["p"].copy()
    for t, target in enumerate(a.bptt["targets"]):
        e[t, a.bptt["vocabulary"].index(target)] -= 1
    dh = np.zeros_like(h)
    for s in range(n):
        row = e[s] / n @ W["Wy"].T
        for t in range(s, -1, -1):
            dh[t] += kept[s, t] * row
            row = (row * (1 - h[t] ** 2)) @ W["Wh"].T
    da = dh * (1 - h**2)
    Wh = np.vstack([np.zeros_like(h[:1]), h[:-1]]).T @ da
    Wx = np.stack([da[[s == t for s in a.bptt["tokens"]]].sum(0) for t in a.bptt["vocabulary"]])
    return np.concatenate([Wx.ravel(), Wh.ravel(), da.sum(0)])


def window(n: int, k: int):
    s, t = np.indices((n, n))
    return ((t <= s) & (s - t < k)).astype(float)


def off(one, full) -> float:
    """In per cent, two digits."""
    return float(f"{100 * norm(one - full) / norm(full):.2g}")


def moment_1(a: Answers, b: Answers | None) -> Claim:
    of_window = window(T, K).sum(1)
    of_blocks = [t % K + 1 for t in range(T)]
    values = {"k": K, "full": of_blocks.count(K), "fullWindow": int((of_window == K).sum())}
    values |= {"pairs": sum(of_blocks), "pairsWindow": int(of_window.sum())}
    return Claim(right=[str(of_blocks.count(K))], values=values)


def moment_2(a: Answers, b: Answers | None) -> Claim:
    full = recurrent(a, T)[1]
    error, by_window = off(recurrent(a, K)[1], full), off(by_table(a, window(T, K)), full)
    values = {"k": K, "reach": pairs(T, K) / T, "reachWindow": f"{window(T, K).sum() / T}"}
    values |= {"error": error, "errorWindow": by_window}
    return Claim(right=["window"], numbers=[60], values=values)  # of 60: counted


def moment_3(a: Answers, b: Answers | None) -> Claim:
    def kept(k1: int, k2: int):
        """Chunks of k1 losses that go back k2 steps together."""
        table = np.zeros((T, T))
        for stop in range(k1, T + k1, k1):
            for s in range(stop - k1, min(stop, T)):
                table[s, max(0, stop - k2) : s + 1] = 1
        return table

    s, t = np.indices((T, T))
    blocks = (t <= s) & (s // K == t // K)
    same = [k1 for k1 in range(1, K + 1) if np.array_equal(kept(k1, K), blocks)]
    assert np.array_equal(kept(1, K), window(T, K))
    values = {"k1": 5, "k2": K, "pairs": int(kept(5, K).sum()), "blocks": str(same[0])}
    return Claim(right=[str(one) for one in same], numbers=[1], values=values)


def moment_4(a: Answers, b: Answers | None) -> Claim:
    steps = sum(min(s + 1, K) for s in range(T))
    values = {"T": T, "k": K, "steps": steps, "times": steps / T, "cached": K}
    return Claim(right=[str(steps)], values=values)


def moment_5(a: Answers, b: Answers | None) -> Claim:
    full, error = recurrent(a, 4)[1], off(recurrent(a, 2)[1], recurrent(a, 4)[1])
    pattern = [(0, 0, 0, 0), (1, 0, 0, 0), (0, 0, 0, 0), (0, 0, 1, 0)]
    table = np.eye(4) + np.array(pattern) / 0.7
    assert np.allclose(table, np.nan_to_num(a.bptt["kept"])), "this draw cuts between 1 and 2 only"
    draw = off(by_table(a, table), full)
    drawn = a.bptt["draws"]
    values = {"cut": 0.3, "draw": draw, "blocks": error, "draws": 200}
    for name, which in (("mean", "unbiased"), ("biased", "biased")):
        values[name] = float(f"{100 * drawn[which]['mean']['relative_error']:.2g}")
    assert draw > error
    exact, plain = every_pattern(a, 0.3)
    assert norm(exact - full) < 1e-12 < norm(plain - full)
    return Claim(right=["no"], numbers=[1, 2], values=values)


def every_pattern(a: Answers, c: float):
    """The mean over all patterns of cuts between four steps, with the weights 1/(1 - c) and without."""
    exact = plain = 0.0
    for cut in product((0, 1), repeat=3):
        chance = np.prod([c if one else 1 - c for one in cut])
        open_ = np.array([[not any(cut[t:s]) for t in range(4)] for s in range(4)]) * np.tri(4)
        s, t = np.indices((4, 4))
        exact = exact + chance * by_table(a, open_ * (1 - c) ** -(s - t).clip(0))
        plain = plain + chance * by_table(a, open_)
    return exact, plain


def moment_6(a: Answers, b: Answers | None) -> Claim:
    assert b
    means = (100 * one.bptt["draws"]["unbiased"]["mean"]["relative_error"] for one in (a, b))
    low, high = (float(f"{mean:.2g}") for mean in means)
    assert low < high
    full = recurrent(a, 4)[1]
    all_cut = off(by_table(a, np.eye(4)), full)
    errors = 100 * b.bptt["draws"]["unbiased"]["relative_error"]
    is_all_cut = np.abs(errors - all_cut) < 0.5
    assert is_all_cut.mean() > 0.6, "most draws are one and the same"
    assert 0.9**3 > 0.6, "as they are in the long run"
    assert (errors[~is_all_cut] > 200).all(), "the others are far out"
    values = {"draws": len(errors), "low": low, "high": high, "half": all_cut}
    values["blocks"] = off(recurrent(a, 2)[1], full)
    assert all(norm(every_pattern(one, c)[0] - full) < 1e-10 for one, c in ((a, 0.3), (b, 0.9)))
    return Claim(right=["high"], numbers=[0.3, 0.9, 1 / (1 - 0.9) ** 3], values=values)
