"""The words that come with the explorer's page are those that its first scripts name, and no others."""

import re

import pytest

from app.pages.assets import STATIC, module_graph
from app.pages.first_words import FIRST, first_words
from app.words import CATALOGUES, LANGUAGES

KEY = re.compile(rf"[\"`]({'|'.join(CATALOGUES['en'])})\.[\w$]")


def named(scripts: set[str]) -> set[str]:
    """The sections of the catalogues that scripts name."""
    found: set[str] = set()
    for name in scripts:
        source = (STATIC / name).read_text(encoding="utf-8")
        found |= set(KEY.findall(re.sub(r"//[^\n]*|/\*.*?\*/", "", source, flags=re.DOTALL)))
    return found


def test_they_are_those_that_the_first_scripts_name():
    first = module_graph("js/explorer.js")
    assert named(first) == set(FIRST)
    assert "js/explorer/later.js" not in first


@pytest.mark.parametrize("language", LANGUAGES)
def test_they_are_less_than_half_of_all(language):
    data = first_words(CATALOGUES[language], language)
    assert len(str(data["words"])) < len(str(CATALOGUES[language])) / 2
    assert data["all_words"].endswith(f"/words/{language}.json")
