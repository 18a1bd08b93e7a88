"""README.md and README.ko.md: short, with the same commands and links, which all work."""

import re
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from tests import markdown

MOST_LINES = 110
HERE = "http://127.0.0.1:8000"
READMES = ["README.md", "README.ko.md"]


@pytest.mark.parametrize("name", READMES)
def test_it_is_short_and_shows_one_picture(name):
    text = markdown.read(name)
    assert len(text.splitlines()) <= MOST_LINES
    pictures = re.findall(r"!\[(.+?)\]\((.*?)\)", text)
    assert len(pictures) == 1
    assert (markdown.ROOT / pictures[0][1]).stat().st_size > 10_000


@pytest.mark.parametrize("name", READMES)
def test_every_link_to_the_running_site_opens_a_page(name):
    client = TestClient(create_app())
    here = [link for link in markdown.links(markdown.read(name)) if link.startswith(HERE)]
    assert len(here) >= 6
    for link in here:
        parts = urlsplit(link)
        assert client.get(f"{parts.path}?{parts.query}").status_code == 200, link


def without_language(text: str) -> list[str]:
    return [
        link.replace("/ko/", "/en/").replace("README.ko.md", "README.md") for link in markdown.links(text)
    ]


def test_both_languages_have_the_same_headings_commands_and_links():
    english, korean = map(markdown.read, READMES)
    assert english.count("\n## ") == korean.count("\n## ")
    assert re.findall(r"`(make [^`]*)`", english) == re.findall(r"`(make [^`]*)`", korean)
    assert re.findall(r"```sh\n(.*?)```", english, re.DOTALL) == re.findall(
        r"```sh\n(.*?)```", korean, re.DOTALL
    )
    assert without_language(english) == without_language(korean)


def test_every_document_is_named_in_it():
    linked = set(markdown.links(markdown.read("README.md")))
    for path in markdown.FILES:
        name = path.relative_to(markdown.ROOT).as_posix()
        assert name in linked | {"README.md", "findings/README.md"}, name
