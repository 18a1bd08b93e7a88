"""The explorer: forward pass, full BPTT and truncated BPTT of one network at fixed weights."""
