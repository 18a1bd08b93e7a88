"""The samples of tests/pairwise.py cover what they promise, and the rest of a grid is marked."""

from itertools import combinations, product

import pytest

from tests.pairwise import diagonal, each_value, first, only, pairs, pairwise

LENGTHS = [(3,), (2, 2), (12, 2), (2, 2, 2), (5, 2, 4), (6, 2, 3), (3, 2, 2), (2, 3, 4, 3, 2)]


@pytest.mark.parametrize("lengths", LENGTHS)
def test_every_pair_of_values_occurs(lengths: tuple[int, ...]) -> None:
    rows = pairs(lengths) if len(lengths) > 1 else diagonal(lengths)
    for (a, length_a), (b, length_b) in combinations(enumerate(lengths), 2):
        assert {(row[a], row[b]) for row in rows} == set(product(range(length_a), range(length_b)))
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize("lengths", LENGTHS)
def test_every_value_occurs_in_as_few_rows_as_can_be(lengths: tuple[int, ...]) -> None:
    rows = diagonal(lengths)
    assert len(rows) == max(lengths)
    for axis, length in enumerate(lengths):
        assert {row[axis] for row in rows} == set(range(length))


def test_a_sample_is_smaller_than_its_grid() -> None:
    assert len(pairs([2, 2, 2])) == 4
    assert len(pairs([5, 2, 4])) == 20
    assert len(pairs([3, 3, 3, 3])) < 20


def test_the_grid_is_whole_and_its_rest_is_marked() -> None:
    mark = pairwise(width=[320, 1280], theme={"light": 0, "dark": 1}, size=[(390, 844), (844, 390)])
    names, params = mark.args
    assert names == ("width", "theme", "size")
    assert {param.values for param in params} == set(product([320, 1280], [0, 1], [(390, 844), (844, 390)]))
    assert params[0].id == "320-light-390x844"
    kept = [param for param in params if not param.marks]
    assert len(kept) == 4
    assert {mark.name for param in params for mark in param.marks} == {"exhaustive"}


def test_each_value_keeps_the_diagonal() -> None:
    _, params = each_value(lesson=["a", "b", "c"], language=["ko", "en"]).args
    assert [param.id for param in params if not param.marks] == ["a-ko", "b-en", "c-ko"]


def test_only_the_named_rows_are_kept() -> None:
    _, params = only("a-en", "c-ko", lesson=["a", "b", "c"], language={"ko": 0, "en": 1}).args
    assert [param.values for param in params if not param.marks] == [("a", 1), ("c", 0)]
    assert len(params) == 6
    with pytest.raises(KeyError):
        only("d-ko", lesson=["a"], language=["ko"])


def test_the_first_rows_of_a_list_are_the_sample() -> None:
    rows = first(2, ("a", "b"), [(1, 2), (3, 4), (5, 6)]).args[1]
    assert [row.values for row in rows] == [(1, 2), (3, 4), (5, 6)]
    assert [bool(row.marks) for row in rows] == [False, False, True]
