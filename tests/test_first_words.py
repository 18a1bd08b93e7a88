"""The words that come with the page of a lab are those that its first scripts name, and no others."""

import re

import pytest

from app.pages.assets import STATIC, module_graph
from app.pages.first_words import FIRST, HAVE_MORE, first_words
from app.words import CATALOGUES, LANGUAGES

KEY = re.compile(rf"[\"`]({'|'.join(CATALOGUES['en'])})\.[\w$]")


def named(scripts: set[str]) -> set[str]:
    """The sections of the catalogues that scripts name."""
    found: set[str] = set()
    for name in scripts:
        source = (STATIC / name).read_text(encoding="utf-8")
        found |= set(KEY.findall(re.sub(r"//[^\n]*|/\*.*?\*/", "", source, flags=re.DOTALL)))
    return found


SCRIPTS = {"": "explorer", "ab": "compare", "training": "training", "graph": "graph"}


@pytest.mark.parametrize("path", FIRST)
def test_they_are_those_that_the_first_scripts_name(path):
    first = module_graph(f"js/{SCRIPTS[path]}.js")
    assert named(first) == set(FIRST[path])
    assert "js/explorer/later.js" not in first


@pytest.mark.parametrize("path", FIRST)
def test_sentences_about_parameters_are_in_the_form_alone(path):
    controls = first_words(path, CATALOGUES["ko"], "ko")["words"]["params"]
    assert controls["k"] == {"title": CATALOGUES["ko"]["params"]["k"]["title"]}
    assert controls["cell"]["choices"] == CATALOGUES["ko"]["params"]["cell"]["choices"]
    for name in module_graph(f"js/{SCRIPTS[path]}.js"):
        assert not re.search(r"params\.[^`\"]*\.help", (STATIC / name).read_text(encoding="utf-8")), name


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", FIRST)
def test_they_are_about_half_of_all_at_most(path, language):
    data = first_words(path, CATALOGUES[language], language)
    assert len(str(data["words"])) < len(str(CATALOGUES[language])) * 0.55
    if path in HAVE_MORE:
        assert data["all_words"].endswith(f"/words/{language}.json")
    else:
        assert "all_words" not in data
