"""The words that the explorer's first picture needs: they come with the page, and all others after it."""

from typing import Any

from .assets import files

FIRST = (
    "control",
    "errors",
    "explained",
    "folded",
    "graph",
    "highlight",
    "home",
    "k_curve",
    "k_label",
    "k_out",
    "legend",
    "lessons",
    "moment",
    "notices",
    "overview",
    "params",
    "player",
    "present",
    "preview",
    "proof",
    "readout",
    "schemes",
    "share",
    "sharing",
    "site",
    "trained",
    "visibility",
)
"""Sections of the catalogues: those that the scripts name which are loaded first; a test compares both."""


def first_words(words: dict[str, Any], language: str) -> dict[str, Any]:
    """The data of a page that comes with these words alone, and says where all of them are."""
    return {
        "words": {section: words[section] for section in FIRST},
        "all_words": f"/static/{files.version}/words/{language}.json",
    }
