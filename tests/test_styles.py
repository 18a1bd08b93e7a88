"""Style sheets: scales, tokens, breakpoints, and no rule that styles nothing."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from app.pages.sheets import LATE, ON_DEMAND
from app.pages.sheets import SHEETS as SHEETS_OF_PAGES

ROOT = Path(__file__).parents[1]
CSS = ROOT / "static" / "css"
TOKENS = CSS / "tokens.css"
SHEETS = sorted(CSS.glob("*.css"))
OTHERS = [path for path in SHEETS if path != TOKENS]
SCRIPTS = sorted((ROOT / "static" / "js").rglob("*.js"))

PHONE, NARROW, WALL_SIZED = 640, 1023, 1535  # px of the widest window that is still one
WIDTHS = {
    *(f"max-width: {width}px" for width in (PHONE, NARROW, WALL_SIZED)),
    *(f"min-width: {width + 1}px" for width in (PHONE, NARROW, WALL_SIZED)),
}
FEATURES = {
    *("max-height: 480px", "min-height: 640px"),  # a phone on its side; room for what stays in sight
    "orientation: portrait",  # what fills the window: the QR code
    *("pointer: coarse", "hover: hover", "prefers-contrast: more", "prefers-reduced-motion: no-preference"),
}
MEDIA_TYPES = {"print", "screen"}
CONTAINERS = {  # parts that stand in more than one place, or hold words of any language
    "header (max-width: 1200px)",
    "half (max-width: 600px)",
    "bar (max-width: 1200px)",
}

FONT_SIZES = {"0", "inherit"}  # 0: words that a picture's name has room for in a wide window only
GEOMETRY = {  # lengths that follow from a drawing or from what stands over a part, and of the paper
    "": "margin: 10mm 12mm",  # @page
    'input[type="range"]::-webkit-slider-thumb': "margin-top: calc((4 * var(--u) - 18 * var(--u)) / 2)",
    ".docked > body:not(.presenting)": "padding-bottom: calc(var(--dock) + ",
    ".pieces .sign": "padding-top: calc(20 * var(--u))",
    ".in-talk > main": "margin-bottom: var(--talk-bar)",
    ".presenting :is(.training, .comparison-page, .graph-lab)": "padding-top: var(--head)",
    ".embedded-in-lesson #film-caption": "margin-block-start: var(--touch)",
}
PRIVATE = re.compile(  # names that only their author could look up
    r"secret|veiled|put-away|few|few-lit|bare|thrown|in-lesson|of-\w+|g-\w+|goes-on|as-is|roomy|wish|ways|leave|turning"
    r"|leads|plug|said|said-\w+|coming|todo|hour|paper|wall|take|beside|both|rise|sight|left-out"
)
SET_BY_SCRIPTS = {
    "print-zoom",
    "type",
    "asked",
    "width",
    "height",
    "before",
    "row",
    "lab-enlarged",
    "handle",
    "shift",
    "keyboard",
    "grasped",
    "tall",
}
PLOTLY = {"js-plotly-plot", "hm", "nsewdrag"}  # classes that plotly.js gives
SPACE = r"(?:0|auto|[\d.]+%|var\(--(?:space-\w+|page-margin|side|stroke-1)\)|{negative}|{sum})"
NEGATIVE = r"calc\(-1 \* var\(--(?:space-\w+|page-margin|stroke-1)\)\)"
SUM = r"(?:calc|max)\((?:var\(--(?:space-\w+|touch)\)|env\([\w-]+\)|\d|[ +*,])+\)"
SPACES = re.compile(rf"{(part := SPACE.format(negative=NEGATIVE, sum=SUM))}(?: {part})*(?: !important)?")


class Declaration(NamedTuple):
    """One ``prop: value`` with the selector it stands under and the at-rules around it."""

    sheet: str
    at_rules: tuple[str, ...]
    selector: str
    prop: str
    value: str


def without_comments(css: str) -> str:
    return re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)


def declarations(path: Path) -> Iterator[Declaration]:
    """Every declaration of a sheet; understands nesting."""
    preludes: list[str] = []
    for written, end in re.findall(r"([^{};]*)([{};])", without_comments(path.read_text())):
        text = " ".join(written.split())
        if end == "{":
            preludes.append(text)
            continue
        if text:
            prop, _, value = text.partition(":")
            at_rules = tuple(it for it in preludes if it.startswith("@"))
            selector = " ".join(it for it in preludes if not it.startswith("@"))
            yield Declaration(path.stem, at_rules, selector, prop.strip(), value.strip())
        if end == "}":
            preludes.pop()


ALL = [each for path in SHEETS for each in declarations(path)]
STYLED = [each for each in ALL if each.sheet != TOKENS.stem and "@font-face" not in each.at_rules]


def of(*props: str) -> list[Declaration]:
    """Declarations outside the tokens whose property matches one of these patterns."""
    return [each for each in STYLED if any(re.fullmatch(prop, each.prop) for prop in props)]


def test_the_parser_understands_nesting(tmp_path):
    sheet = tmp_path / "sample.css"
    sheet.write_text("/* { */ a, b { color: red; & + & { margin: 0 } }\n@media print { p { gap: 1px; } }")
    assert [each[1:] for each in declarations(sheet)] == [
        ((), "a, b", "color", "red"),
        ((), "a, b & + &", "margin", "0"),
        (("@media print",), "p", "gap", "1px"),
    ]


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_a_sheet_says_first_what_it_styles_and_is_short(path):
    lines = path.read_text().splitlines()
    assert re.match(r"/\* [A-Z].{20,}", lines[0])
    assert len(lines) < 450


def test_every_page_loads_the_tokens_first_and_every_sheet_is_loaded():
    lists = SHEETS_OF_PAGES.values()
    assert {names[0] for names in lists} == {"tokens"}
    loaded = {name for names in lists for name in names} | {"plotly", "fonts", *ON_DEMAND}
    assert loaded == {path.stem for path in SHEETS}


def test_letters_have_sizes_of_the_scale():
    sizes = {each: each.value for each in of("font-size")}
    for each in of("font"):
        if each.value != "inherit":  # what is neither a style nor a weight, and before the line height
            sizes[each] = re.sub(r"^(?:italic )?(?:\d{3} )?|[ /].*", "", each.value)
    odd = [
        each
        for each, size in sizes.items()
        if size not in FONT_SIZES and not re.fullmatch(r"var\(--(?:text-\w+|type|asked|caption)\)", size)
    ]
    assert not odd
    assert len(sizes) > 100


def test_figures_have_the_faces_of_the_style_sheet():
    faces = dict(re.findall(r"--face-(\w+): ([^;]+);", TOKENS.read_text()))
    figure = (ROOT / "static" / "js" / "plot" / "figure.js").read_text()
    written = dict(re.findall(r"export const (LETTERS|SYMBOLS) =\s*((?:'[^']*'(?:\s*\+\s*)?)+);", figure))
    joined = {name: "".join(re.findall("'([^']*)'", value)) for name, value in written.items()}
    assert joined == {"LETTERS": " ".join(faces["text"].split()), "SYMBOLS": faces["math"]}


def test_space_is_of_the_scale():
    spaces = of(r"(?:padding|margin|border-spacing)(?:-.*)?", r"(?:row-|column-)?gap")
    odd = [
        each
        for each in spaces
        if not SPACES.fullmatch(each.value)
        and not f"{each.prop}: {each.value}".startswith(GEOMETRY.get(each.selector, "none"))
    ]
    assert not odd
    assert len(spaces) > 300
    assert all(any(each.selector == selector for each in STYLED) for selector in GEOMETRY)


def test_colors_are_tokens():
    literal = re.compile(
        r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|lab|color|light-dark)\(|\b(?:white|black|red)\b"
    )
    bare = [each for each in STYLED if literal.search(re.sub(r"var\([^)]*\)|content:.*", "", each.value))]
    assert not [each for each in bare if each.prop != "white-space"]


@pytest.mark.parametrize(
    ("prop", "allowed"),
    [
        (r"border-(?:\w+-)*radius", r"(?:(?:0|var\(--radius-\w+\)) ?)+"),
        ("z-index", r"var\(--layer-\w+\)"),
        (r"(?:border|outline)(?:-(?:top|right|bottom|left|block|inline))?", r"0|none|var\(--stroke-\d\) .*"),
        ("stroke-width", r"var\(--stroke-\d\)"),
        ("border-width", r"(?:(?:0|var\(--stroke-\d\)) ?)+"),
        ("font-family", r"inherit|var\(--face-\w+\)"),
        ("transition|animation", r".*var\(--time-\w+\).*"),
    ],
)
def test_what_has_tokens_uses_them(prop, allowed):
    found = of(prop)
    assert found
    assert not [each for each in found if not re.fullmatch(allowed, each.value)]


def test_three_breakpoints_and_few_other_questions_to_the_window():
    asked = {rule for each in ALL for rule in each.at_rules}
    asked -= {"@page", "@font-face"}  # the size of the paper; where a font is
    assert not {rule for rule in asked if not re.match(r"@(media|container|supports) ", rule)}
    for rule in asked:
        kind, _, query = rule.partition(" ")
        if kind == "@media":
            features = set(re.findall(r"\(([^)]*)\)", query))
            types = set(re.findall(r"\w+", re.sub(r"\([^)]*\)|\band\b", "", query)))
            assert features <= WIDTHS | FEATURES, rule
            assert types <= MEDIA_TYPES, rule
        elif kind == "@container":
            assert query in CONTAINERS, rule
    used = {feature for rule in asked for feature in re.findall(r"\(([^)]*)\)", rule)}
    assert used >= FEATURES, "a feature that no sheet asks for is not allowed either"


def test_scripts_know_the_same_phone_and_wall():
    asked = [query for path in SCRIPTS for query in re.findall(r"\([a-z]+-width:[^)]*\)", path.read_text())]
    assert set(asked) == {f"(max-width: {PHONE}px)", f"(min-width: {WALL_SIZED + 1}px)"}


def test_scripts_ask_for_the_unit_anew_wherever_the_style_sheets_change_it():
    """static/js/lib/unit.js keeps the value for each kind of window."""
    set_there = [each for each in declarations(TOKENS) if each.prop == "--enlarged"]
    changes = {each.at_rules for each in set_there if each.at_rules}
    (asked,) = re.findall(r'WALL_SIZED = "(.+)"', (ROOT / "static" / "js" / "lib" / "unit.js").read_text())
    assert changes == {(f"@media {asked}",)}


def test_a_change_of_the_picture_does_not_restyle_the_whole_page():
    """With :has() on an ancestor of the picture, a browser matches the page anew for every mark."""
    whole = [
        each
        for each in ALL
        if each.sheet in SHEETS_OF_PAGES["explorer"]
        and re.search(r"(?:^|[ ,(])(?::root|html|body|\.scroll|\.stage|main)[^ >~+]*:has\(", each.selector)
    ]
    assert not whole


def test_every_token_is_used_and_every_custom_property_is_set():
    css = "".join(without_comments(path.read_text()) for path in SHEETS)
    theme = "".join(path.read_text() for path in SCRIPTS if path.name == "theme.js")
    tokens = {each.prop for each in declarations(TOKENS) if each.prop.startswith("--")}
    used = set(re.findall(r"var\((--[\w-]+)", css)) | {f"--{name}" for name in re.findall(r'"(\w+)"', theme)}
    assert not tokens - used
    own = {each.prop for each in STYLED if each.prop.startswith("--")}
    assert not set(re.findall(r"var\((--[\w-]+)", css)) - tokens - own - {f"--{it}" for it in SET_BY_SCRIPTS}


def test_every_class_is_given_to_something():
    pages = "".join(path.read_text() for path in (ROOT / "templates").glob("*.html"))
    code = "".join(path.read_text() for path in (*SCRIPTS, *(ROOT / "app").rglob("*.py")))
    code = re.sub(r"(?m)/\*.*?\*/|^ *\*.*$|//.*$|#.*$", "", code)
    words = set(re.findall(r"[A-Za-z][\w-]*", " ".join(re.findall(r'class="([^"]*)"', pages)) + code))
    words |= {begun + word for begun in re.findall(r"([\w-]+-)\$\{", code) for word in words}
    selectors = {each.selector for each in ALL}
    classes = {name for selector in selectors for name in re.findall(r"\.([A-Za-z][\w-]*)", selector)}
    assert not classes - words - PLOTLY
    assert not {name for name in classes if PRIVATE.fullmatch(name)}
    assert len(classes) > 200


LABS = {"compare", "explorer", "training"}
ALL_LABS = LABS | {"graph"}
OF_THE_COURSE = {"course", "lesson-print", "talk"}
PAGES = {*ALL_LABS, *OF_THE_COURSE, "lesson", "live"}
GROUPS: list[tuple[str, set[str]]] = [
    ("tokens site", PAGES),
    ("print", PAGES - {"live"}),
    ("share qr-code", PAGES - {"live", "explorer"}),
    ("dialogs marks", ALL_LABS - {"explorer"}),
    ("controls player panels veil touch", ALL_LABS),
    ("k-curve picture overview folded cuts ledger tray front dock", LABS),
    ("present", {*ALL_LABS, "lesson"}),
    ("lab-present", ALL_LABS - {"explorer"}),
    ("training film film-player race lanes compare formats credit ledger-charts", {"compare", "training"}),
    ("framed", {"compare", "graph", "training"}),  # and the explorer in a frame
    ("graph-player graph graph-picture", {"graph"}),
    ("lessons", {*OF_THE_COURSE, "lesson"}),
    ("lesson-phone lesson-present", {"lesson"}),
    ("course", OF_THE_COURSE),
    ("talk talk-bar", {"talk"}),
    ("live poll", {"live"}),
]
WHERE = {sheet: pages for sheets, pages in GROUPS for sheet in sheets.split()}
"""Sheets by what they are for, and the pages that have it; dropped from one, only a browser would notice."""


def test_each_sheet_is_on_every_page_that_shows_what_it_styles():
    pages = {sheet for sheets in SHEETS_OF_PAGES.values() for sheet in sheets}
    assert {name: {page for page, all_ in SHEETS_OF_PAGES.items() if name in all_} for name in pages} == WHERE
    assert LATE == ("share", "dialogs", "qr-code", "formats", "credit", "ledger-charts")
    assert ON_DEMAND == ("poll", "lecture", "followed", "paper")
    everything = {*pages, *LATE, *ON_DEMAND}
    assert everything | {"fonts", "plotly"} >= {path.stem for path in SHEETS}


def test_tokens_come_first_and_what_overrides_others_last():
    for page, sheets in SHEETS_OF_PAGES.items():
        assert sheets[:2] == ("tokens", "site"), page
        assert len(set(sheets)) == len(sheets), page
        if page != "live":
            late = [name for name in ("framed", "veil", "front", "dock", "touch") if name in sheets]
            if page in {"course", "talk", "lesson-print"}:
                assert sheets[2:6] == ("share", "qr-code", "lessons", "print"), page
            else:
                assert [*sheets[-1 - len(late) :]] == [*late, "print"], page
