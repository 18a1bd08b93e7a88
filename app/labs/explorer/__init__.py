"""The explorer: one run at fixed weights, forward, backward and truncated."""
