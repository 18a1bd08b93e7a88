"""Weight initialization from a seed, flattening of parameters to a vector, and the spectral radius.

``RandomState`` is frozen by NumPy's compatibility policy, so a seed in a link gives the same weights always.
"""

import math
from collections.abc import Collection

import numpy as np

from .arrays import Array, Params
from .cells import Cell


def initial(cell: Cell, D: int, H: int, V: int, gain: float, seed: int) -> Params:
    """Random normal parameters for a cell with D inputs, H hidden units and V outputs.

    Wx is halved: a one-hot input selects one of its rows, and at full scale tanh would be half saturated.
    Each gate of Wh is scaled to spectral radius ``gain``, and Wy is divided by √H. Biases are 0, except for
    the gate that retains the state (see ``Cell.initial_bias``).
    """
    G = len(cell.gates)
    stream = np.random.RandomState(seed)
    Wx = 0.5 * stream.standard_normal((D, G * H))
    Wh = stream.standard_normal((H, G * H))
    Wy = stream.standard_normal((H, V)) / np.sqrt(H)
    by_gate = [scale_to_radius(gate, gain) for gate in np.split(Wh, G, axis=1)]
    return {
        "Wx": Wx,
        "Wh": np.concatenate(by_gate, axis=1),
        "b": cell.initial_bias(H),
        **({"bh": np.zeros(H)} if cell.recurrent_bias else {}),
        "Wy": Wy,
        "by": np.zeros(V),
    }


def shapes(cell: Cell | type[Cell], D: int, H: int, V: int) -> dict[str, tuple[int, ...]]:
    """The shape of every parameter, in the order in which ``flatten`` joins them."""
    G = len(cell.gates) * H
    recurrent = {"Wx": (D, G), "Wh": (H, G), "b": (G,)} | ({"bh": (H,)} if cell.recurrent_bias else {})
    return recurrent | {"Wy": (H, V), "by": (V,)}


def unflatten(row: Array, shapes: dict[str, tuple[int, ...]]) -> Params:
    """Parameters from one vector (..., n), matrix by matrix, each in row-major order.

    Vectors of several networks, (P, n), give the axes that ``forward`` takes: biases are (P, 1, G·H).
    """
    params, start = {}, 0
    for name, shape in shapes.items():
        stop = start + math.prod(shape)
        rows = (1,) if row.ndim > 1 and len(shape) == 1 else ()
        params[name] = row[..., start:stop].reshape(*row.shape[:-1], *rows, *shape)
        start = stop
    return params


def held_at_zero(params: Params, names: Collection[str]) -> Params:
    """The same parameters, or gradients, with zeros for those of these names."""
    if not names:
        return params
    return {name: np.zeros_like(part) if name in names else part for name, part in params.items()}


def flatten(params: Params, networks: int = 0) -> Array:
    """All parameters as one vector (n,), or as (P, n) if ``networks`` = P is given."""
    lead = (networks,) if networks else ()
    return np.concatenate([part.reshape(*lead, -1) for part in params.values()], axis=-1)


def scale_to_radius(W: Array, gain: float) -> Array:
    """W (H, H) scaled to spectral radius ``gain``. Radius 0 is left unchanged; a 1 × 1 W becomes +gain."""
    if W.shape == (1, 1):
        return np.array([[gain]])
    radius = spectral_radius(W)
    return W * (gain / radius) if radius > 0 else W


def spectral_radius(W: Array) -> float:
    """The largest absolute eigenvalue of W (H, H)."""
    return float(np.max(np.abs(np.linalg.eigvals(W))))
