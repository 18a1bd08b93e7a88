"""The words that the scripts of a lab's page need before its first picture: they alone come with the page."""

from typing import Any

from .assets import files

_OF_EVERY_LAB = (
    "control",
    "errors",
    "explained",
    "k_label",
    "k_out",
    "notices",
    "params",
    "share",
    "sharing",
    "site",
    "toolbar",
    "veil",
)
FIRST: dict[str, tuple[str, ...]] = {
    "": (
        *_OF_EVERY_LAB,
        "graph",
        "opening",
        "k_curve",
        "legend",
        "moment",
        "player",
        "preview",
        "proof",
        "readout",
        "switches",
        "trained",
    ),
    "ab": (
        *_OF_EVERY_LAB,
        "ab",
        "export",
        "graph",
        "opening",
        "legend",
        "moment",
        "norms",
        "readout",
        "trend",
    ),
    "training": (
        *_OF_EVERY_LAB,
        "export",
        "graph",
        "player",
        "preview",
        "table",
        "training",
    ),
    "graph": (
        *_OF_EVERY_LAB,
        "export",
        "graphlab",
        "player",
        "presets",
    ),
}
"""Sections of the catalogues, by the path of a page: those that its scripts name; a test compares both."""
HAVE_MORE = {""}
"""Pages that load further scripts after the first picture, and with them all words."""


def first_words(path: str, words: dict[str, Any], language: str) -> dict[str, Any]:
    """The data of a page with these words alone; where all of them are, if it needs them later."""
    later = {"all_words": f"/static/{files.version}/words/{language}.json"} if path in HAVE_MORE else {}
    sections = {section: words[section] for section in FIRST[path]}
    return {"words": sections | {"params": _without_help(words["params"])}, **later}


def _without_help(params: dict[str, Any]) -> dict[str, Any]:
    """The words of parameters without the sentences about them, which the form has as text."""
    return {
        name: {part: text for part, text in control.items() if part != "help"}
        for name, control in params.items()
    }
