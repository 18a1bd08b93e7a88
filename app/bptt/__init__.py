"""The kernel: recurrent networks and their gradients through time, in NumPy alone.

One set of letters everywhere: ``T`` steps, ``D`` input size, ``H`` hidden size, ``V`` output size,
``S`` width of the carried state (``H`` for an rnn), ``s`` a loss, ``t`` a step, counted from 0.
Row vectors, float64, arguments are never written to.
"""
