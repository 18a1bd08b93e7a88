"""Colors as declared: each has one meaning and stands out from what is behind it (WCAG 2.2, 1.4.3)."""

import re
from pathlib import Path

import pytest

from tests.test_styles import STYLED

ROOT = Path(__file__).parents[1]
TOKENS = (ROOT / "static" / "css" / "tokens.css").read_text()
SCRIPTS = sorted((ROOT / "static" / "js").rglob("*.js"))
PAIRS = dict(re.findall(r"--([\w-]+): light-dark\((#[0-9a-f]{6}, #[0-9a-f]{6})\)", TOKENS))
GROUNDS = ["background", "panel"]
TEXT, MARK = 4.5, 3.0
LEAST = {
    **dict.fromkeys(["ink", "muted", "forward", "backward", "loss", "ok"], TEXT),
    **dict.fromkeys(["edge", "ghost", *(f"place{place}" for place in range(5))], MARK),
}
CONTRASTS = {  # on the background and on a panel, light and dark, as the colors were chosen
    "ink": ((17.8, 16.5), (16.6, 15.2)),
    "muted": ((6.8, 6.3), (8.4, 7.7)),
    "edge": ((3.3, 3.1), (4.3, 3.9)),
    "forward": ((6.2, 5.7), (8.6, 7.9)),
    "backward": ((4.9, 4.6), (8.0, 7.3)),
    "loss": ((8.7, 8.0), (9.2, 8.4)),
    "ghost": ((3.5, 3.2), (5.4, 4.9)),
    "ok": ((5.0, 4.7), (9.9, 9.1)),
    "place0": ((3.3, 3.1), (4.4, 4.0)),
    "place1": ((4.8, 4.4), (6.3, 5.8)),
    "place2": ((6.9, 6.4), (8.8, 8.1)),
    "place3": ((10.5, 9.7), (11.8, 10.8)),
    "place4": ((14.9, 13.8), (15.4, 14.1)),
}
MEANING = ["forward", "backward", "loss", "select", "select-fill"]
CONTROLS = re.compile(  # selectors of what is pressed, followed or moved, and of what frames the page
    r"\b(?:a|button|input|select|textarea|summary|nav|dialog)\b(?![-\w])|:hover|:focus|::-(?:webkit|moz)|\[aria-"
    r"|\.(?:quiet|framed|strong|button|site|switch\w*|segments|knob|notice|warning|dots|question|actions)\b"
)
ABOUT_THE_PICTURE = {  # a control that stands for a mark: it is the mark
    ".folded .chip:hover circle:last-of-type",
    '.heat .cells button[aria-current="true"]',
}


def luminance(color: str) -> float:
    """Relative luminance of #rrggbb (WCAG 2.2)."""
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def color(name: str, theme: int) -> str:
    return PAIRS[name].split(", ")[theme]


def test_black_on_white_is_twenty_one_to_one():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize(("name", "least"), LEAST.items())
def test_a_color_stands_out(name, least, ground, theme):
    found = contrast(color(name, theme), color(ground, theme))
    assert found >= least
    assert found == pytest.approx(CONTRASTS[name][theme][GROUNDS.index(ground)], abs=0.051)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("scale", ["activation", "credit", "gradient"])
def test_black_or_white_reads_on_every_shade(scale, theme):
    stops = [color(name, theme) for name in sorted(PAIRS) if re.fullmatch(rf"{scale}\d", name)]
    shades = [mixed(stops[i], stops[i + 1], at / 16) for i in range(len(stops) - 1) for at in range(17)]
    assert len(shades) > 50
    assert min(max(contrast(it, "#000000"), contrast(it, "#ffffff")) for it in shades) >= TEXT


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_activations_are_mixtures_of_three_colors(theme):
    low, zero, high = [("#7b3fa0", "#f1f2f4", "#1c7d46"), ("#cf9af0", "#222a33", "#74d696")][theme]
    found = [color(f"activation{i}", theme) for i in range(5)]
    assert found == [
        *(mixed(zero, low, share) for share in (0.92, 0.46)),
        zero,
        *(mixed(zero, high, share) for share in (0.46, 0.92)),
    ]


def mixed(one: str, other: str, share: float) -> str:
    pairs = [(int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def test_controls_have_no_color_of_the_picture():
    """Orange is the gradient and nothing else; the same holds for the other colors that mean something."""
    meaning = re.compile(rf"var\(--(?:{'|'.join(MEANING)})\)")
    colored = [each for each in STYLED if meaning.search(each.value)]
    assert len(colored) > 40
    assert not [
        (each.sheet, each.selector, each.value)
        for each in colored
        if CONTROLS.search(each.selector) and each.selector not in ABOUT_THE_PICTURE
    ]
    assert not [each for each in colored if each.prop.startswith("accent")]


def test_scripts_ask_for_colors_that_the_style_sheet_has():
    theme = next(path for path in SCRIPTS if path.name == "theme.js").read_text()
    names = set(re.findall(r'"([\w-]+)"', theme.split("const NAMES")[1].split("];\n")[0]))
    code = "".join(path.read_text() for path in SCRIPTS)
    assert set(re.findall(r"\bcolors\.(\w+)\b", code)) - {"js", "length"} <= names
    assert names <= {*PAIRS, *re.findall(r"--([\w-]+): (?:light-dark\()?#", TOKENS)}
