"""The training lab: truncated BPTT as it is used in practice, on texts and on memory tasks."""
