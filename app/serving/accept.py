"""Accept headers with quality values, such as ``ko, en;q=0.8`` (RFC 9110 §12.4.2)."""

import re
from collections.abc import Iterator


def weighted(header: str) -> Iterator[tuple[str, float]]:
    """Every name in such a header, in lower case, with its weight."""
    for part in header.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if name:
            yield name, _quality(parameters)


def _quality(parameters: list[str]) -> float:
    """The weight q of a name: 1 if it is missing, 0 if it is malformed."""
    quality = next((p.removeprefix("q=") for p in parameters if p.startswith("q=")), "1")
    return float(quality) if re.fullmatch(r"(0(\.[0-9]{0,3})?|1(\.0{0,3})?)", quality) else 0.0
