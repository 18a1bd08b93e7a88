"""A network written for a framework is the same when it is read again, or is refused by name."""

import io
import zipfile
from dataclasses import replace

import numpy as np
import pyfive
import pytest
from safetensors import deserialize

from app.interchange.formats import read_file
from app.interchange.formats.hdf5_writing import MOST_IN_A_GROUP
from app.interchange.formats.hdf5_writing import write as write_hdf5
from app.interchange.formats.onnx_file import message
from app.interchange.layouts import LAYOUTS, write
from app.interchange.network import GATES, Network, Recurrent
from app.interchange.recognition import recognize
from app.interchange.refused import Refused
from app.interchange.targets import PRECISIONS, TARGETS, file_of, fitted, in_form
from tests.arrays import assert_close

FORMS = [("rnn", None), ("lstm", None), ("gru", "before"), ("gru", "after")]
RESETS_AFTER_ONLY = {"pytorch", "flax", "nnx", "equinox"}
D, V = 5, 5


def network(cell: str, reset: str | None, activation: str = "tanh", H: int = 3, inside: float = 1) -> Network:
    rng = np.random.default_rng(7)
    G = len(GATES[cell])
    bh = inside * rng.normal(size=H) if reset == "after" else None
    layer = Recurrent(
        cell, rng.normal(size=(D, G * H)), rng.normal(size=(H, G * H)), rng.normal(size=G * H), reset, bh
    )
    return Network(layer, rng.normal(size=(H, V)), rng.normal(size=V), activation)


def assert_same(one: Network, other: Network, precision: str = "float64") -> None:
    assert (one.recurrent.cell, one.recurrent.reset) == (other.recurrent.cell, other.recurrent.reset)
    for part in ("Wx", "Wh", "b", "bh"):
        mine, theirs = (getattr(each.recurrent, part) for each in (one, other))
        assert (mine is None) == (theirs is None)
        if mine is not None:
            assert_rounded(mine, theirs, precision)
    assert_rounded(one.Wy, other.Wy, precision)
    assert_rounded(one.by, other.by, precision)


def assert_rounded(read, written, precision: str) -> None:
    np.testing.assert_array_equal(read, written.astype(precision))
    assert_close(read, written, 1e-7)


def reason(name: str, cell: str, reset: str | None) -> str:
    """Why a framework cannot have the cell; empty if it can."""
    if (name, cell) == ("equinox", "rnn"):
        return "file_no_such_cell"
    if reset == "before" and name in RESETS_AFTER_ONLY:
        return "file_reset_after"
    return "file_bias_inside" if (name, reset) == ("nnx", "after") else ""


@pytest.mark.parametrize("precision", PRECISIONS)
@pytest.mark.parametrize(("cell", "reset"), FORMS)
@pytest.mark.parametrize("name", TARGETS)
def test_what_is_written_is_read_as_the_same_network(name, cell, reset, precision):
    one, why = network(cell, reset), reason(name, cell, reset)
    if why:
        with pytest.raises(Refused, match=f"{why}: {TARGETS[name].framework}"):
            fitted(name, one)
        return
    found = recognize(read_file(file_of(fitted(name, one), precision, "")))
    assert found.layout.framework == TARGETS[name].framework
    assert found.network.precision == precision
    assert_same(found.network, one, precision)


@pytest.mark.parametrize("name", TARGETS)
@pytest.mark.parametrize("activation", ["tanh", "sigmoid", "relu", "identity"])
def test_an_activation_that_the_framework_does_not_have_is_refused(name, activation):
    one = network("rnn", None, activation)
    if name == "equinox":
        return
    if name == "pytorch" and activation in {"sigmoid", "identity"}:
        with pytest.raises(Refused) as refused:
            fitted(name, one)
        assert (refused.value.code, refused.value.limit) == ("file_no_activation", "tanh, relu")
        return
    found = recognize(read_file(file_of(fitted(name, one), "float64", "")))
    says_it = name == "onnx"
    assert (found.network.activation, bool(found.assumed)) == (
        activation if says_it else "tanh",
        not says_it,
    )


@pytest.mark.parametrize("names", [("h0",), ("c0",), ("h0", "c0")])
@pytest.mark.parametrize("name", TARGETS)
def test_an_initial_state_is_written_and_read_again(name, names):
    rng = np.random.default_rng(5)
    initial = {each: rng.normal(size=3) for each in names}
    one = replace(network("lstm", None), initial=initial)
    found = recognize(read_file(file_of(fitted(name, one), "float64", ""))).network
    assert_same(found, one)
    assert {key: state.tolist() for key, state in found.initial.items()} == {
        key: state.tolist() for key, state in initial.items()
    }
    assert {source.fills for source in found.sources} >= set(names)


def test_without_a_bias_inside_the_reset_nnx_has_the_gru():
    one = network("gru", "after", inside=0)
    assert_same(recognize(read_file(file_of(fitted("nnx", one), "float64", ""))).network, one)


@pytest.mark.parametrize("name", sorted(RESETS_AFTER_ONLY))
def test_of_one_unit_both_forms_of_the_gru_are_the_same(name):
    one = network("gru", "before", H=1)
    found = recognize(read_file(file_of(fitted(name, one), "float64", ""))).network
    assert found.recurrent.reset == "after"
    assert not found.recurrent.bh.any()
    np.testing.assert_array_equal(found.recurrent.Wh, one.recurrent.Wh)
    assert in_form(network("gru", "after", H=1).recurrent, "before") is None


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: f"{layout.framework} {layout.layer}")
def test_of_gradients_each_of_two_biases_has_that_of_the_sum(layout):
    one = network(layout.cell, layout.reset).recurrent
    arrays = write(layout, one, are_gradients=True)
    both = [arrays[name] for name in layout.bias_names if name in arrays]
    if layout.recurrent_bias is None or layout.bias is None or layout.recurrent_bias_gates:
        return
    first, second = both[0] if layout.stacked_biases else both
    H = 3
    shared = slice(None) if one.bh is None else slice(2 * H)
    np.testing.assert_array_equal(first[shared], second[shared])
    if one.bh is not None:
        np.testing.assert_array_equal(second[2 * H :], one.bh)


def test_numbers_that_are_not_finite_are_refused_by_the_name_of_the_array():
    one = network("rnn", None)
    one.recurrent.Wx[0, 0] = np.nan
    with pytest.raises(Refused, match=r"file_not_finite: rnn\.weight_ih_l0"):
        file_of(fitted("pytorch", one), "float64", "")
    one.recurrent.Wx[0, 0] = 1e300
    assert file_of(fitted("pytorch", one), "float64", "")
    with pytest.raises(Refused, match=r"file_not_finite: rnn\.weight_ih_l0"):
        file_of(fitted("pytorch", one), "float32", "")


@pytest.mark.parametrize("name", TARGETS)
def test_a_file_says_what_it_is_about_and_is_always_the_same(name):
    fit, about = fitted(name, network("lstm", None)), 'in order: ["a", "\\u3131"]'
    data = file_of(fit, "float64", about)
    assert data == file_of(fit, "float64", about)
    assert about in told(name, data)


def told(name: str, data: bytes) -> str:
    if name == "keras":
        said = pyfive.File(io.BytesIO(data)).attrs["about"]
        return said.decode() if isinstance(said, bytes) else str(said)
    if name == "onnx":
        model = message("Model")()
        model.ParseFromString(data)
        return model.doc_string
    if name == "npz":
        return zipfile.ZipFile(io.BytesIO(data)).comment.decode()
    assert deserialize(data)
    return data[8 : 8 + int.from_bytes(data[:8], "little")].decode().replace('\\"', '"').replace("\\\\", "\\")


def test_hdf5_has_arrays_of_every_shape_in_groups():
    rng = np.random.default_rng(3)
    arrays = {
        "a": rng.normal(size=3),
        "b/c/d": rng.normal(size=(2, 3)).astype("float32"),
        "b/e": rng.normal(size=(2, 1, 4)),
        "b/transposed": rng.normal(size=(4, 2)).T,
    }
    file = pyfive.File(io.BytesIO(write_hdf5(arrays, {"said": "ㄱ" * 300})))
    for path, array in arrays.items():
        assert file[path].dtype == array.dtype
        np.testing.assert_array_equal(file[path][...], array)
    assert sorted(file["b"]) == ["c", "e", "transposed"]
    with pytest.raises(ValueError, match="members"):
        write_hdf5({str(n): np.zeros(1) for n in range(MOST_IN_A_GROUP + 1)}, {})
