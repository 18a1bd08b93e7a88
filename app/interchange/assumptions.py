"""What arrays alone do not say of a network, and what is assumed of it: a registry by parameter.

A file with a configuration, such as .keras and .onnx, says all of it, and so does one of this program.
"""

from collections.abc import Callable

from .layouts import Layout

GATES_MAY_DIFFER = {"Keras 3", "Flax linen", "Flax nnx"}
"""Frameworks whose LSTM and GRU can have other activations than tanh, and sigmoid for the gates."""

DIRECTION_MAY_DIFFER = {"Keras 3", "Flax linen", "Flax nnx", "Equinox"}
"""Frameworks that can let the same layer read backwards, with arrays of the same names."""

OWN = "BPTT Explorer"

ASSUMPTIONS: dict[str, Callable[[Layout], bool]] = {
    "activation": lambda layout: layout.cell == "rnn",
    "gates": lambda layout: layout.cell != "rnn" and layout.framework in GATES_MAY_DIFFER,
    "direction": lambda layout: layout.framework in DIRECTION_MAY_DIFFER,
    "readout": lambda layout: layout.framework != OWN,
}
"""By name: whether a layout leaves it open. activation: tanh as f of an rnn. gates: tanh, and sigmoid for
the gates. direction: forwards. readout: linear, and nothing between it and the state."""


def assumed(layout: Layout) -> tuple[str, ...]:
    """What has to be assumed of a layer of which there are arrays alone."""
    return tuple(name for name, is_open in ASSUMPTIONS.items() if is_open(layout))
