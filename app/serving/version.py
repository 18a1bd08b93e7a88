"""Version of what decides a result: digest of the sources, bundled texts, and NumPy and regex versions."""

import hashlib
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

BYTES = 6  # of a digest, two letters each


def digest(parts: Iterable[bytes]) -> str:
    """A short hexadecimal digest of these bytes."""
    hashed = hashlib.blake2b(digest_size=BYTES)
    for part in parts:
        hashed.update(hashlib.blake2b(part).digest())
    return hashed.hexdigest()


def _sources() -> Iterable[bytes]:
    for package in ("numpy", "regex"):  # regex decides what a grapheme is
        yield version(package).encode()
    root = Path(__file__).parents[1]
    for path in sorted([*root.rglob("*.py"), *root.glob("labs/*/bundled/*")]):
        yield path.relative_to(root).as_posix().encode()
        yield path.read_bytes()


ENGINE = digest(_sources())
"""Changes with every change of the code, so that caches never mix the results of two versions."""
