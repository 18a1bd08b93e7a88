"""Kernel: recurrent networks, backpropagation through time (BPTT) and its truncations, in NumPy.

All modules use the same letters: ``T`` time steps, ``D`` input size, ``H`` hidden size, ``V`` output size,
``S`` width of the recurrent state (``H`` for an RNN, ``2·H`` for an LSTM), ``G`` gates, ``B`` sequences of a
batch, ``P`` networks run side by side, ``K`` weights tables; ``s`` is the step of a loss, ``t`` a step,
both counted from 0. ``dX`` is ∂L/∂X and has the shape of X. Arrays are float64 and hold row vectors.
Functions never write to their arguments.
"""
