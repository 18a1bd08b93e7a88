"""Every word in both languages, and no word outside the catalogues."""

import re
from pathlib import Path

import pytest

from app import form, problems
from app.words import CATALOGUES, LANGUAGES

ROOT = Path(__file__).parents[1]


def flat(node: object, prefix: str = "") -> dict[str, str]:
    if isinstance(node, str):
        return {prefix: node}
    assert isinstance(node, dict)
    return {
        key: text for name, child in node.items() for key, text in flat(child, f"{prefix}.{name}").items()
    }


WORDS = {language: flat(CATALOGUES[language]) for language in LANGUAGES}


def test_all_languages_have_the_same_words():
    assert set(WORDS["ko"]) == set(WORDS["en"])


@pytest.mark.parametrize("key", sorted(WORDS["en"]))
def test_a_text_is_there_with_the_same_placeholders(key):
    placeholders = [set(re.findall(r"\{(\w+)\}", WORDS[language][key])) for language in LANGUAGES]
    assert placeholders[0] == placeholders[1]
    assert all(WORDS[language][key].strip() for language in LANGUAGES)


def test_korean_is_korean():
    same = {key for key, text in WORDS["ko"].items() if not re.search("[가-힣]", text)}
    known = {
        *("name", "t", "exact", "sigma", "space", "arrows", "home", "brackets", "help", "none", "norms_note"),
        *("tanh", "relu", "tbptt", "input", "language", "position", "state"),
    }
    assert {key.rsplit(".", 1)[1] for key in same} <= known


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_control_has_a_title_a_help_line_and_names_for_its_choices(language):
    for control in form.controls():
        words = CATALOGUES[language]["params"][control.name]
        assert words["title"]
        if control.group:
            assert words["help"]
            assert set(words.get("choices", {})) == set(control.choices or [])


def test_every_error_has_a_sentence():
    source = "".join(path.read_text() for path in (ROOT / "app").rglob("*.py"))
    codes = {code for code, _ in problems._CODES.values()} | set(re.findall(r'problem\("(\w+)"', source))
    assert "too_few_symbols" in codes
    for language in LANGUAGES:
        assert codes | {"repeated", "unreadable"} <= set(CATALOGUES[language]["errors"])


def test_templates_hold_no_words():
    for path in (ROOT / "templates").glob("*.html"):
        bare = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", " ", path.read_text(), flags=re.DOTALL)
        assert not re.search(r"[A-Za-z가-힣]{2,}", bare), (path, bare)


def test_every_word_is_used():
    """A key is used if the code names it, or its group with a computed last part."""
    code = "".join(
        path.read_text()
        for folder, pattern in (("static/js", "*.js"), ("templates", "*.html"), ("app", "*.py"))
        for path in (ROOT / folder).rglob(pattern)
    )
    computed = {"params", "errors", "keys", "k_label", "table"}
    for key in WORDS["en"]:
        group, _, last = key.strip(".").partition(".")
        if group not in computed:
            stem = re.sub(r"_(whole|partly|cut|forward|backward)$", "_", last)
            assert f"{group}.{last}" in code or f"{group}.{stem}" in code or f"{group}.${{" in code, key
