"""Every word in both languages, and no word outside the catalogues."""

import html
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app import __version__
from app.api import errors
from app.graph.ops import OPS
from app.labs.graph.params import GraphParams
from app.labs.training.params import TrainingParams
from app.main import create_app
from app.pages import form
from app.pages.rendering import LOCALES, PREVIEW_IMAGES, SECTIONS
from app.words import CATALOGUES, LANGUAGES, fill

ROOT = Path(__file__).parents[1]


def flat(node: object, prefix: str = "") -> dict[str, str]:
    if isinstance(node, str):
        return {prefix: node}
    assert isinstance(node, dict)
    return {
        key: text for name, child in node.items() for key, text in flat(child, f"{prefix}.{name}").items()
    }


WORDS = {language: flat(CATALOGUES[language]) for language in LANGUAGES}


KNOWN_MARKUP = {"width=device-width, initial-scale=1, interactive-widget=resizes-content", "light dark"}
KNOWN_MARKUP |= {"website", "summary_large_image", f"BPTT Explorer {__version__}"}
KNOWN_MARKUP |= {"image/png", "1200", "630", *LOCALES.values()}
KNOWN_MARKUP |= {f"http://testserver/{image}" for image in PREVIEW_IMAGES.values()}


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(create_app())


def test_all_languages_have_the_same_words():
    assert set(WORDS["ko"]) == set(WORDS["en"])


def test_every_text_is_there_with_the_same_placeholders():
    for key in WORDS["en"]:
        placeholders = [set(re.findall(r"\{(\w+)", WORDS[language][key])) for language in LANGUAGES]
        assert placeholders[0] == placeholders[1], key
        assert all(WORDS[language][key].strip() for language in LANGUAGES), key


def test_every_operation_of_the_graph_lab_has_its_rule_in_words():
    for language in LANGUAGES:
        rules = CATALOGUES[language]["graphlab"]["rule"]
        assert set(OPS) <= set(rules)
        assert all(rules[name] for name in OPS)


def test_korean_is_korean():
    same = {key for key, text in WORDS["ko"].items() if not re.search("[가-힣]", text)}
    known = {
        *(
            "name",
            "keras",
            "jax",
            "t",
            "exact",
            "sigma",
            "space",
            "arrows",
            "home",
            "tab",
            "brackets",
            "help",
            "none",
            "norms_note",
            "k",
            "saturation_note",
            *("file", "formats"),
        ),
        *("others_lanes", "zeros_k"),
        *("lines", "escape", "letter_q", "mark", "present", "pages", "blank"),
        *(
            "tanh",
            "relu",
            "tbptt",
            "lstm",
            "gru",
            "keras",
            "pytorch",
            "numpy",
            "torch",
            "svg",
            "png",
            "json",
            "input",
            "language",
            "position",
            "state",
        ),
        *(
            "sgd",
            "adam",
            "rmsprop",
            "progress",
            "shift_arrows",
            "drift",
            "table_drift",
            "worked",
            "of_passes",
        ),
        "title_hello",
        *("letter_d", "letter_u"),
        *("page_down", "page_up", "numbers", "letter_f", "letter_b", "letter_a", "letter_s", "moment"),
    }
    assert {key.rsplit(".", 1)[1] for key in same} <= known


def test_powers_of_ten_are_written_with_a_multiplication_sign():
    files = [ROOT / name for name in ("README.md", "README.ko.md")]
    for folder, ending in (("app", "toml"), ("app", "json"), ("docs", "md"), ("static/js", "js")):
        files += (ROOT / folder).rglob(f"*.{ending}")
    wrong = re.compile("·\\s?10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]|\\d[×·]\\s10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]")
    assert not [str(path) for path in files if wrong.search(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_control_has_a_title_a_help_line_and_names_for_its_choices(language):
    for control in form.controls():
        words = CATALOGUES[language]["params"][control.name]
        assert words["title"]
        if control.group:
            assert words["help"]
            assert set(words.get("choices", {})) == set(control.choices or [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_control_of_the_training_lab_has_words_too(language):
    of_all, own = CATALOGUES[language]["params"], CATALOGUES[language]["training"]["params"]
    for control in form.controls(TrainingParams):
        words = (of_all | own)[control.name]
        assert words["title"]
        assert words["help"]
        assert set(words.get("choices", {})) == set(control.choices or [])
        assert CATALOGUES[language]["groups"].get(control.group) or control.group == "main"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_control_of_the_graph_lab_has_words_too(language):
    for control in form.controls(GraphParams):
        words = CATALOGUES[language]["graphlab"]["params"][control.name]
        assert words["title"]
        assert words.get("help") or not control.group


def test_every_error_has_a_sentence():
    source = "".join(path.read_text() for path in (ROOT / "app").rglob("*.py"))
    codes = {code for code, _ in errors._CODES.values()} | set(re.findall(r'invalid\("(\w+)"', source))
    codes |= set(re.findall(r'"(formula_\w+)"', source))
    codes |= set(re.findall(r'Refused\(\s*"(\w+)"', source))
    assert "too_few_symbols" in codes
    for language in LANGUAGES:
        words = CATALOGUES[language]
        said = words["errors"].keys() | words["room_errors"].keys() | words["file_errors"].keys()
        assert codes | {"repeated", "unreadable"} <= said
        assert not words["errors"].keys() & words["room_errors"].keys()


def test_templates_hold_no_words():
    for path in (ROOT / "templates").glob("*.html"):
        markup = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", path.read_text(), flags=re.DOTALL)
        bare = re.sub(r"<[^>]*>", " ", markup)
        assert not re.search(r"[A-Za-z가-힣]{2,}", bare), (path, bare)
        spoken = re.findall(r'\b(?:title|alt|placeholder|value|label|aria-\w+)="([^"]*)"', markup)
        assert not [text for text in spoken if re.search(r"[A-Z가-힣]|[a-z] [a-z]", text)], path


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_says_nothing_but_its_catalogue(client, language):
    """Between the tags of the page as it is served stands not one word of code's own."""
    page = client.get(f"/{language}/").text.replace("\u2060", "")
    page = re.sub(r"<(script|style|svg|math|code)\b.*?</\1>|<!--.*?-->", " ", page, flags=re.DOTALL)
    said = {html.unescape(text).strip() for text in re.findall(r">([^<]+)<", page)}
    said |= {
        html.unescape(text).strip()
        for text in re.findall(r'\b(?:title|alt|placeholder|aria-label|content)="([^"]*)"', page)
    }
    prose = "\n".join(WORDS[language].values())
    filled_in = re.compile("|".join(pattern_of(text) for text in WORDS[language].values() if "{" in text))
    for text in said - KNOWN_MARKUP - {f"http://testserver/{language}/"}:
        if re.search(r"[A-Za-z가-힣]{2,}", text):
            assert text in prose or filled_in.fullmatch(text), text


def pattern_of(sentence: str) -> str:
    """What a sentence looks like with something in its places."""
    return ".+".join(re.escape(part) for part in re.split(r"\{\w+(?:\|[^}]+)?\}", sentence))


def test_korean_pages_hold_no_english_prose_and_english_pages_no_korean():
    hangul = {key for key, text in WORDS["en"].items() if re.search("[가-힣]", text)}
    assert hangul == {".site.language"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_can_be_filled_in(language):
    for key, text in WORDS[language].items():
        names = re.findall(r"\{(\w+)(?:\|[^}]+)?\}", text)
        filled = re.sub(r"\{\w+(\|[^}]+)?\}", "#", text)
        assert "{" not in filled, key
        assert filled.count("#") >= len(names), key
        assert text.count("**") % 2 == 0, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_sentence_names_the_parameter(language):
    words = CATALOGUES[language]
    for code, sentence in (words["errors"] | words["room_errors"]).items():
        assert "{parameter}" in sentence, code


ABOUT = {"title", "description", *SECTIONS.values()}  # titles of pages, in app/pages


def test_every_word_is_used():
    """A key is used if the code names it, or its group with a computed last part."""
    code = "".join(
        path.read_text()
        for folder, pattern in (("static/js", "*.js"), ("templates", "*.html"), ("app", "*.py"))
        for path in (ROOT / folder).rglob(pattern)
    )
    computed = {"preview", "server", "params", "errors", "keys", "k_label", "table", "groups", "toolbar"}
    computed |= {"presets", "export", "room_errors", "file_errors"}
    of_training = ("training.params.", "training.presets.", "training.keys.", "training.run.")
    of_training += ("home.title_", "home.line_")
    of_training += ("training.film.start_", "lessons.keys.", "lessons.key_", "lessons.open_")
    of_training += ("graphlab.params.", "graphlab.presets.", "graphlab.keys.", "graphlab.place.")
    for key in WORDS["en"]:
        group, _, last = key.strip(".").partition(".")
        if group not in computed and last not in ABOUT and not key.strip(".").startswith(of_training):
            stem = re.sub(r"_(whole|partly|cut|forward|backward|backward_walk|all|update)$", "_", last)
            begun = [f"{key[1:end]}${{" for end in range(len(group) + 2, len(key))]
            named = f"{group}.{last}" in code or f"{group}.{stem}" in code
            assert named or any(computed_end in code for computed_end in begun), key


COUNTED = (
    *("steps", "updates", "cells", "pairs", "terms", "seeds", "lanes", "blocks", "segments", "numbers"),
    *("symbols", "columns", "times", "units", "minutes", "stops", "samples", "predictions", "characters"),
)
NEVER_ONE = {
    ".pair.terms_many": "one has a sentence of its own",
    ".norms.last_steps": "one has a sentence of its own",
    ".credit.nothing_cut": "one has a sentence of its own",
    ".comparison.caption_full": "one has a sentence of its own",
    ".credit.pooled": "a pool has two steps at least",
    ".learning.likelier": "a ratio, not a count",
    ".matrices.read": "a limit of hundreds",
    ".matrices.many": "a limit of hundreds",
    ".cost.updates": "said of several updates",
    ".gates.back": "a ratio, not a count",
    ".marks.forward": "a product",
    ".present.left": "where something is cut there are two pairs at least",
    ".sharing.long": "hundreds",
    ".sharing.too_long": "thousands",
    ".weights_file.long_link": "thousands",
    ".schemes.draws_unbiased": "200",
    ".schemes.draws_close": "200",
    ".schemes.draws_none": "200",
    ".schemes.draws_equal": "200",
    ".schemes.draws_unknown": "200",
    ".training.film.said_forward_lanes": "said of several lanes",
    ".training.film.caption_lanes": "said of several lanes",
    ".training.lanes.said": "said of several lanes",
    ".training.race.band": "said of several seeds",
    ".graphlab.card.once": "a weight that is used several times",
}


def test_every_english_count_agrees_with_its_noun():
    """A noun after a count has a singular, unless the count is never 1."""
    noun = re.compile(rf"\{{\w+\}}\**(?: [a-z]+)? (?:{'|'.join(COUNTED)})\b|\ball \{{\w+\}}")
    found = {key for key, text in WORDS["en"].items() if noun.search(text) and not key.startswith(".errors.")}
    assert found == set(NEVER_ONE)


def test_a_form_agrees_with_its_count_in_python_too():
    text = "{T|step/steps}: {kept} of {T} {kept||is/are} kept"
    assert fill(text, T=1, kept=1) == "1 step: 1 of 1 is kept"
    assert fill(text, T=4, kept=0) == "4 steps: 0 of 4 are kept"
