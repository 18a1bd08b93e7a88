"""Numbers of rooms, and the tokens that steer them."""

import hashlib
import hmac
import re
import secrets

from .refusals import Refused

_FIRST, _COUNT = 100_000, 900_000  # six digits, none of which is lost when a number is typed
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22,64}")


def new_number() -> str:
    """A random number of six digits."""
    return str(_FIRST + secrets.randbelow(_COUNT))


def new_token() -> str:
    """128 random bits."""
    return secrets.token_urlsafe(16)


def digest(token: str) -> str:
    """What is kept of a token: whoever reads it cannot steer.

    Raises:
        Refused: the text is no token of ours.

    """
    if not _TOKEN.fullmatch(token):
        raise Refused("wrong_token", "Authorization")
    return hashlib.sha256(token.encode()).hexdigest()


def check(kept: str, steer: str) -> None:
    """Compare two digests.

    Raises:
        Refused: they differ.

    """
    if not hmac.compare_digest(kept, steer):
        raise Refused("wrong_token", "Authorization")
