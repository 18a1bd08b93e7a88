"""What lesson 10 says, out of whole numbers and of states read once more."""

import numpy as np

from tests.lessons.answers import Answers, Claim
from tests.lessons.claims.blocks import train

L, N, K = 1000, 2, 10


def moment_1(a: Answers, b: Answers | None) -> Claim:
    text = "I ran. We sat. He left."
    blocks = [text[start : start + 4] for start in range(0, 23, 4)]
    across = sum(any(end in block.rstrip()[:-1] for end in ".") for block in blocks)
    return Claim(
        right=[str(across)],
        values={"T": len(text), "sentences": text.count("."), "k": 4, "across": across},
    )


def moment_2(a: Answers, b: Answers | None) -> Claim:
    each = L // N
    values = {"L": L, "lanes": N, "start": each, "end": each - 1, "last": L - 1}
    return Claim(right=[str(each)], numbers=[0, 1, 2], values=values)


def moment_3(a: Answers, b: Answers | None) -> Claim:
    each, k = L // N, 2 * K
    first_of_last = [lane * each + each - k for lane in range(N)]
    values = {"lanes": N, "k": k, "iterations": each // k, "final": each // k - 1, "length": each}
    values |= {"from": first_of_last[0], "from2": first_of_last[1]}
    return Claim(right=[str(each // k)], numbers=[0, 1, 2], values=values)


def moment_4(a: Answers, b: Answers | None) -> Claim:
    alone = train("hello world!", 5, 0, carried=False)
    one, two = (float(alone.gradients[i]["Wh"][0, 0]) for i in range(2))
    together = (one + two) / 2
    assert np.isclose(together, a.film["frames"][0]["update"]["largest"]["gradient"], rtol=1e-9)
    return Claim(right=["mean"], numbers=[0], values={"one": one, "two": two, "together": together})


def moment_5(a: Answers, b: Answers | None) -> Claim:
    missed = a.lanes["missed"]
    below = [int(np.argmax(line < 0.01)) for line in missed["distance"]]
    values = {"distance": missed["distance"][0][0], "size": np.linalg.norm(missed["one"][0])}
    assert np.isclose(values["distance"], np.linalg.norm(missed["one"][0] - missed["zeros"][0]), rtol=1e-9)
    updates = 5000 * N // K  # as many passes by one lane
    values |= {"updates": updates, "steps": below[0], "least": min(below), "most": max(below)}
    return Claim(right=["30"], numbers=[0.01, 2, 500, 5, 3, 30, 300], values=values)


def moment_6(a: Answers, b: Answers | None) -> Claim:
    jump = (L - 1) // N
    assert b
    assert list(b.film["schedule"]["starts"]) == [0, jump]
    return Claim(numbers=[2], values={"book": jump, "iterations": (L - 1) // (N * K)})
