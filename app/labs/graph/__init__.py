"""The graph lab: one small computation graph forward, backward and a descent step, with every number."""
