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
        "visibility",
        "ab",
        "export",
        "graph",
        "opening",
        "legend",
        "marks",
        "moment",
        "norms",
        "readout",
        "trend",
    ),
    "training": (
        *_OF_EVERY_LAB,
        "visibility",
        "export",
        "graph",
        "player",
        "preview",
        "table",
        "training",
    ),
    "graph": (
        *_OF_EVERY_LAB,
        "visibility",
        "export",
        "graphlab",
        "player",
        "presets",
    ),
}
"""Sections of the catalogues, by the path of a page: those that its scripts name; a test compares both.

Pages that have not more later have those of the share dialog, too.
"""
HAVE_MORE = {""}
"""Pages that load further scripts after the first picture, and with them all words."""
ERRORS_OF_OTHERS = (
    *(
        "beyond_last_step",
        "endless",
        "formula_",
        "lag_of_adding",
        "lengths_beyond",
        "later_than_loss",
        "no_blocks_",
        "no_contestant",
        "no_film",
    ),
    *(
        "no_lanes",
        "no_layers",
        "no_loss_here",
        "no_stairs",
        "no_such_",
        "not_a_path",
        "not_lengths",
        "not_values",
    ),
    *("too_many_contestants", "too_many_lanes", "too_much_work", "walk_too_"),
)
"""How the codes of errors begin that no question of the explorer leads to."""


def first_words(path: str, words: dict[str, Any], language: str) -> dict[str, Any]:
    """The data of a page with these words alone; where all of them are, if it needs them later."""
    later = {"all_words": f"/static/{files.version}/words/{language}.json"} if path in HAVE_MORE else {}
    sections = {section: words[section] for section in FIRST[path]}
    sections["params"] = without_help(words["params"])
    if later:
        sections["errors"] = _of_the_explorer(words["errors"])
    return {"words": sections, **later}


def _of_the_explorer(errors: dict[str, str]) -> dict[str, str]:
    return {code: text for code, text in errors.items() if not code.startswith(ERRORS_OF_OTHERS)}


def without_help(params: dict[str, Any]) -> dict[str, Any]:
    """The words of parameters without the sentences about them, which no first picture needs."""
    return {
        name: {part: text for part, text in control.items() if part != "help"}
        for name, control in params.items()
    }
