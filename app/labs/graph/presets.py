"""Example graphs: each is a function of its lengths n and τ that returns a graph with positions."""

from collections.abc import Callable

from ...graph.autodiff import Graph, Node
from ...graph.layout import layout_positions

DATA = (0.2, -0.4, 0.6, -0.1, 0.5, 0.3, -0.6, 0.4, -0.2, 0.1, 0.7, -0.5)
"""x.0, x.1 … of the autoregressive models."""
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_MINUS_ONE = "₋₁"

Positions = dict[str, tuple[float, float]]


def _label(name: str) -> str:
    """The displayed name of x.0 or w1: x₀, w₁."""
    letter = name.rstrip("0123456789.")
    return letter + name[len(letter) :].lstrip(".").translate(_LOWERED)


def _input(name: str, default: float, *, trainable: bool = True) -> Node:
    return Node(name, "input", value=default, trainable=trainable, label=_label(name))


def _op(name: str, op: str, *args: str, label: str = "") -> Node:
    return Node(name, "op", op, args, label=label or _label(name))


def product(n: int, tau: int) -> Graph:
    """f = (x - y) z: a difference and a product."""
    nodes = (
        *(_input("x", 4.0), _input("y", 1.0), _input("z", 3.0)),
        *(_op("p", "sub", "x", "y"), _op("f", "mul", "p", "z")),
    )
    return Graph(nodes, "(x - y) * z", layout_positions(nodes))


def layers(n: int, tau: int) -> Graph:
    """Two layers of one unit each: f = w2 tanh(w1 x)."""
    nodes = (
        *(_input("x", 1.0, trainable=False), _input("w1", 0.5), _input("w2", 0.5)),
        *(_op("a", "mul", "w1", "x"), _op("h", "tanh", "a"), _op("f", "mul", "w2", "h")),
    )
    positions = {"x": (0, 1), "w1": (0.2, 0), "w2": (2.2, 0), "a": (1, 1), "h": (2, 1), "f": (3, 1)}
    return Graph(nodes, "w2 * tanh(w1 * x)", positions)


def tied(n: int, tau: int) -> Graph:
    """The same with one weight in both places: f = w tanh(w x)."""
    nodes = (
        *(_input("x", 1.0, trainable=False), _input("w", 0.5)),
        *(_op("a", "mul", "w", "x"), _op("h", "tanh", "a"), _op("f", "mul", "w", "h")),
    )
    positions = {"x": (0, 1), "w": (1.5, 0), "a": (1, 1), "h": (2, 1), "f": (3, 1)}
    return Graph(nodes, "w * tanh(w * x)", positions)


def chain(n: int, tau: int) -> Graph:
    """h = wⁿ · 0.9: one weight used n times in a row."""
    start = Node("number.1", "number", value=0.9, label="0.9")
    hs = [_op(f"h.{t}", "mul", "w", f"h.{t - 1}" if t > 1 else start.name) for t in range(1, n + 1)]
    positions: Positions = {f"h.{t}": (t, 1) for t in range(1, n + 1)}
    positions |= {"w": ((n + 1) / 2 - 0.25, 0), start.name: (0, 1)}
    return Graph((_input("w", 0.2), start, *hs), " * ".join(["w"] * n) + " * 0.9", positions)


def recursion(n: int, tau: int) -> Graph:
    """a_t = b_t + c_t a_{t-1}, with a_0 = b_0: a sum of products."""
    inputs = [_input(f"b.{t}", 1.0) for t in range(n)] + [_input(f"c.{t}", 0.5) for t in range(1, n)]
    steps = [_op("a.0", "copy", "b.0")]
    steps += [_op(f"a.{t}", "linear", f"b.{t}", f"c.{t}", f"a.{t - 1}") for t in range(1, n)]
    rows = {"b": 0, "a": 1, "c": 2}
    positions: Positions = {node.name: (int(node.name[2:]), rows[node.name[0]]) for node in (*inputs, *steps)}
    return Graph((*inputs, *steps), f"aₜ = bₜ + cₜ · aₜ{_MINUS_ONE}", positions)


def ar(n: int, tau: int) -> Graph:
    """x̂_n = w_1 x_{n-1} + … + w_τ x_{n-τ}: only the last τ values are used."""
    tau = min(n, tau)
    inputs = [_input(f"x.{t}", DATA[t], trainable=False) for t in range(n)]
    inputs += [_input(f"w.{i}", 0.5 / i) for i in range(1, tau + 1)]
    names = [f"s.{i}" if i > 1 else "xhat" for i in range(tau + 1)]
    steps = [
        _op(names[i], "linear", names[i + 1], f"w.{i}", f"x.{n - i}", label=_predicted(names[i], n))
        if i < tau
        else _op(names[i], "mul", f"w.{i}", f"x.{n - i}", label=_predicted(names[i], n))
        for i in range(tau, 0, -1)
    ]
    positions: Positions = {f"x.{t}": (t, 2) for t in range(n)}
    for i in range(1, tau + 1):
        positions |= {f"w.{i}": (n - i, 0), names[i]: (n - i, 1)}
    terms = [f"w{_label(f'.{i}')} · x{_label(f'.{n - i}')}" for i in range(1, tau + 1)]
    return Graph((*inputs, *steps), f"{_predicted('xhat', n)} = " + " + ".join(terms), positions)


def latent(n: int, tau: int) -> Graph:
    """h_t = tanh(w h_{t-1} + u x_t) and x̂_n = v h_{n-1}: one state carries all of the past."""
    inputs = [_input(f"x.{t}", DATA[t], trainable=False) for t in range(n)]
    inputs += [_input("w", 0.5), _input("u", 1.0), _input("v", 1.0)]
    steps = [_op("h.0", "first", "u", "x.0")]
    steps += [_op(f"h.{t}", "neuron", "w", f"h.{t - 1}", "u", f"x.{t}") for t in range(1, n)]
    steps += [_op("xhat", "mul", "v", f"h.{n - 1}", label=_predicted("xhat", n))]
    positions: Positions = {f"x.{t}": (t, 2) for t in range(n)}
    positions |= {f"h.{t}": (t, 1) for t in range(n)}
    middle = (n - 1) / 2
    positions |= {"w": (middle + 0.3, 0), "u": (middle - 0.7, 0), "v": (n - 0.4, 0), "xhat": (n, 1)}
    return Graph((*inputs, *steps), f"hₜ = tanh(w · hₜ{_MINUS_ONE} + u · xₜ)", positions)


def _predicted(name: str, n: int) -> str:
    return "x̂" + str(n).translate(_LOWERED) if name == "xhat" else _label(name)


PRESETS: dict[str, Callable[[int, int], Graph]] = {
    make.__name__: make for make in (product, layers, tied, chain, recursion, ar, latent)
}
"""By name."""
