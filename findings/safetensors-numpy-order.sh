#!/usr/bin/env bash
# safetensors 0.8.0, NumPy front end: the arrays of one file come in an order that differs from one load to the next.
#
# Expected: `safetensors.numpy.load` gives the arrays in the order of the file, as `numpy.load` and a state_dict do.
# Observed: ten loads of the same bytes give several orders. Whoever takes the layers in the order of the dictionary, or reports the first
#   array that is wrong, gets another answer each time.
# Where we deal with it: app/interchange/formats/safetensors_file.py reads the arrays in the order of their names.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check safetensors==0.8.0 numpy==2.4.6
env/bin/pip list --disable-pip-version-check 2> /dev/null | grep -iE '^(safetensors|numpy) '

cat > order.py <<'PYTHON'
import numpy as np
from safetensors.numpy import load, save

names = [f"layer{i}.weight" for i in range(12)]
raw = save({name: np.zeros(2, dtype=np.float32) for name in names})
orders = {tuple(load(raw)) for _ in range(10)}
for order in sorted(orders)[:3]:
    print(" ".join(name.removesuffix(".weight") for name in order))
print(len(orders), "orders in 10 loads of the same bytes")
assert len(orders) > 1
assert all(sorted(order) == sorted(names) for order in orders)
PYTHON

env/bin/python order.py
echo "As described: the order of the arrays is not that of the file."
