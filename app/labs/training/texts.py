"""Bundled texts, written for this lab; to add one, add a file in bundled/ and its name here."""

from pathlib import Path

NAMES = ("river-en", "river-ko")

TEXTS: dict[str, str] = {
    f"@{name}": (Path(__file__).parent / "bundled" / f"{name}.txt").read_text(encoding="utf-8").strip()
    for name in NAMES
}
"""By their name in a link."""
