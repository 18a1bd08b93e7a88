"""The fonts of the bundle, built of small fonts that are made here: characters, weights, subscripts."""

from io import BytesIO
from pathlib import Path

import pytest
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

from app.pages import fonts
from app.pages.fonts import GREEK, LATIN, LETTERS, SIGNS, SUBSCRIPTS

EM = 1000
FEATURES = """
languagesystem DFLT dflt;
feature tnum { sub one by one.even; sub nine by nine.even; } tnum;
feature zero { sub zero by zero.cut; } zero;
feature kern { pos a b -50; } kern;
table GDEF { GlyphClassDef [a b], , , ; } GDEF;
"""


def square(size: int):
    pen = TTGlyphPen(None)
    for corner, move in enumerate([(0, 0), (0, size), (size, size), (size, 0)]):
        (pen.lineTo if corner else pen.moveTo)(move)
    pen.closePath()
    return pen.glyph()


def made(characters: str, path: Path | None = None) -> TTFont:
    """A variable font with these characters, each a square, its width 500 and 10 for each before it."""
    cmap = {ord(character): f"uni{ord(character):04X}" for character in characters}
    cmap |= {ord(it): it for it in "ab" if it in characters}
    digits = {"0": "zero", "1": "one", "9": "nine"}
    cmap |= {ord(it): name for it, name in digits.items() if it in characters}
    order = [
        ".notdef",
        *cmap.values(),
        *("one", "nine", "zero", "one.even", "nine.even", "zero.cut", "a", "b"),
    ]
    order = [*dict.fromkeys(order)]
    builder = FontBuilder(EM)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(cmap)
    builder.setupGlyf({name: square(300) for name in order})
    builder.setupHorizontalMetrics({name: (500 + 10 * i, 20 + i) for i, name in enumerate(order)})
    builder.updateHead(created=3_700_000_000)
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable(
        {"copyright": "by nobody", "familyName": "Made", "licenseDescription": "free", "styleName": "Regular"}
    )
    builder.setupOS2()
    builder.setupPost()
    builder.setupFvar([("wght", 100, 400, 900, "Weight")], [{"location": {"wght": 700}, "stylename": "Bold"}])
    builder.setupGvar({})
    gasp = newTable("gasp")
    gasp.gaspRange = {65535: 15}
    builder.font["gasp"] = gasp
    addOpenTypeFeaturesFromString(builder.font, FEATURES)
    file = BytesIO()
    builder.font.save(file)
    file.seek(0)
    font = TTFont(file)
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
        font.flavor = "woff2" if path.suffix == ".woff2" else None
        font.save(path)
    return font


def test_the_characters_are_those_of_latin_texts_and_of_symbols():
    text = fonts._points(*LATIN, SIGNS + GREEK)
    assert {chr(it) for it in text if it < 0x250} == {
        *(chr(it) for it in range(ord(" "), ord("~") + 1)),
        *(chr(it) for it in range(0xA0, 0x100)),
        *"ŷŵĥ",
    }
    assert {ord(it) for it in SIGNS + GREEK} < text
    letters = "".join(map(chr, sorted(fonts._points(*LETTERS))))
    assert letters == "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def test_digits_of_one_width_are_those_of_the_text_where_there_are_any():
    font = made("ab019")
    fonts._even_digits(font)
    glyphs = {chr(point): glyph for point, glyph in font.getBestCmap().items()}
    assert glyphs == {"a": "a", "b": "b", "0": "zero", "1": "one.even", "9": "nine.even"}


@pytest.mark.parametrize("weights", [400, (400, 750)])
def test_a_part_has_its_characters_features_and_weights_and_of_the_names_the_license(weights):
    font = fonts._part(made("abcd01"), fonts._points("acd"), ["kern"], weights)
    assert {chr(it) for it in font.getBestCmap()} == set("acd")
    assert {it.nameID for it in font["name"].names} == {0, 13}
    if weights == 400:
        assert "fvar" not in font
    else:
        [axis] = font["fvar"].axes
        assert (axis.minValue, axis.maxValue, font["fvar"].instances) == (400, 750, [])
    both = fonts._part(made("abcd01"), fonts._points("ab"), ["kern"], 400)
    assert [it.FeatureTag for it in both["GPOS"].table.FeatureList.FeatureRecord] == ["kern"]
    none = fonts._part(made("abcd01"), fonts._points("ab"), [], 400)
    assert none["GPOS"].table.FeatureList.FeatureRecord == []


def test_small_letters_and_digits_below_the_line_replace_the_digits():
    characters = "AB" + "".join(SUBSCRIPTS.values())
    font = fonts._part(made(characters), fonts._points(characters), [], 400)
    for name in ("GDEF", "GPOS", "GSUB"):
        if name not in font:
            font[name] = made("ab")[name]
    before = {chr(point): font["hmtx"][name] for point, name in font.getBestCmap().items()}
    small = fonts._with_subscripts(font)
    assert not {"GDEF", "GPOS", "GSUB", "gasp"} & set(small.keys())
    cmap = {chr(point): name for point, name in small.getBestCmap().items()}
    assert set(cmap) == {*"ABhstx", *SUBSCRIPTS}
    for sign, letter in SUBSCRIPTS.items():
        [part] = small["glyf"][cmap[sign]].components
        assert (part.x, part.y) == (0, -200)
        assert [round(it, 2) for row in part.transform for it in row] == [0.72, 0, 0, 0.72]
        width, side = before[letter]
        assert small["hmtx"][cmap[sign]] == (round(0.72 * width), round(0.72 * side))


def test_the_files_have_the_characters_of_their_sources_and_the_same_bytes_each_time(tmp_path):
    packages = tmp_path / "node_modules"
    made("ab01é中ŷα", packages / "pretendard/dist/public/variable/PretendardVariable.ttf")
    (packages / "pretendard/dist/LICENSE.txt").write_text("license of the text")
    stix = packages / "@fontsource-variable/stix-two-text"
    for name, characters in {"latin": "abAZhstx0123456789", "latin-ext": "abŷ", "greek": "abαΣ"}.items():
        made(characters, stix / f"files/stix-two-text-{name}-wght-italic.woff2")
    (stix / "LICENSE").write_text("license of the symbols")
    written = []
    for folder in (tmp_path / "one", tmp_path / "two"):
        folder.mkdir()
        fonts.build(packages, folder)
        written.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert written[0] == written[1]
    assert set(written[0]) == set(fonts.NAMES)
    text, symbols = (TTFont(BytesIO(written[0][name])) for name in ("text.woff2", "math.woff2"))
    assert (text.flavor, symbols.flavor) == ("woff2", "woff2")
    assert {chr(it) for it in text.getBestCmap()} == set("ab01éŷα")
    assert text.getBestCmap()[ord("1")] != text.getBestCmap()[ord("0")]
    assert [axis.axisTag for axis in text["fvar"].axes] == ["wght"]
    for font in (text, symbols):
        assert font["head"].modified == font["head"].created == 3_700_000_000
    assert {chr(it) for it in symbols.getBestCmap()} == {*"abAZhstxŷαΣ", *SUBSCRIPTS}
    assert "fvar" not in symbols
    notices = written[0]["fonts.licenses.txt"].decode().split("\n\n")
    assert [notices[1], notices[3]] == ["license of the text", "license of the symbols"]
    assert "Pretendard" in notices[0]
    assert "STIX Two Text" in notices[2]
