"""QR codes of URLs in NumPy (ISO/IEC 18004): bytes, error correction M or better, one fixed mask.

segno draws the same codes module by module, which takes far longer. From it come the tables of the standard
and, once per version and level, the modules that do not depend on the content.
"""

from functools import lru_cache
from itertools import pairwise, product
from typing import Any, NamedTuple

import numpy as np
import segno
from numpy.typing import NDArray
from segno import consts as untyped

consts: Any = untyped  # the tables of the standard
MASK = 2  # of eight patterns that all decode alike: every third column is inverted
LEVELS = {"M": consts.ERROR_LEVEL_M, "Q": consts.ERROR_LEVEL_Q, "H": consts.ERROR_LEVEL_H}
VERSIONS = range(1, 41)
CAPACITY = 2331  # bytes of content of the largest code
BYTE_MODE, TERMINATOR_BITS = 4, 4
PADDING = b"\0" + b"\xec\x11" * CAPACITY  # the first byte as segno has it: readers stop before
QUIET_ZONE = 4  # modules

Bytes = NDArray[np.uint8]
Indices = NDArray[np.intp]

_LOG = np.array(consts.GALIOS_LOG)
_LOG[0] = len(consts.GALIOS_EXP)  # from there on powers are 0, so that a product with 0 is 0
_EXP = np.array([*consts.GALIOS_EXP, *(256 * [0])], np.uint8)


class _Layout(NamedTuple):
    """What all codes of a version and level share.

    ``blank`` is the code (n, n) whose bits are all zero, ``places`` where its bits go; ``sizes`` are the
    numbers of data bytes of the blocks, and ``order`` is that in which these bytes are interleaved;
    ``generator`` has the logarithms of the coefficients of the generator polynomial, without the first.
    """

    blank: Bytes
    places: Indices
    sizes: list[int]
    order: Indices
    generator: Indices


def modules(content: bytes) -> Bytes:
    """The modules (n, n) of the smallest code that holds the content: 1 is dark.

    Raises:
        ValueError: it is longer than ``CAPACITY``.

    """
    version, level, count_bits = _fitting(len(content))
    layout = _layout(version, level)
    size = len(content)
    stream = (BYTE_MODE << count_bits | size) << 8 * size | int.from_bytes(content)
    stream_bits = 4 + count_bits + 8 * size + TERMINATOR_BITS
    data = (stream << TERMINATOR_BITS).to_bytes(stream_bits // 8) + PADDING
    codewords = np.frombuffer(data, np.uint8, sum(layout.sizes))
    checks = _error_correction(codewords, layout)
    bits = np.unpackbits(np.concatenate([codewords[layout.order], checks.T.ravel()]))
    code = layout.blank.copy()
    code.flat[layout.places[: len(bits)]] ^= bits
    return code


def svg(code: Bytes) -> bytes:
    """The code as an SVG image with its quiet zone: dark modules are strokes through the middle of a row."""
    n = len(code) + 2 * QUIET_ZONE
    edges = np.flatnonzero(np.diff(np.pad(code, QUIET_ZONE).ravel())) + 1
    y, x = np.divmod(edges.reshape(-1, 2), n)  # of the two ends of every stroke
    moves = np.column_stack([np.diff(x[:, 0], prepend=0), np.diff(y[:, 0], prepend=0), x[:, 1] - x[:, 0]])
    moves[1:, 0] -= moves[:-1, 2]  # each move begins where the stroke before it ends
    strokes = "m%d %dh%d" * len(moves) % tuple(moves.ravel().tolist())
    paths = f'<path fill="#fff" d="M0 0h{n}v{n}h-{n}z"/><path stroke="#000" d="M0 .5{strokes}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {n} {n}">{paths}</svg>'.encode()


def _fitting(size: int) -> tuple[int, str, int]:
    """The smallest version for so many bytes, its best level, and how many bits their number has."""
    for version in VERSIONS:
        count_bits = 8 if version < 10 else 16
        capacity = consts.SYMBOL_CAPACITY[version]
        levels = [name for name, level in LEVELS.items() if 4 + count_bits + 8 * size <= capacity[level]]
        if levels:
            return version, levels[-1], count_bits
    raise ValueError(f"{size} bytes are too many for a QR code")


@lru_cache(maxsize=40)  # 0.3 MB each
def _layout(version: int, level: str) -> _Layout:
    code = segno.make("", version=version, error=level, mode="byte", mask=MASK, boost_error=False)
    n = len(code.matrix)
    free = _content_region(version, n)
    blank = np.where(free, np.arange(n) % 3 == 0, np.array(code.matrix)).astype(np.uint8)
    index = np.arange(n * n).reshape(n, n)
    rights = [*range(n - 1, 6, -2), *range(5, 0, -2)]  # of pairs of columns; column 6 is a timing pattern
    pairs = [index[:: 1 if i % 2 else -1, [right, right - 1]].ravel() for i, right in enumerate(rights)]
    places = np.concatenate(pairs)
    blocks = [block for block in consts.ECC[version][LEVELS[level]] for _ in range(block.num_blocks)]
    sizes = [block.num_data for block in blocks]
    starts = np.cumsum([0, *sizes])
    order = [start + i for i in range(max(sizes)) for start, end in pairwise(starts) if start + i < end]
    generator = np.array(consts.GEN_POLY[blocks[0].num_total - blocks[0].num_data])
    return _Layout(blank, places[free.flat[places]], sizes, np.array(order), generator)


def _content_region(version: int, n: int) -> NDArray[np.bool_]:
    """Which modules (n, n) hold content, not one of the patterns or the version and format information."""
    free = np.ones((n, n), bool)
    for corner in (free[:9, :9], free[-8:, :9], free[:9, -8:]):
        corner[...] = False
    centers = consts.ALIGNMENT_POS[version - 2] if version > 1 else ()
    for y, x in product(centers, centers):
        if free[y, x]:  # there is none in the corners
            free[y - 2 : y + 3, x - 2 : x + 3] = False
    free[6] = free[:, 6] = False  # the timing patterns
    if version >= 7:
        free[-11:-8, :6] = free[:6, -11:-8] = False
    return free


def _error_correction(codewords: Bytes, layout: _Layout) -> Bytes:
    """The remainders (blocks, check bytes) of division by the generator polynomial, all blocks at once."""
    longest, checks = max(layout.sizes), len(layout.generator)
    rest = np.zeros((len(layout.sizes), longest + checks), np.uint8)
    for row, size, end in zip(rest, layout.sizes, np.cumsum(layout.sizes), strict=True):
        row[longest - size : longest] = codewords[end - size : end]  # zeros before it do not matter
    for k in range(longest):
        rest[:, k + 1 : k + 1 + checks] ^= _EXP[_LOG[rest[:, k], None] + layout.generator]
    return rest[:, longest:]
