"""The words that come with the page of a lab are those that its first scripts name, and no others."""

import re
from pathlib import Path

import pytest

from app.api.errors import _CODES
from app.pages.assets import STATIC, module_graph
from app.pages.first_words import FIRST, HAVE_MORE, first_words
from app.words import CATALOGUES, LANGUAGES

ROOT = Path(__file__).parents[1]
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
    later = set() if path in HAVE_MORE else named(module_graph("js/page/share/dialog.js"))
    assert named(first) | later == set(FIRST[path])
    assert "js/explorer/later.js" not in first


@pytest.mark.parametrize("path", FIRST)
def test_sentences_about_parameters_do_not_come_with_it(path):
    controls = first_words(path, CATALOGUES["ko"], "ko")["words"]["params"]
    assert controls["k"] == {"title": CATALOGUES["ko"]["params"]["k"]["title"]}
    assert controls["cell"]["choices"] == CATALOGUES["ko"]["params"]["cell"]["choices"]
    for name in module_graph(f"js/{SCRIPTS[path]}.js"):
        assert not re.search(r"params\.[^`\"]*\.help", (STATIC / name).read_text(encoding="utf-8")), name


def test_the_explorer_has_the_sentences_of_its_own_errors():
    """Those of a request's shape, and all that its parameters and its form can lead to."""
    sources = [
        ROOT / "app/labs" / name for name in ("explorer/params.py", "parameters.py", "training/link.py")
    ]
    own = set(re.findall(r'invalid\(\s*"(\w+)"', "".join(path.read_text() for path in sources)))
    own |= set(re.findall(r'code: "(\w+)"', (STATIC / "js/page/constraints.js").read_text()))
    own |= {code for code, _ in _CODES.values()} & CATALOGUES["en"]["errors"].keys()
    assert len(own) > 25
    every = CATALOGUES["ko"]["errors"]
    known = first_words("", CATALOGUES["ko"], "ko")["words"]["errors"]
    assert own <= known.keys() < every.keys()
    assert all(known[code] == every[code] for code in known)
    assert first_words("training", CATALOGUES["ko"], "ko")["words"]["errors"] == every


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", FIRST)
def test_they_are_about_half_of_all_at_most(path, language):
    data = first_words(path, CATALOGUES[language], language)
    assert len(str(data["words"])) < len(str(CATALOGUES[language])) * 0.55
    if path in HAVE_MORE:
        assert data["all_words"].endswith(f"/words/{language}.json")
    else:
        assert "all_words" not in data
