#!/usr/bin/env bash
# flax 0.12.8: the GRU of flax.linen and that of flax.nnx are different cells; the weights of one cannot be those of the other.
#
# Expected: both are the GRU that the reference of either names, with the same parameters under other names.
# Observed: the reset gate multiplies after the product in both, but linen has a bias inside the reset (hn), r * (h Wn + c), and nnx has
#   none there. A trained linen cell with a bias other than 0 has no counterpart in nnx, though all other parameters fit.
# Where we deal with it: app/interchange/layouts.py has a layout for each; the export to nnx refuses a network with a bias inside the reset.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check flax==0.12.8 jax==0.10.2 numpy==2.4.6
env/bin/pip list --disable-pip-version-check 2> /dev/null | grep -iE '^(flax|jax|numpy) '

cat > grus.py <<'PYTHON'
import jax
import jax.numpy as jnp
import numpy as np
from flax import linen, nnx

D, H = 2, 3
x, h = jnp.ones((1, D)), jnp.full((1, H), 0.5)
cell = linen.GRUCell(H)
params = cell.init(jax.random.key(0), h, x)["params"]
other = nnx.GRUCell(D, H, rngs=nnx.Rngs(0))


def in_nnx():
    """The output of the nnx cell with all parameters of the linen cell that it has room for; its order is r, z, n."""
    other.dense_i.kernel.value = jnp.concatenate([params[name]["kernel"] for name in ("ir", "iz", "in")], axis=1)
    other.dense_i.bias.value = jnp.concatenate([params[name]["bias"] for name in ("ir", "iz", "in")])
    other.dense_h.kernel.value = jnp.concatenate([params[name]["kernel"] for name in ("hr", "hz", "hn")], axis=1)
    return np.asarray(other(h, x)[0])


def in_linen():
    return np.asarray(cell.apply({"params": params}, h, x)[0])


print("linen has biases in", sorted(name for name, one in params.items() if "bias" in one))
print("nnx has a bias in   dense_i" + (" and dense_h" if other.dense_h.bias is not None else " alone"))
without = np.abs(in_linen() - in_nnx()).max()
params["hn"]["bias"] = jnp.ones(H)
with_bias = np.abs(in_linen() - in_nnx()).max()
print(f"difference of h: {without:.1e} with a bias of 0 inside the reset, {with_bias:.2f} with 1")
assert other.dense_h.bias is None
assert without < 1e-6 < 0.01 < with_bias
PYTHON

JAX_PLATFORMS=cpu env/bin/python grus.py
echo "As described: linen's GRU has a parameter that nnx's has no room for."
