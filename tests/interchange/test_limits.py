"""Files exactly as large as allowed are read, one number more is refused by name and with the limit."""

import io
import json
import zipfile

import numpy as np
import pytest

from app.interchange.formats import hdf5_writing, keras_file, npz_file, read_file
from app.interchange.formats.npz_file import MAX_BYTES, MAX_COMMENT
from app.interchange.layouts import LAYOUTS
from app.interchange.refused import Refused

HEADER = 128  # bytes of a .npy file before the numbers
MEGABYTES = 16


def npz(**arrays: np.ndarray) -> bytes:
    packed = io.BytesIO()
    np.savez_compressed(packed, **arrays)
    return packed.getvalue()


def refused(data: bytes) -> tuple[str, str, object]:
    with pytest.raises(Refused) as why:
        read_file(data)
    return why.value.code, why.value.name, why.value.limit


def test_all_arrays_of_an_npz_file_together_have_the_room():
    assert MAX_BYTES == MEGABYTES * 2**20
    fits = np.zeros((MAX_BYTES - HEADER) // 8)
    assert len(read_file(npz(a=fits)).arrays["a"]) == len(fits)
    assert refused(npz(a=np.zeros(len(fits) + 1))) == ("file_too_large", "a.npy", MEGABYTES)
    half = np.zeros(MAX_BYTES // 16 - HEADER // 8)
    assert set(read_file(npz(a=half, b=half)).arrays) == {"a", "b"}
    assert refused(npz(a=half, b=half, c=np.zeros(1))) == ("file_too_large", "c.npy", MEGABYTES)


def test_each_array_of_an_hdf5_file_has_the_room():
    fits = np.zeros(MAX_BYTES // 4, dtype=np.float32)
    file = hdf5_writing.write({"layers/gru/cell/vars/0": fits, "layers/dense/vars/0": np.zeros(1)}, {})
    assert {*read_file(file).arrays} == {"gru.kernel", "dense.kernel"}
    more = hdf5_writing.write({"layers/gru/cell/vars/0": np.append(fits, np.float32(0))}, {})
    assert refused(more) == ("file_too_large", "layers/gru/cell/vars/0", MEGABYTES)


def test_a_text_longer_than_a_file_may_have_is_cut_and_the_file_is_read():
    about = "a" * 70_000
    data = npz_file.write({"a": np.ones(2)}, LAYOUTS[0], "tanh", about)
    comment = zipfile.ZipFile(io.BytesIO(data)).comment
    assert comment == f"{LAYOUTS[0].layer} (tanh). {about}".encode()[:MAX_COMMENT]
    assert MAX_COMMENT == 2**16 - 1
    assert read_file(hdf5_writing.write({"dense.kernel": np.ones(2)}, {"about": about})).arrays


def test_names_of_keras_come_from_the_place_and_number_of_an_array():
    places = {
        "layers/gru/cell/vars/0": "gru.kernel",
        "layers/gru/cell/vars/1": "gru.recurrent_kernel",
        "layers/gru/cell/vars/2": "gru.bias",
        "layers/dense/vars/0": "dense.kernel",
        "layers/dense/vars/1": "dense.bias",
        "layers/embedding/vars/0": "embedding.kernel",
        "layers/norm/vars/0": "norm.0",
        "layers/norm/vars/1": "norm.1",
        "layers/norm/vars/2": "norm.2",
        "layers/other/vars/weight": "other.weight",
    }
    arrays = {path: np.full(3, i, dtype=np.float64) for i, path in enumerate(places)}
    found = read_file(hdf5_writing.write(arrays, {})).arrays
    assert {name: int(array[0]) for name, array in found.items()} == {
        name: i for i, name in enumerate(places.values())
    }


def test_a_keras_file_with_a_damaged_configuration_is_refused_by_its_name():
    weights = hdf5_writing.write({"layers/dense/vars/0": np.ones((2, 2))}, {})
    layer = {"class_name": "Dense", "config": {"name": "dense"}}
    for configuration, is_read in (
        (json.dumps({"config": {"layers": [layer]}}), True),
        (json.dumps({"config": {"layers": [{"class_name": "Dense"}]}}), False),
        (json.dumps({"config": []}), False),
        ("{", False),
        ("[" * 100_000, False),
    ):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr(keras_file.WEIGHTS, weights)
            archive.writestr(keras_file.CONFIGURATION, configuration)
        if is_read:
            assert read_file(packed.getvalue()).layers == ({"class": "Dense", "name": "dense"},)
        else:
            assert refused(packed.getvalue())[:2] == ("file_damaged", keras_file.CONFIGURATION)


def test_a_safetensors_file_is_known_by_a_header_that_fits_in_it():
    header = json.dumps({"a": {"dtype": "F64", "shape": [0], "data_offsets": [0, 0]}}).encode()
    assert read_file(len(header).to_bytes(8, "little") + header).arrays["a"].shape == (0,)
    assert read_file((2).to_bytes(8, "little") + b"{}").arrays == {}
    for length in (1, 3):
        assert refused(length.to_bytes(8, "little") + b"{}")[0] == "file_unknown_format"
