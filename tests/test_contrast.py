"""Colors as declared: words and marks can be told from what is behind them (WCAG 2.2, 1.4.3, 1.4.11)."""

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parents[1] / "static" / "css" / "tokens.css").read_text()
PAIRS = dict(re.findall(r"--(\w+): light-dark\((#[0-9a-f]{6}, #[0-9a-f]{6})\)", TOKENS))
WORDS = ["ink", "muted", "forward", "backward", "ok", "bad"]
MARKS = ["forward", "backward", "cut", "thrown", "cellRnn", "cellLstm", "cellGru"]


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


def test_black_on_white_is_twenty_one_to_one():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["background", "panel"])
@pytest.mark.parametrize(("name", "least"), [*((n, 4.5) for n in WORDS), *((n, 3.0) for n in MARKS)])
def test_a_colour_stands_out(name, least, ground, theme):
    color, behind = (PAIRS[which].split(", ")[theme] for which in (name, ground))
    assert contrast(color, behind) >= least
