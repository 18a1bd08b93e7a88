"""Fonts of the pages, built with fontTools: subsets of Pretendard for text and of STIX Two Text for symbols.

Part of the bundle; without it, the pages have the fonts of the system. Korean is always the system's.
"""

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.merge import Merger
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

LATIN = (range(0x20, 0x7F), range(0xA0, 0x100), "ŷŵĥ")
SIGNS = "‐‑–—‘’“”…†•′″‖‹›⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ₀₁₂₃₄₅₆₇₈₉₊₋ₐₑₒₓₜₕₖₗₘₙₚₛ€™←↑→↓↔⇒∂−√∞∏∑∫≈≠≤≥✓△▲▼●○■□"
GREEK = "αβγδεηθλμσφΔΣ"
LETTERS = (range(ord("A"), ord("Z") + 1), range(ord("a"), ord("z") + 1))
SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉ₕₛₜₓ", "0123456789hstx", strict=True))
SMALL, LOWER = 0.72, 0.2  # size of a subscript, and how far below the line, in em
WEIGHTS = (400, 750)
NAMES = ("text.woff2", "math.woff2", "fonts.licenses.txt")
LICENSE_NAMES = (0, 13, 14)  # copyright, license and its URL; a changed font may not have the reserved name


def build(packages: Path, folder: Path) -> None:
    """Write the files named in ``NAMES`` into a folder.

    ``packages`` is the folder of the npm packages.
    """
    pretendard = packages / "pretendard" / "dist"
    stix = packages / "@fontsource-variable" / "stix-two-text"
    text = TTFont(pretendard / "public" / "variable" / "PretendardVariable.ttf")
    _even_digits(text)
    _write(_part(text, _points(*LATIN, SIGNS + GREEK), ["kern"], WEIGHTS), folder / "text.woff2")
    parts = []
    for name in ("latin", "latin-ext", "greek"):
        font = TTFont(stix / "files" / f"stix-two-text-{name}-wght-italic.woff2")
        parts.append(_part(font, _points(*LETTERS, "ŷ" + GREEK, *SUBSCRIPTS.values()), [], WEIGHTS[0]))
    _write(_with_subscripts(_merged(parts)), folder / "math.woff2")
    notices = [
        "==== Pretendard (text.woff2: some characters, weights 400 to 750)",
        (pretendard / "LICENSE.txt").read_text(),
        "==== STIX Two Text (math.woff2: some italic letters, weight 400)",
        (stix / "LICENSE").read_text(),
    ]
    (folder / "fonts.licenses.txt").write_text("\n\n".join(notices))


def _points(*parts: Iterable[int] | str) -> set[int]:
    return {ord(it) if isinstance(it, str) else it for part in parts for it in part}


def _even_digits(font: TTFont) -> None:
    """Digits of one width without ``font-variant-numeric``, which plotly.js takes back in its figures."""
    substitutions = font["GSUB"].table
    lookups = {
        at
        for it in substitutions.FeatureList.FeatureRecord
        if it.FeatureTag == "tnum"
        for at in it.Feature.LookupListIndex
    }
    even: dict[str, str] = {}
    for at in lookups:
        for part in substitutions.LookupList.Lookup[at].SubTable:
            even |= getattr(part, "ExtSubTable", part).mapping
    for table in font["cmap"].tables:
        for digit in range(ord("0"), ord("9") + 1):
            if digit in table.cmap:
                table.cmap[digit] = even.get(table.cmap[digit], table.cmap[digit])


def _part(font: TTFont, points: set[int], features: list[str], weights: int | tuple[int, int]) -> TTFont:
    """The font with these characters, layout features and weights only."""
    options = subset.Options(
        layout_features=features,
        hinting=False,
        name_IDs=LICENSE_NAMES,
        notdef_outline=False,
        glyph_names=False,
    )
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=points)
    cutter.subset(font)
    font = instancer.instantiateVariableFont(font, {"wght": weights})
    names = font["name"]
    names.names = [it for it in names.names if it.nameID in LICENSE_NAMES]
    if "fvar" in font:
        font["fvar"].instances = []
    return font


def _merged(fonts: list[TTFont]) -> TTFont:
    """One font with the characters of all."""
    files = []
    for font in fonts:
        font.flavor = None
        file = BytesIO()
        font.save(file)
        file.seek(0)
        files.append(file)
    merged = Merger().merge(files)
    merged["head"].created = fonts[0]["head"].created  # not now
    return merged


def _with_subscripts(font: TTFont) -> TTFont:
    """The font with small letters and digits below the line; digits on the line stay those of the text."""
    tables = [table for table in font["cmap"].tables if table.isUnicode()]
    glyphs, names, em = font.getGlyphSet(), font.getBestCmap(), font["head"].unitsPerEm
    for sign, letter in SUBSCRIPTS.items():
        pen, name, base = TTGlyphPen(glyphs), f"sub{ord(letter):x}", names[ord(letter)]
        pen.addComponent(base, (SMALL, 0, 0, SMALL, 0, -LOWER * em))
        width, side = font["hmtx"][base]
        font["glyf"][name] = pen.glyph()
        font["hmtx"][name] = (round(SMALL * width), round(SMALL * side))
        for table in tables:
            table.cmap[ord(sign)] = name
    font.setGlyphOrder(font["glyf"].glyphOrder)
    for empty in ("GDEF", "GPOS", "GSUB", "gasp"):
        del font[empty]
    for table in tables:
        for digit in range(ord("0"), ord("9") + 1):
            table.cmap.pop(digit, None)
    return font


def _write(font: TTFont, path: Path) -> None:
    font["head"].modified = font["head"].created  # the same bytes from the same sources
    font.recalcTimestamp = False
    font.flavor = "woff2"
    font.save(path)
