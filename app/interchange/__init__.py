"""Weights of other frameworks: their layouts and files, and their way into this program and back."""
