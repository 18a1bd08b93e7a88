"""Style sheets of each page, in their order."""

_COURSE = ("tokens", "site", "share", "qr-code", "lessons", "print")
_EXPLORER = (
    *("tokens", "site", "controls", "player", "k-curve", "picture", "overview", "folded"),
    *(
        "cuts",
        "ledger",
        "panels",
        "present",
        "tray",
    ),
)
_LAST = ("veil", "front", "dock", "touch", "print")
LATE = ("share", "dialogs", "qr-code", "formats", "credit", "ledger-charts")
"""Sheets of what only a click shows: the explorer loads them after its first picture."""
ON_DEMAND = ("poll", "lecture", "followed", "paper")
"""Sheets that scripts load: of the lecturer, of what a live lecture shows, of the explorer on paper."""
_LAB_VIEWS = ("training", "film", "film-player", "race", "lanes", "lab-present")
_LABS = (*_EXPLORER, "compare", *LATE, "marks", *_LAB_VIEWS, "framed", *_LAST)
SHEETS: dict[str, tuple[str, ...]] = {
    "explorer": (*_EXPLORER, *_LAST),  # its first picture waits for them
    "compare": _LABS,
    "training": _LABS,
    "graph": (
        *("tokens", "site", "controls", "player", "panels", "present", "dialogs", "share", "qr-code"),
        *("marks", "graph-player", "graph", "graph-picture", "lab-present"),
        *("framed", "veil", "touch", "print"),
    ),
    "lesson": (
        "tokens",
        "site",
        "share",
        "qr-code",
        "present",
        "lessons",
        "lesson-phone",
        "lesson-present",
        "print",
    ),
    "course": (*_COURSE, "course"),
    "talk": (*_COURSE, "course", "talk", "talk-bar"),
    "lesson-print": (*_COURSE, "course"),
    "live": ("tokens", "site", "poll", "live"),
}
"""Names of files in static/css by entry script; each page has one of both."""
