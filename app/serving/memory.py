"""glibc's malloc in the server's process: freed memory goes back to the system.

By default glibc keeps an arena for every thread and, once a large array has been freed, takes the next large
ones from its heap, too. With threads that pass on bodies of a megabyte, the heap is soon full of holes: in a
flood of large runs the process takes more than twice the memory that it uses, and more from minute to minute.
"""

import ctypes

# mallopt(3): names in malloc.h
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8

MAPPED_FROM = 128 * 2**10  # bytes; a fixed value: by default it grows with what is freed, up to 32 MiB
TRIMMED_FROM = 256 * 2**10  # free bytes at the end of the heap
ARENAS = 2  # one is fought for by two cores


def give_back_freed_memory() -> bool:
    """Whether malloc could be told so; with another C library it keeps its own ways."""
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return False
    values = {M_MMAP_THRESHOLD: MAPPED_FROM, M_TRIM_THRESHOLD: TRIMMED_FROM, M_ARENA_MAX: ARENAS}
    return all(mallopt(name, value) == 1 for name, value in values.items())
