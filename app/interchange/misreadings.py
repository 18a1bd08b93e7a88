"""What a layer would be if one convention of its framework were overlooked: legal weights of another network.

A new one is a function and a line in ``MISREADINGS``.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from .layouts import Arrays, Layout, read
from .network import GATES, Recurrent

Wrong = tuple[Layout, Arrays] | None


def _order(layout: Layout, arrays: Arrays) -> Wrong:
    """The blocks in the file's own order, as if it were this program's."""
    own = GATES[layout.cell]
    if layout.gates == own or "{gate}" in layout.kernel:
        return None
    return replace(layout, gates=own), arrays


def _sense_of_z(layout: Layout, arrays: Arrays) -> Wrong:
    """The z of a gru with the other sense: it keeps the old state, or admits the new one."""
    return (replace(layout, keeps_by_z=False), arrays) if layout.keeps_by_z else None


def _reset(layout: Layout, arrays: Arrays) -> Wrong:
    """The reset gate of a gru on the other side of the product with the state."""
    if layout.reset is None:
        return None
    return replace(layout, reset="before" if layout.reset == "after" else "after"), arrays


def _one_bias(layout: Layout, arrays: Arrays) -> Wrong:
    """The bias of the input's product alone, without that of the state's."""
    if not (layout.bias and layout.recurrent_bias):
        return None
    if layout.stacked_biases:
        if layout.bias not in arrays:
            return None
        row, _ = arrays[layout.bias]
        return layout, {**arrays, layout.bias: np.stack([row, np.zeros_like(row)])}
    return replace(layout, recurrent_bias=None, recurrent_bias_gates=None), arrays


MISREADINGS: dict[str, Callable[[Layout, Arrays], Wrong]] = {
    "order": _order,
    "z": _sense_of_z,
    "reset": _reset,
    "bias": _one_bias,
}


def misread(layout: Layout, arrays: Arrays) -> dict[str, Recurrent]:
    """The layer under each wrong convention that can be told from the right one, by its name."""
    right = read(layout, arrays)
    wrong = {name: make(layout, arrays) for name, make in MISREADINGS.items()}
    layers = {name: read(*how) for name, how in wrong.items() if how}
    return {name: layer for name, layer in layers.items() if not _equal(layer, right)}


def _equal(one: Recurrent, other: Recurrent) -> bool:
    inside = [np.zeros(0) if layer.bh is None else layer.bh for layer in (one, other)]
    pairs = [(one.Wx, other.Wx), (one.Wh, other.Wh), (one.b, other.b), (inside[0], inside[1])]
    return one.reset == other.reset and all(np.array_equal(a, b) for a, b in pairs)
