"""The spectral radius of a matrix, its largest absolute eigenvalue, and scaling a matrix to one."""

import numpy as np

from .arrays import Array


def scale_to_radius(W: Array, gain: float) -> Array:
    """W (H, H) scaled to spectral radius ``gain``. Radius 0 is left unchanged; a 1 × 1 W becomes +gain."""
    if W.shape == (1, 1):
        return np.array([[gain]])
    radius = spectral_radius(W)
    return W * (gain / radius) if radius > 0 else W


def spectral_radius(W: Array) -> float:
    """The largest absolute eigenvalue of W (H, H)."""
    return float(np.max(np.abs(np.linalg.eigvals(W))))
