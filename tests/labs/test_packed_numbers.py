"""Packed numbers: exact for the number format, the same as the list, and in any vocabulary's order."""

import base64

import numpy as np
import pytest

from app.bptt import weights
from app.labs.explorer.params import BpttParams
from app.labs.explorer.run import run
from app.labs.packed_numbers import is_packed, packed, packed_exactly, unpacked
from tests.arrays import assert_close


@pytest.mark.parametrize(("form", "kind"), [("f32", np.float32), ("f64", np.float64)])
def test_numbers_come_back_exactly(form, kind):
    numbers = np.random.default_rng(0).normal(size=11).astype(kind)
    text = packed(numbers, form)
    assert text[4:] == base64.urlsafe_b64encode(numbers.tobytes()).decode().rstrip("=")
    np.testing.assert_array_equal(np.array(unpacked(text), dtype=kind), numbers)


def test_a_known_text():
    assert unpacked("f32:AACAPwAAAMA") == [1.0, -2.0]
    assert unpacked("f64:AAAAAAAA8D8") == [1.0]
    assert all(map(is_packed, ["f32:", "f64:A"]))
    assert not any(map(is_packed, ["f3", "f16:A", "1,2"]))


def test_only_the_arrays_that_float32_would_round_take_more_room():
    rng = np.random.default_rng(2)
    first, second = rng.normal(size=(2, 3, 4)).astype(np.float32).astype(float)
    summed = first + second * 1e-3
    text = packed_exactly([first, second, summed, first[0]])
    assert text == f"{packed([first, second], 'f32')}.{packed(summed, 'f64')}.{packed(first[0], 'f32')}"
    np.testing.assert_array_equal(unpacked(text), np.concatenate([first, second, summed, first[:1]]).ravel())
    assert packed_exactly([first]) == packed(first, "f32")
    assert packed_exactly([[1e300]]).startswith("f64:"), "beyond float32"
    assert unpacked("f32:AACAPw.f64:AAAAAAAA8D8") == [1.0, 1.0]


@pytest.mark.parametrize(
    "text", ["f32:AACAPw.", ".f32:AACAPw", "f32:AACAPw.AACAPw", "f32:AACAPw..f32:AACAPw"]
)
def test_every_part_says_its_form(text):
    with pytest.raises(ValueError, match=r"f32|AACA|^$"):
        unpacked(text)


def test_an_lstm_with_sixteen_units_on_27_symbols_fits_a_link():
    vocabulary = "abcdefghijklmnopqrstuvwxyz "
    params = BpttParams(text="the quick", cell="lstm", hidden=16, vocabulary=vocabulary)
    needed = sum(int(np.prod(shape)) for shape in params.weight_shapes.values())
    assert needed == 27 * 64 + 16 * 64 + 64 + 16 * 27 + 27
    numbers = np.random.default_rng(1).normal(size=needed).astype(np.float32)
    link = packed(numbers, "f32")
    assert len(link) < 18_000
    same = BpttParams(text="the quick", cell="lstm", hidden=16, vocabulary=vocabulary, weights=link)
    np.testing.assert_array_equal(np.array(same.custom_weights), numbers.astype(np.float64))


def test_packed_weights_and_the_list_are_the_same_network():
    shape = BpttParams(text="hello", hidden=2).weight_shapes
    numbers = np.linspace(-1, 1, sum(int(np.prod(one)) for one in shape.values()))
    listed = run(BpttParams(text="hello", hidden=2, weights=",".join(map(str, numbers))))
    link = run(BpttParams(text="hello", hidden=2, weights=packed(numbers, "f64")))
    np.testing.assert_array_equal(link["weights"]["Wx"], listed["weights"]["Wx"])
    assert link["forward"]["total_loss"] == listed["forward"]["total_loss"]


def test_a_vocabulary_orders_inputs_and_outputs():
    """The network of "hello", its rows and columns in another order and two symbols more that never come."""
    plain = run(BpttParams(text="hello", hidden=3))
    order = "xolehy"
    places = [order.index(symbol) for symbol in plain["vocabulary"]]
    shapes = BpttParams(text="hello", hidden=3, vocabulary=order).weight_shapes
    W = {name: np.zeros(shape) for name, shape in shapes.items()}
    W["Wx"][places] = plain["weights"]["Wx"]
    W["Wh"], W["b"] = plain["weights"]["Wh"], plain["weights"]["b"]
    W["Wy"][:, places] = plain["weights"]["Wy"]
    W["by"] = np.full(len(order), -100.0)  # so that the two have no part in the softmax
    W["by"][places] = plain["weights"]["by"]
    moved = run(
        BpttParams(text="hello", hidden=3, vocabulary=order, weights=packed(weights.flatten(W), "f64"))
    )
    assert moved["vocabulary"] == [*order]
    assert_close(moved["forward"]["h"], plain["forward"]["h"])
    assert_close(moved["forward"]["total_loss"], plain["forward"]["total_loss"])
    for kind in ("full", "truncated"):
        assert_close(moved[kind]["gradients"]["Wh"], plain[kind]["gradients"]["Wh"])
        assert_close(moved[kind]["gradients"]["Wx"][places], plain[kind]["gradients"]["Wx"])
        assert_close(moved[kind]["gradients"]["Wy"][:, places], plain[kind]["gradients"]["Wy"])


def test_a_vocabulary_has_no_effect_on_numbers_and_is_none_of_a_training_run():
    assert run(BpttParams(unit="number", vocabulary="1 2"))["vocabulary"] == []
    with pytest.raises(ValueError, match="trained_otherwise"):
        BpttParams(text="hello", trained="text=hello", vocabulary="helo")
