"""Texts that come with the lab, written for it; a new one is a file in bundled/ and a line here."""

from pathlib import Path

NAMES = ("river-en", "river-ko")

TEXTS: dict[str, str] = {
    f"@{name}": (Path(__file__).parent / "bundled" / f"{name}.txt").read_text(encoding="utf-8").strip()
    for name in NAMES
}
"""By the name that stands for them in a link."""
