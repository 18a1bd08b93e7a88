#!/usr/bin/env bash
# Keras 3.15.1 on TensorFlow 2.21: Adam rounds betas that are numbers of Python to float32, also for variables of float64.
#
# Expected: with `keras.config.set_floatx("float64")` the first update of Adam is the learning rate, whatever the gradient: both corrections
#   of the bias cancel exactly, and epsilon is negligible.
# Observed: 0.9 and 0.999 are rounded to float32 before they are powers of float64, so that the first update is 6.7e-6 of itself too small.
#   With betas of NumPy's float64 it is exact. The backends of JAX and PyTorch are exact in both ways.
# Where we deal with it: the training loop as a Keras script gives the betas as numpy.float64 (app/labs/training/script/keras_loop.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check keras==3.15.1 tensorflow==2.21.0 numpy==2.4.6
env/bin/pip list --disable-pip-version-check 2> /dev/null | grep -iE '^(keras|tensorflow|numpy) '

cat > first_update.py <<'PYTHON'
import numpy as np
import keras

keras.config.set_floatx("float64")
RATE = 0.1


def first_update(*betas):
    variable = keras.Variable(np.zeros(1), dtype="float64")
    optimizer = keras.optimizers.Adam(RATE, *betas, epsilon=1e-30)
    optimizer.build([variable])
    optimizer.apply([keras.ops.convert_to_tensor(np.array([0.5]))])
    return -float(keras.ops.convert_to_numpy(variable.value)[0])


python, numpy = first_update(0.9, 0.999), first_update(np.float64(0.9), np.float64(0.999))
for name, update in (("Python's float", python), ("numpy.float64", numpy)):
    print(f"betas of {name}: the first update is {update!r}, {1 - update / RATE:.1e} of itself too small")
assert 6e-6 < 1 - python / RATE < 7e-6
assert abs(1 - numpy / RATE) < 1e-15
PYTHON

TF_CPP_MIN_LOG_LEVEL=3 KERAS_BACKEND=tensorflow KERAS_HOME="$folder" env/bin/python first_update.py
echo "As described: Adam's first update is exact with betas of numpy.float64 alone."
