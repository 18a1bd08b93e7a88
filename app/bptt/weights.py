"""Initial weights: a stream of normal numbers that NumPy keeps frozen, so a seed means the same for ever."""

import math

import numpy as np

from .arrays import Array, Params
from .cells import Cell


def initial(cell: Cell, D: int, H: int, V: int, gain: float, seed: int) -> Params:
    """Weights for a cell of width H between D inputs and V outputs.

    Wx is halved (a one-hot input picks one row of it; at full scale tanh is half saturated), every
    gate of Wh is scaled to spectral radius ``gain``, Wy is divided by √H, biases
    are 0 but for those of the gates that keep.
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
        "Wy": Wy,
        "by": np.zeros(V),
    }


def shapes(cell: Cell | type[Cell], D: int, H: int, V: int) -> dict[str, tuple[int, ...]]:
    """The shape of every parameter, in the order in which weights are written one after another."""
    G = len(cell.gates) * H
    return {"Wx": (D, G), "Wh": (H, G), "b": (G,), "Wy": (H, V), "by": (V,)}


def unflatten(row: Array, shapes: dict[str, tuple[int, ...]]) -> Params:
    """Weights from all of them in one row (..., n), matrix by matrix, row by row.

    A row for each of several networks, (P, n), gives weights as `forward` takes them, biases (P, 1, G·H).
    """
    params, start = {}, 0
    for name, shape in shapes.items():
        stop = start + math.prod(shape)
        rows = (1,) if row.ndim > 1 and len(shape) == 1 else ()
        params[name] = row[..., start:stop].reshape(*row.shape[:-1], *rows, *shape)
        start = stop
    return params


def flatten(params: Params, networks: int = 0) -> Array:
    """All weights in one row (n,), or of so many networks (P, n)."""
    lead = (networks,) if networks else ()
    return np.concatenate([part.reshape(*lead, -1) for part in params.values()], axis=-1)


def scale_to_radius(W: Array, gain: float) -> Array:
    """W (H, H) scaled to spectral radius ``gain``; one of radius 0 is left alone, a scalar becomes +gain."""
    if W.shape == (1, 1):
        return np.array([[gain]])
    radius = spectral_radius(W)
    return W * (gain / radius) if radius > 0 else W


def spectral_radius(W: Array) -> float:
    """The largest absolute eigenvalue of W (H, H)."""
    return float(np.max(np.abs(np.linalg.eigvals(W))))
