"""What lesson 5 says of the language model of hello."""

import numpy as np

from tests.lessons.answers import Answers, Claim

norm = np.linalg.norm


def softmax(scores):
    return np.exp(scores) / np.exp(scores).sum(axis=-1, keepdims=True)


def moment_1(a: Answers, b: Answers | None) -> Claim:
    p = softmax(a.bptt["forward"]["o"][0])
    chance = p["helo".index("e")]
    values = {"read": "h", "wanted": "e", "all": round(p.sum()), "p": chance, "loss": -np.log(chance)}
    return Claim(values=values)


def moment_2(a: Answers, b: Answers | None) -> Claim:
    p = softmax(a.bptt["forward"]["o"][0])
    error = p - np.eye(4)["helo".index("e")]
    assert abs(error.sum()) < 1e-15
    right = [letter for letter, entry in zip("helo", error, strict=True) if entry < 0]
    entries = ", ".join(f"{letter} {entry:+.3f}" for letter, entry in zip("helo", error, strict=True))
    values = {"p": p["helo".index("e")], "entry": error.min(), "entries": entries.replace("-", "−")}
    return Claim(right=right, numbers=[0, 1], values=values)


def moment_3(a: Answers, b: Answers | None) -> Claim:
    for name, gradient in a.bptt["full"]["gradients"].items():
        assert np.allclose(4 * gradient, b.bptt["full"]["gradients"][name], rtol=1e-12, atol=0)
    p = [softmax(o)["helo".index(target)] for o, target in zip(a.bptt["forward"]["o"], "ello", strict=True)]
    perplexity = np.prod(p) ** (-1 / 4)  # one by the geometric mean of the probabilities
    each = np.mean([1 / chance for chance in p])
    assert each > perplexity + 0.05
    return Claim(right=["4"], values={"factor": 4, "perplexity": perplexity, "each": each})


def moment_4(a: Answers, b: Answers | None) -> Claim:
    """Twenty updates made here, on the gradient of the mean loss by central differences."""
    start = a.with_(updates=None, lr=None).bptt["weights"]
    W = {name: start[name].copy() for name in start}

    def losses():
        h, found = np.zeros(8), []
        for letter, target in zip("hell", "ello", strict=True):
            h = np.tanh(h @ W["Wh"] + W["Wx"]["helo".index(letter)] + W["b"])
            found.append(-np.log(softmax(h @ W["Wy"] + W["by"])["helo".index(target)]))
        return found

    before = np.mean(losses())
    for _ in range(20):
        slopes = {name: np.empty(weight.size) for name, weight in W.items()}
        for name, weight in W.items():
            flat = weight.reshape(-1)
            for i in range(flat.size):
                kept, ends = flat[i], []
                for near in (1e-5, -1e-5):
                    flat[i] = kept + near
                    ends.append(np.mean(losses()))
                flat[i] = kept
                slopes[name][i] = (ends[0] - ends[1]) / 2e-5
        for name, weight in W.items():
            weight -= 1.0 * slopes[name].reshape(weight.shape)
    after = losses()
    worst = int(np.argmax(after))
    values = {"updates": 20, "T": 4, "right": 4, "before": before, "after": np.mean(after)}
    values |= {"where": f"t = {worst}", "worst": max(after), "second": sorted(after)[-2]}
    return Claim(right=[f"t = {worst}"], numbers=[4, 0, 99, 100, 92], values=values)


def moment_5(a: Answers, b: Answers | None) -> Claim:
    starting = [t for t, row in enumerate(a.bptt["full"]["dh_output"]) if row.any()]
    assert starting == [3]
    assert len([row for row in b.bptt["full"]["dh_output"] if row.any()]) == 4
    values = {"starts": 1, "silent": 3, "lastN": "(N,4)", "everyN": "(N,4,4)"}
    return Claim(right=["1"], numbers=[0], values=values)


def moment_6(a: Answers, b: Answers | None) -> Claim:
    words = ["you", "say", "goodbye", "and", "I", "say", "hello", "."]
    read, wanted = words[:-1], words[1:]
    h, o = a.bptt["forward"]["h"], a.bptt["forward"]["o"]
    said = [a.bptt["vocabulary"][i] for i in o.argmax(axis=1)]
    assert (b.bptt["forward"]["h"][1] == b.bptt["forward"]["h"][5]).all()
    best = len({(word, after) for word, after in zip(read, wanted, strict=True) if word != "say"}) + 1
    values = {"T": len(read), "best": best, "right": sum(map(str.__eq__, said, wanted))}
    return Claim(right=[str(best)], values=values | {"apart": norm(h[1] - h[5]), "same": 0})
