"""BPTT Explorer: an interactive page for teaching backpropagation through time."""

__version__ = "0.1.0"
