"""The training lab: truncated BPTT as it is run, on texts and on tasks that need a memory."""
