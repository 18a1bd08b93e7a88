"""The graph lab: one small computation graph forward, backward and a step downhill, with every number."""
