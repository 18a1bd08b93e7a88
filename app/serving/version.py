"""What the answers of this server were computed by: the sources and NumPy, as one short name."""

import hashlib
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

LETTERS = 12


def digest(parts: Iterable[bytes]) -> str:
    """A short name for these bytes."""
    hashed = hashlib.blake2b(digest_size=LETTERS // 2)
    for part in parts:
        hashed.update(hashlib.blake2b(part).digest())
    return hashed.hexdigest()


def _sources() -> Iterable[bytes]:
    yield version("numpy").encode()
    root = Path(__file__).parents[1]
    for path in sorted(root.rglob("*.py")):
        yield path.relative_to(root).as_posix().encode()
        yield path.read_bytes()


ENGINE = digest(_sources())
"""Changes with every change of the code, so that no cache ever mixes the answers of two versions."""
