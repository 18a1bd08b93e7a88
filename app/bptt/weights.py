"""Weight initialization from a seed, and flattening of parameters to a vector.

``RandomState`` is frozen by NumPy's compatibility policy, so a seed in a link gives the same weights always.
"""

import math
from collections.abc import Collection

import numpy as np

from .arrays import Array, Params
from .cells import Cell
from .starts import STARTS


def initial(cell: Cell, D: int, H: int, V: int, gain: float, seed: int, init: str = "gain") -> Params:
    """Random parameters for a cell with D inputs, H hidden units and V outputs, by a start of ``STARTS``."""
    return STARTS[init].draw(cell, D, H, V, gain, np.random.RandomState(seed))


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
