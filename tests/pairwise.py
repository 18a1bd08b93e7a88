"""Grids of test parameters, of which `make test` runs a sample and `make test-all` runs every combination.

``pairwise`` keeps rows in which every pair of values of two axes occurs, ``each_value`` rows in which every
value occurs, ``only`` the rows that are named, ``first`` the first rows of a list. All others are marked
``exhaustive``. An axis is a sequence, or a mapping from names to values.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, product
from typing import Any

import pytest

Row = tuple[int, ...]  # the index of a value on each axis
Axis = Sequence[Any] | Mapping[str, Any]


def pairwise(**axes: Axis) -> pytest.MarkDecorator:
    """Parametrize a test; `make test` runs it with every pair of values of two axes."""
    return _grid(axes, pairs(_lengths(axes)))


def each_value(**axes: Axis) -> pytest.MarkDecorator:
    """Parametrize a test; `make test` runs it with every value of each axis."""
    return _grid(axes, diagonal(_lengths(axes)))


def only(*ids: str, **axes: Axis) -> pytest.MarkDecorator:
    """Parametrize a test; `make test` runs it with the rows that have these ids."""
    names = [[name for name, _ in _named(axis)] for axis in axes.values()]
    rows = {
        "-".join(name[i] for name, i in zip(names, row, strict=True)): row
        for row in product(*map(range, _lengths(axes)))
    }
    return _grid(axes, [rows[id_] for id_ in ids])


def first(n: int, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> pytest.MarkDecorator:
    """Parametrize a test with these rows; `make test` runs it with the first n of them."""
    return pytest.mark.parametrize(
        names,
        [pytest.param(*row, marks=() if i < n else pytest.mark.exhaustive) for i, row in enumerate(rows)],
    )


def pairs(lengths: Sequence[int]) -> list[Row]:
    """Choose rows greedily until every pair of indices on two axes occurs in one of them."""
    rows = list(product(*map(range, lengths)))
    missing = {pair for row in rows for pair in _pairs_of(row)}
    chosen = []
    while missing:
        best = max(rows, key=lambda row: len(missing.intersection(_pairs_of(row))))  # the first of the best
        chosen.append(best)
        missing.difference_update(_pairs_of(best))
    return chosen


def diagonal(lengths: Sequence[int]) -> list[Row]:
    """Choose as many rows as the longest axis has values, each axis over and over in its order."""
    return [tuple(i % length for length in lengths) for i in range(max(lengths))]


def _pairs_of(row: Row) -> Iterable[tuple[tuple[int, int], ...]]:
    return combinations(enumerate(row), 2)


def _lengths(axes: Mapping[str, Axis]) -> list[int]:
    return [len(axis) for axis in axes.values()]


def _grid(axes: Mapping[str, Axis], sample: Iterable[Row]) -> pytest.MarkDecorator:
    named = [_named(axis) for axis in axes.values()]
    kept = set(sample)
    return pytest.mark.parametrize(
        tuple(axes),
        [
            pytest.param(
                *(values[i][1] for values, i in zip(named, row, strict=True)),
                id="-".join(values[i][0] for values, i in zip(named, row, strict=True)),
                marks=() if row in kept else pytest.mark.exhaustive,
            )
            for row in product(*(range(len(values)) for values in named))
        ],
    )


def _named(axis: Axis) -> list[tuple[str, Any]]:
    if isinstance(axis, Mapping):
        return list(axis.items())
    return [("x".join(map(str, value)) if isinstance(value, tuple) else str(value), value) for value in axis]
