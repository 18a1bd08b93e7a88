"""The same arrays in every file format and number format are read the same, and their precision is told."""

import io
import json

import numpy as np
import pytest
from safetensors.numpy import save

from app.interchange.formats import read_file
from app.interchange.formats.numbers import coarsest

NUMBERS = np.random.default_rng(0).normal(size=(3, 4))


def npz(array: np.ndarray) -> bytes:
    file = io.BytesIO()
    np.savez(file, a=array)
    return file.getvalue()


def as_json(array: np.ndarray) -> bytes:
    return json.dumps({"a": array.tolist()}).encode()


@pytest.mark.parametrize("kind", ["float64", "float32", "float16"])
@pytest.mark.parametrize("written", [npz, lambda array: save({"a": array})], ids=["npz", "safetensors"])
def test_numbers_are_read_exactly(kind, written):
    array = NUMBERS.astype(kind)
    contents = read_file(written(array))
    np.testing.assert_array_equal(contents.arrays["a"], array.astype(np.float64))
    assert contents.precision == kind


@pytest.mark.parametrize("kind", ["float64", "float32"])
def test_json_tells_float32_by_its_numbers(kind):
    array = NUMBERS.astype(kind)
    contents = read_file(as_json(array))
    np.testing.assert_array_equal(contents.arrays["a"], array.astype(np.float64))
    assert contents.precision == kind


def test_the_shortest_form_of_float32_counts_as_float32():
    text = json.dumps({"a": [float(str(number)) for number in NUMBERS.astype(np.float32).ravel()]})
    assert read_file(text.encode()).precision == "float32"


def test_bfloat16_is_the_first_half_of_float32():
    halves = np.array([0x3F80, 0xC000, 0x0080], dtype="<u2")  # 1, -2, the smallest normal number
    header = json.dumps({"a": {"dtype": "BF16", "shape": [3], "data_offsets": [0, 6]}}).encode()
    contents = read_file(len(header).to_bytes(8, "little") + header + halves.tobytes())
    np.testing.assert_array_equal(contents.arrays["a"], [1.0, -2.0, 2.0**-126])
    assert contents.precision == "bfloat16"


def test_the_coarsest_format_is_told():
    assert coarsest(["float64", "float16", "float32"]) == "float16"
    assert coarsest(["float16", "bfloat16"]) == "bfloat16"
    assert coarsest([]) == "float64"


def test_arrays_in_the_order_of_columns_are_read_as_they_are():
    columns = np.asfortranarray(NUMBERS)
    np.testing.assert_array_equal(read_file(npz(columns)).arrays["a"], NUMBERS)


def test_arrays_of_safetensors_come_in_the_order_of_their_names():
    data = save(dict.fromkeys("hgfedcba", NUMBERS))
    assert all([*read_file(data).arrays] == [*"abcdefgh"] for _ in range(10))
