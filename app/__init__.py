"""BPTT Explorer: an interactive page for teaching backpropagation through time."""

import os

__version__ = "0.1.0"

ONE_THREAD = (
    *("OPENBLAS_NUM_THREADS", "GOTO_NUM_THREADS", "OMP_NUM_THREADS"),
    *("MKL_NUM_THREADS", "BLIS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"),
)
"""What BLAS libraries read when NumPy is loaded: one thread each, whatever the environment says.

The pool runs one computation on each core. Several threads would make them wait for each other, and results
would depend on the number of cores.
"""
os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
