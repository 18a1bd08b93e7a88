"""What lesson 3 says, with pencil and paper where a state is one number."""

import numpy as np

from tests.lessons.answers import Answers, Claim

WX, WH, WY = 0.5, 0.1, 2.0
X = TARGET = (1.0, 2.0)


def states() -> tuple[float, float]:
    first = np.tanh(X[0] * WX)
    return first, np.tanh(first * WH + X[1] * WX)


def moment_1(a: Answers, b: Answers | None) -> Claim:
    return Claim(values={"memory": 0, "input": X[0] * WX, "h": states()[0]})


def moment_2(a: Answers, b: Answers | None) -> Claim:
    first, remembered = states()
    without = np.tanh(X[1] * WX)
    assert without < remembered
    values = {"before": first, "weight": WH, "memory": first * WH, "input": X[1] * WX}
    return Claim(right=["smaller"], values=values | {"with": remembered, "without": without})


def moment_3(a: Answers, b: Answers | None) -> Claim:
    first, second = states()
    dh, slope = (second * WY - TARGET[1]) * WY, 1 - second**2
    da = dh * slope
    values = {"dh": dh, "slope": slope, "da": da, "dWh": first * da, "dWx": X[1] * da}
    unit = 10.0 ** np.ceil(-np.log10(abs(dh)))  # a vector of the ledger shows one digit before its point
    return Claim(numbers=[unit], values=values | {"dx": da * WX, "back": da * WH})


def moment_4(a: Answers, b: Answers | None) -> Claim:
    D, H = len(set("hello")), 3
    x, h, Wx = f"(1,{D})", f"(1,{H})", f"({D},{H})"
    assert a.bptt["full"]["gradients"]["Wx"].shape == (D, H)
    assert a.bptt["forward"]["h"][0].shape == (H,)
    return Claim(right=[Wx], numbers=[1], values={"D": D, "H": H, "x": x, "h": h, "Wx": Wx, "xT": f"({D},1)"})


def moment_5(a: Answers, b: Answers | None) -> Claim:
    read, letters = set("hell"), set("hello")
    assert not a.bptt["full"]["gradients"]["Wx"][a.bptt["vocabulary"].index("o")].any()
    return Claim(right=sorted(letters - read), numbers=[0, 1], values={"read": len(read)})


def moment_6(a: Answers, b: Answers | None) -> Claim:
    sigma, other = a.bptt["forward"]["h"], b.bptt["forward"]["h"]
    largest = (sigma * (1 - sigma)).max()
    assert largest <= 1 / 4
    values = {"sigmoid": largest, "tanh": (1 - other**2).max()}
    return Claim(right=["1/4"], numbers=[0, 4, 1, 2], values=values)
