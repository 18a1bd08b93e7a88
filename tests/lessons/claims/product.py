"""What lesson 7 says, out of powers, slopes and products of Jacobians."""

import numpy as np

from tests.lessons.answers import Answers, Claim

norm = np.linalg.norm


def slopes(a: Answers):
    """f'(a_t) out of the states, for tanh and for no activation function."""
    h = a.bptt["forward"]["h"]
    return 1 - h**2 if a.params["activation"] == "tanh" else np.ones_like(h)


def sizes(a: Answers):
    """‖∂L/∂h_t‖ where only the last step has a loss, carried back by hand."""
    W, p = a.bptt["weights"], a.bptt["forward"]["p"]
    e = p[-1].copy()
    e[a.bptt["vocabulary"].index(a.bptt["targets"][-1])] -= 1
    row, found = e @ W["Wy"].T, []
    for slope in slopes(a)[::-1]:
        found.append(norm(row))
        row = (row * slope) @ W["Wh"].T
    return np.array(found[::-1])


def radius(a: Answers) -> float:
    return float(np.abs(np.linalg.eigvals(a.bptt["weights"]["Wh"])).max())


def moment_1(a: Answers, b: Answers | None) -> Claim:
    w, hops = 1.1, 19
    return Claim(
        right=[f"× {w**hops:.3g}"],
        numbers=[10, 100, 1.1, round(1.1**99), 0],
        values={"weight": w, "hops": hops, "ratio": w**hops},
    )


def moment_2(a: Answers, b: Answers | None) -> Claim:
    return Claim(numbers=[0.9, 1, 100, 0.9**99], values={"hops": 19, "ratio": 0.9**19})


def moment_3(a: Answers, b: Answers | None) -> Claim:
    w, h, states = 1.1, 0.0, []
    for _ in range(20):
        h = np.tanh(w * h + 1)
        states.append(h)
    factors = [w * (1 - h**2) for h in states]
    ratio = np.prod(factors[1:])  # J_19 … J_1
    assert max(factors[1:]) < 1
    values = {"ratio": ratio, "state": states[-1], "slope": 1 - states[-1] ** 2, "factor": factors[-1]}
    return Claim(right=["vanish"], numbers=[1, 1.1], values=values)


def moment_4(a: Answers, b: Answers | None) -> Claim:
    found = sizes(a)
    values = {"T": 24, "radius": radius(a), "first": found[0], "last": found[-1]}
    values["decades"] = round(np.log10(found[-1] / found[0]))
    return Claim(right=[f"t = {found.argmin()}"], numbers=[0, 60], values=values)  # of 60: counted


def moment_5(a: Answers, b: Answers | None) -> Claim:
    found = sizes(a)
    Wh = a.bptt["weights"]["Wh"]
    assert norm(Wh, 2) > 1 > radius(a)
    values = {"sigma": norm(Wh, 2), "radius": radius(a), "ratio": found[0] / found[-1], "hops": 23}
    return Claim(right=["shrinks"], numbers=[len(Wh)], values=values)


def moment_6(a: Answers, b: Answers | None) -> Claim:
    assert b
    linear, tanh = (sizes(one)[0] / sizes(one)[-1] for one in (a, b))
    assert tanh < 1 < linear
    assert np.array_equal(a.bptt["weights"]["Wh"], b.bptt["weights"]["Wh"])
    values = {"radius": radius(a), "linear": linear, "tanh": tanh}
    return Claim(right=["linear"], numbers=[1, 60, 56], values=values)  # of 60: counted


def moment_7(a: Answers, b: Answers | None) -> Claim:
    Wh, f = a.bptt["weights"]["Wh"], slopes(a)
    J = [f[t][:, None] * Wh.T for t in range(9, 1, -1)]
    bound, product = np.prod([norm(one, 2) for one in J]), norm(np.linalg.multi_dot(J), 2)
    assert product <= bound
    return Claim(numbers=[1, 9], values={"factors": len(J), "bound": bound, "product": product})
