"""BPTT Explorer: see backpropagation through time, full and truncated, on one unrolled network."""
