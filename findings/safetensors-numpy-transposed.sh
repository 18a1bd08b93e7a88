#!/usr/bin/env bash
# safetensors 0.8.0, NumPy front end: a transposed array is written with its numbers in another order, without an error.
#
# Expected: what `safetensors.numpy.save` writes is read back equal, or an array that is not contiguous is refused, as the PyTorch front
#   end refuses it.
# Observed: for `a.T` the shape is that of `a.T` and the numbers are in the order of `a`. A kernel that is transposed on its way to
#   another framework, as every kernel between Keras and PyTorch is, is read back as a matrix that nobody trained.
# Where we deal with it: app/interchange/formats/safetensors_file.py writes contiguous copies; tests/interchange reads them back.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check safetensors==0.8.0 numpy==2.4.6
env/bin/pip list --disable-pip-version-check 2> /dev/null | grep -iE '^(safetensors|numpy) '

cat > transposed.py <<'PYTHON'
import numpy as np
from safetensors.numpy import load, save

kernel = np.arange(6, dtype=np.float32).reshape(2, 3)
back = load(save({"weight": kernel.T}))["weight"]
copied = load(save({"weight": np.ascontiguousarray(kernel.T)}))["weight"]
print("saved ", kernel.T.tolist())
print("loaded", back.tolist())
assert back.shape == (3, 2)
assert not np.array_equal(back, kernel.T)
assert back.ravel().tolist() == kernel.ravel().tolist()
assert np.array_equal(copied, kernel.T)
PYTHON

env/bin/python transposed.py
echo "As described: the transposed array came back with its numbers in another order."
