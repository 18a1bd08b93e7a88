"""Metrics: similarity of truncated and full gradients, singular values of Jacobians, cost of a scheme."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .arrays import Array, Params, norm, recurrent
from .cells import Cell
from .truncation import BackwardWindow, Scheme


@dataclass(frozen=True)
class Similarity:
    """A gradient G compared with the full F: cosine, ‖G-F‖/‖F‖ and ‖G‖/‖F‖; NaN where a norm is 0."""

    cosine: Array
    relative_error: Array
    norm_ratio: Array


def similarity(G: Array, F: Array) -> Similarity:
    """Compare gradients G (..., n) with F (n,); every field has the shape (...)."""
    size_F, size_G = norm(F), norm(G)
    with np.errstate(invalid="ignore", divide="ignore"):
        cosine = np.clip((G / size_G[..., None]) @ (F / size_F), -1.0, 1.0)
        error, ratio = norm(G - F) / size_F, size_G / size_F
    zero_F, zero_G = size_F == 0, size_G == 0
    return Similarity(
        np.where(zero_F | zero_G, np.nan, cosine),
        np.where(zero_F, np.nan, error),
        np.where(zero_F | zero_G, np.nan, ratio),
    )


def as_vector(gradients: Params, names: tuple[str, ...], lead: int = 0) -> Array:
    """The gradients of several parameters joined to one vector (..., n); the first ``lead`` axes are kept."""
    return np.concatenate([gradients[n].reshape(*gradients[n].shape[:lead], -1) for n in names], axis=-1)


def comparison(G: Params, F: Params) -> dict[str, Similarity]:
    """Similarity for each parameter, for all but the readout as one vector (`recurrent`), and for `all`."""
    groups = {name: (name,) for name in F} | {"recurrent": recurrent(F), "all": tuple(F)}
    return {name: similarity(as_vector(G, group), as_vector(F, group)) for name, group in groups.items()}


def singular_values(J: Array) -> tuple[Array, Array]:
    """Largest and smallest singular value of each Jacobian in J (T, S, S); NaN where J is not finite."""
    finite = np.isfinite(J).all(axis=(1, 2))
    largest, smallest = np.full(len(J), np.nan), np.full(len(J), np.nan)
    if finite.any():
        sigma = np.linalg.svd(J[finite], compute_uv=False)
        largest[finite], smallest[finite] = sigma[:, 0], sigma[:, -1]
    return largest, smallest


def ratio_by_Wh_alone(row: Array, Wh: Array, steps: int) -> float:
    """‖row (Wh^T)^steps‖ / ‖row‖: what a gradient (H,) becomes on its way back if f' = 1 at every step.

    NaN where the gradient is 0 or a number is not finite.
    """
    size, ratio = float(norm(row)), 1.0
    with np.errstate(all="ignore"):
        for _ in range(steps):
            row = row / norm(row) @ Wh.T
            ratio *= float(norm(row))
            if ratio == 0:
                break
    return ratio if size > 0 and np.isfinite(ratio) else np.nan


@dataclass(frozen=True)
class Cost:
    """Cost of one pass over the sequence under a scheme.

    Steps and numbers stored at once, steps of all backward windows together, and number of updates.
    """

    cached_steps: int
    cached_floats: int
    backward_steps: int
    updates: int


def cost(scheme: Scheme, cell: Cell, D: int, H: int, has_loss: NDArray[np.bool_]) -> Cost:
    """Count the cost from the scheme's backward windows; a window without a loss is not run."""
    windows, cached = _windows_with_loss(scheme, has_loss), cached_steps(scheme, has_loss)
    steps = sum(len(window) for window in windows)
    return Cost(cached, cached * cell.cached_floats(D, H), steps, len(windows))


def cached_steps(scheme: Scheme, has_loss: NDArray[np.bool_]) -> int:
    """The largest number of steps that must be stored at once."""
    if has_loss.all():
        return scheme.steps_in_memory(len(has_loss))
    return max(len(window) for window in _windows_with_loss(scheme, has_loss))


def _windows_with_loss(scheme: Scheme, has_loss: NDArray[np.bool_]) -> list[BackwardWindow]:
    return [
        window
        for window in scheme.backward_windows(len(has_loss))
        if has_loss[window.newest_from : window.stop].any()
    ]


def closed_blocks(weights_table: Array) -> list[tuple[int, int]]:
    """Blocks [start, stop) of steps whose borders no gradient crosses, from a weights table (T, T).

    Empty if in some block a loss does not reach every earlier step of the block. Such a scheme has no blocks.
    """
    T, is_kept = len(weights_table), weights_table != 0
    first_kept = is_kept.argmax(axis=1)
    open_from = np.minimum.accumulate(first_kept[::-1])[::-1]  # the first step that losses from t on reach
    starts = [t for t in range(T) if open_from[t] == t]
    blocks = list(zip(starts, [*starts[1:], T], strict=True))
    closed = all(np.array_equal(is_kept[a:b, a:b], np.tri(b - a, dtype=bool)) for a, b in blocks)
    return blocks if closed else []
