"""Rooms of a live lecture: one address that everybody in a room sees, and the votes on one question."""
