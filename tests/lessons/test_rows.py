"""Concepts whose place is a lesson, held against what it answers; every concept has a test and a row."""

import re
from pathlib import Path

import numpy as np
import pytest

from app.lessons import LESSONS
from tests.lessons.answers import Answers

ROOT = Path(__file__).parents[2]
CONCEPTS = range(1, 59)


def moments_of(row: int) -> list:
    return [moment for lesson in LESSONS for moment in lesson.moment if row in moment.rows]


def states(answer):
    """h by the definition, from the answer's weights and symbols."""
    W, vocabulary = answer["weights"], list(answer["vocabulary"])
    h = np.zeros(W["Wh"].shape[0])
    for symbol in answer["tokens"]:
        h = np.tanh(h @ W["Wh"] + W["Wx"][vocabulary.index(symbol)] + W["b"])
        yield h


def test_row_07_t_steps_are_one_layer_that_hands_on_a_stack_of_states():
    for moment in moments_of(7):
        answer = Answers(moment.link).bptt
        T, H = len(answer["tokens"]), answer["params"]["hidden"]
        assert answer["forward"]["h"].shape == (T, H)
        np.testing.assert_allclose(answer["forward"]["h"], np.array(list(states(answer))), atol=1e-12)


def test_row_44_the_same_letters_in_another_order_have_another_likelihood():
    moment = next(moment for moment in moments_of(44) if moment.link_b)
    a, b = Answers(moment.link).bptt, Answers(moment.link_b).bptt
    assert list(a["vocabulary"]) == list(b["vocabulary"])
    for name, W in a["weights"].items():
        np.testing.assert_array_equal(W, b["weights"][name])
    likelihoods = [np.exp(-answer["forward"]["loss"].sum()) for answer in (a, b)]
    assert sorted([*a["tokens"], a["targets"][-1]]) == sorted([*b["tokens"], b["targets"][-1]])
    assert max(likelihoods) > 1e3 * min(likelihoods)


def test_row_57_the_state_returns_and_not_the_output():
    """Other weights of the read-out: other outputs, and not a bit of any state moves."""
    moment = next(moment for moment in moments_of(57) if moment.link_b)
    a, b = Answers(moment.link).bptt, Answers(moment.link_b).bptt
    assert not np.array_equal(a["weights"]["Wy"], b["weights"]["Wy"])
    np.testing.assert_array_equal(a["forward"]["h"], b["forward"]["h"])
    assert not np.allclose(a["forward"]["o"], b["forward"]["o"])


def test_every_concept_has_a_test_named_after_it():
    names = "\n".join(
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"def (test_row_\w+)", path.read_text(encoding="utf-8"))
    )
    for row in CONCEPTS:
        assert re.search(rf"(?:row|and|\d\d)_{row:02}(?=_)", names), row


@pytest.mark.parametrize("row", CONCEPTS)
def test_the_readme_says_where_a_concept_is_seen(row):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    cells = re.search(rf"^\| {row} \| (.+?) \| (.+?) \| (.+?) \|$", readme, re.MULTILINE)
    assert cells, row
    told = set(cells[3].split(", "))
    assert told == {
        f"{lesson.number}.{m}"
        for lesson in LESSONS
        for m, moment in enumerate(lesson.moment, 1)
        if row in moment.rows
    }
